// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/log_end.hpp"

#include "crypto/hash.hpp"
#include "crypto/tlog.hpp"
#include "util/bytes.hpp"

namespace crypto {

std::optional<LogEndFault> compare_log_end(const VerifyReport& report, std::string_view seal, std::string_view note) {
    if (report.rules.seal.empty()) return LogEndFault::no_seal;
    if (sha_hex(seal) != report.rules.seal) return LogEndFault::other_seal;
    // The portal's address is not sealed; the scrutin is.
    const std::string origin(note.substr(0, note.find('\n')));
    const auto key = util::from_base64url(seal_field(seal, "keys", 2));
    if (!key || key->size() != 32 || !origin.ends_with("/urne/" + report.uuid)) return LogEndFault::not_signed;
    const auto opened = tlog::open_checkpoint(note, {origin, tlog::KeyKind::log, *key});
    if (!opened) return LogEndFault::not_signed;
    if (!tlog::is_final(opened->note.text)) return LogEndFault::not_final;
    if (opened->checkpoint.size != report.ballots) return LogEndFault::other_count;
    if (opened->checkpoint.root != report.log_root) return LogEndFault::other_ballots;
    return std::nullopt;
}

std::string_view what_of(LogEndFault fault) {
    switch (fault) {
        case LogEndFault::no_seal: return "the record names no seal";
        case LogEndFault::other_seal: return "the text is not the seal that the record names";
        case LogEndFault::not_signed: return "not a checkpoint of this scrutin signed with the sealed key";
        case LogEndFault::not_final: return "not the last checkpoint: the log was still growing";
        case LogEndFault::other_count: return "the log ended with another number of ballots";
        case LogEndFault::other_ballots: return "the log ended with other ballots";
    }
    return "unknown";
}

std::string seal_text_name(const std::string& uuid) { return uuid + ".scellement.txt"; }
std::string checkpoint_name(const std::string& uuid) { return uuid + ".checkpoint"; }

}  // namespace crypto
