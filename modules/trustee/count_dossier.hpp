// SPDX-License-Identifier: AGPL-3.0-or-later
// The two public files of a count away from the server: the « dossier de dépouillement » that the office gives to the holders of a
// bureau, and the partial decryptions that a holder gives back. Texts in and out; knows no database.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/sentence.hpp"
#include "crypto/protocol.hpp"

namespace trustee {

struct DossierScrutin {
    std::string code;
    std::string election;  // the sealed record, byte for byte
    std::string encrypted_tally, sized;
    std::string credentials;  // sha_hex of the sealed list of public credentials
    std::uint64_t emargements = 0;
};
struct CountDossier {
    std::string bureau, group, trustees;
    std::vector<DossierScrutin> scrutins;
};
std::string write_dossier(const CountDossier& dossier);
util::Result<CountDossier> parse_dossier(std::string_view text);
util::Result<CountDossier> read_dossier(const std::filesystem::path& path);
// DIR/<bureau>.<group>.depouillement.json
std::filesystem::path dossier_path(const std::filesystem::path& folder, std::string_view bureau, std::string_view group);

struct HolderPartial {
    std::string uuid;
    std::string tally;    // sha_hex of the encrypted tally
    std::string partial;  // the record of modules/crypto/SPECIFICATION.md section 7.2
};
struct HolderPartials {
    std::string bureau, group;
    unsigned holder = 0;
    std::vector<HolderPartial> scrutins;
};
std::string write_partials(const HolderPartials& partials);
util::Result<HolderPartials> parse_partials(std::string_view text);
util::Result<HolderPartials> read_partials(const std::filesystem::path& path);
// DIR/<bureau>.<group>.porteur-<n>.dechiffrements.json
std::filesystem::path partials_path(const std::filesystem::path& folder, std::string_view bureau, std::string_view group,
                                    unsigned holder);

// What of a dossier holds by itself, without the ballots. Each is a sentence for the holder when it does not.
struct CheckedScrutin {
    std::shared_ptr<const crypto::Election> election;
    std::string name, tally_hash;
    std::uint64_t ballots = 0;
};
// The election is of the bureau's key, the tally is the one of the size record, canonical.
util::Result<CheckedScrutin> check_dossier_scrutin(const CountDossier& dossier, const DossierScrutin& scrutin);

}  // namespace trustee
