// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the first corpus of the crypto targets into the directory given: one good input of each kind, in the toy group.
#include <filesystem>
#include <fstream>

#include "crypto/ceremony.hpp"
#include "crypto/protocol.hpp"

namespace {

void keep(const std::filesystem::path& folder, const char* name, std::string_view bytes) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name, std::ios::binary) << bytes;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::filesystem::path root = arguments[1];
    const std::string group = "TOY-607", uuid = "11111111111111";
    // Ballots of the targets' own election.
    for (const char* name : {"TOY-607", "Ed25519"}) {
        const std::string key = group == name ? "64" : "6666666666666666666666666666666666666666666666666666666666666658";
        const auto record = crypto::make_election_record(uuid, name, key, "n", "d", {"q", {"a", "b"}});
        const auto election = crypto::Election::parse(record);
        keep(root / "ballot", name, *(*election)->make_ballot(crypto::make_full_code().view(), 1));
        keep(root / "credentials", (std::string("election-") + name).c_str(), record);
    }
    keep(root / "code", "full", crypto::make_full_code().view());
    keep(root / "code", "old", crypto::make_old_code().view());
    keep(root / "code", "point", "6666666666666666666666666666666666666666666666666666666666666658");
    keep(root / "code", "number", "7237005577332262213973186563042994240857116359379907606001950938285454250988");
    // Archives: single and threshold, running and finished.
    for (const bool threshold : {false, true}) {
        const char* kind = threshold ? "threshold" : "single";
        crypto::Ceremony ceremony;
        if (threshold) {
            ceremony = crypto::run_ceremony(group, 3, 2);
        } else {
            auto single = crypto::make_single_trustee(group);
            ceremony.record = *crypto::make_trustees_record({single.public_key});
            ceremony.keys.push_back(std::move(single.private_key));
        }
        keep(root / "trustees", kind, ceremony.record);
        const auto key = crypto::election_public_key(group, ceremony.record);
        const auto election = *crypto::Election::parse(crypto::make_election_record(uuid, group, *key, "n", "d", {"q", {"a"}}));
        const auto code = crypto::make_full_code();
        const auto creds = *crypto::make_public_creds({*crypto::derive_public_key(group, uuid, code.view())});
        keep(root / "credentials", kind, creds);
        const auto ballot = *election->make_ballot(code.view(), 1);
        std::string bytes;
        crypto::ArchiveWriter writer([&](std::string_view piece) { bytes += piece; }, 1'790'000'000);
        writer.setup(election->record(), ceremony.record, creds);
        writer.ballot(ballot);
        keep(root / "archive", (std::string(kind) + "-running").c_str(), bytes);
        bool given = false;
        const auto tally = *election->tally([&]() -> std::optional<std::string> {
            if (given) return std::nullopt;
            given = true;
            return ballot;
        });
        keep(root / "credentials", (std::string("tally-") + kind).c_str(), tally.encrypted_tally);
        writer.end_ballots();
        writer.encrypted_tally(tally.encrypted_tally, tally.sized);
        std::vector<std::pair<unsigned, std::string>> partials;
        for (unsigned owner = 1; owner <= (threshold ? 2u : 1u); ++owner) {
            partials.emplace_back(owner, *election->partial_decrypt(ceremony.record, tally.encrypted_tally, owner, ceremony.keys[owner - 1]));
            writer.partial_decryption(partials.back().second, crypto::make_owned(owner, partials.back().second));
        }
        writer.result(election->combine(ceremony.record, tally, partials)->result);
        keep(root / "archive", kind, bytes);
    }
    // Messages of a ceremony.
    const crypto::ceremony::Setting setting{"Ed25519", 2, 1};
    const auto one = crypto::ceremony::make_identity(setting, 1), two = crypto::ceremony::make_identity(setting, 2);
    const auto contribution = crypto::ceremony::make_contribution(setting, one->seed.view(), {one->cert, two->cert});
    keep(root / "trustees", "cert", one->cert);
    keep(root / "trustees", "polynomial", contribution->polynomial);
    return 0;
}
