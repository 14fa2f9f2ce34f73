// SPDX-License-Identifier: AGPL-3.0-or-later
// Cosignatures of the public log: independent witnesses follow it on machines of their own, sign what they saw and send it here, by hand
// or by a program. Only those of witnesses whom the bureau named ([log] witnesses) are kept; sceau adds them to the published checkpoint.
#include "crypto/tlog.hpp"
#include "domain/local_time.hpp"
#include "scrutins/log_verifier.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/witnesses.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"
#include "web/throttle.hpp"

namespace scrutins {

namespace tlog = crypto::tlog;

namespace {

constexpr unsigned k_cosignatures_allowed = 60, k_cosignatures_window = 60;

// As a form brings a text: its line ends come as two characters, its last may be lost.
std::string note_of(std::string_view typed) {
    std::string note;
    for (const char c : typed)
        if (c != '\r') note += c;
    while (note.ends_with('\n')) note.pop_back();
    return note + "\n";
}

std::string cosigned_at(const tlog::Verifier& witness, const std::string& line) {
    const auto signature = tlog::Signature::parse(line);
    if (!signature || signature->id != witness.id()) return {};
    const auto seconds = static_cast<std::int64_t>(tlog::time_of(*signature));
    return domain::paris_full(util::Instant{std::chrono::seconds{seconds}});
}

}  // namespace

std::vector<tlog::Verifier> named_witnesses(const web::Settings& settings) {
    std::vector<tlog::Verifier> all;
    for (const std::string& text : settings.log_witnesses) {
        auto witness = tlog::Verifier::parse(text);
        if (!witness || witness->kind != tlog::KeyKind::witness)
            throw std::runtime_error("[log] witnesses: « " + text + " » is not a witness's key");
        all.push_back(*std::move(witness));
    }
    return all;
}

util::Json witness_rows(const std::vector<tlog::Verifier>& witnesses, const std::vector<Cosignature>& cosignatures,
                        std::uint64_t size) {
    util::Json rows = util::Json::array();
    for (const tlog::Verifier& witness : witnesses) {
        const Cosignature* last = nullptr;
        for (const Cosignature& one : cosignatures)
            if (one.witness == witness.text()) last = &one;
        const bool seen = last != nullptr;
        rows.push_back({{"name", witness.name},
                        {"seen", seen},
                        {"size", number(seen ? last->size : 0)},
                        {"is_one", seen && last->size < 2},
                        {"at", seen ? cosigned_at(witness, last->line) : ""},
                        {"is_behind", seen && last->size < size}});
    }
    return rows;
}

// 303 to the log's page once it is kept; 400 for what is not a checkpoint of this log; 403 when no named witness signed it; 404 for an
// unknown scrutin; 409, and an error in our own log, for a head that we signed and do not have; 429 past 60 in a minute for a network.
Answer take_cosignature(const web::Request& request, web::Env& env) {
    const auto log = public_log(env.db, request.param("code"));
    if (!log) return util::failure(util::Fault::not_found, "public log");
    if (!web::network_allows(env, "cosignature", request.client_ip, k_cosignatures_allowed, k_cosignatures_window))
        return util::failure(util::Fault::throttled, "cosignature");
    const auto seen = tlog::open_checkpoint(note_of(request.field("note")), log_verifier(*log, env));
    if (!seen) return util::failure(util::Fault::invalid, "not a checkpoint of this log");
    const std::uint64_t size = seen->checkpoint.size;
    if (size > 0 && root_of_head(env.db, log->scrutin.id, size) != util::to_hex(seen->checkpoint.root)) {
        // Our signature under a tree that is not ours: the log was set back, or shown to somebody in another form.
        util::log(util::Level::error, "log-split", {{"scrutin", log->uuid}, {"size", std::to_string(size)}});
        return util::failure(util::Fault::conflict, "a head that is not in this log");
    }
    bool is_known = false;
    for (const tlog::Verifier& witness : named_witnesses(env.settings)) {
        const auto signature = seen->note.signature_by(witness);
        if (!signature) continue;
        keep_cosignature(env.db, log->scrutin.id, {witness.text(), size, signature->line()}, seen->note.text);
        is_known = true;
    }
    if (!is_known) return util::failure(util::Fault::forbidden, "no cosignature of a named witness");
    return web::Response::redirect("/urne/" + log->scrutin.code);
}

}  // namespace scrutins
