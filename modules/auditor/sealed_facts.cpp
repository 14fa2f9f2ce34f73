// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/sealed_facts.hpp"

#include "cli/sentence.hpp"
#include "crypto/protocol.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;

namespace {

constexpr std::size_t k_most_text = 8 << 20;

}  // namespace

bool is_fingerprint_of(std::string_view given, std::string_view hex) {
    std::string digits;
    for (const char c : util::to_lower_ascii(given))
        if (c != ' ') digits += c;
    return (digits.size() == 32 || digits.size() == 64) && hex.starts_with(digits);
}

util::Result<SealedFacts> read_sealed(const Source& source, const std::string& folder,
                                      const std::optional<std::string>& fingerprint) {
    const auto record = source.read(folder + "election", k_most_text);
    const auto text = source.read(folder + "texte", k_most_text);
    if (!record) return record.error();
    if (!text) return text.error();
    const std::string digest = util::sha256_hex(*record);
    if (fingerprint && !is_fingerprint_of(*fingerprint, digest))
        return refused("l’élection que donne cette source n’est pas celle de cette empreinte : la sienne est " + digest);
    const auto election = crypto::Election::parse(*record);
    if (!election) return bad_input("l’élection scellée est illisible : " + election.error().detail);
    if ((*election)->rules().seal != util::sha256_hex(*text))
        return bad_input("le texte du scellement n’est pas celui que l’élection nomme");
    return SealedFacts{digest,
                       crypto::seal_field(*text, "scrutin", 1),
                       crypto::seal_field(*text, "scrutin", 2),
                       crypto::seal_field(*text, "keys", 1),
                       crypto::seal_field(*text, "keys", 2),
                       crypto::seal_field(*text, "programs", 1),
                       *record};
}

}  // namespace auditor
