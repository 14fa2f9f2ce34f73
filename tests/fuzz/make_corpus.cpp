// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the first corpus of the targets into the directory given: one good input of each kind, in the toy group. With
// --toy-ceremony FILE, the ceremony that the target `ceremony` and its corpus are about.
#include <filesystem>
#include <fstream>
#include <utility>

#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "crypto/trustees/pki.hpp"
#include "toy_ceremony.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/reply.hpp"

namespace {

void keep(const std::filesystem::path& folder, const char* name, std::string_view bytes) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name, std::ios::binary) << bytes;
}

// Every file of the ceremony that toy_ceremony.json tells, as its holders and the office would write them.
void keep_ceremony(const std::filesystem::path& folder) {
    namespace ceremony = crypto::ceremony;
    const test::ToyCeremony& toy = test::toy_ceremony();
    const auto& opening = toy.opening;
    keep(folder, "opening", toy.opening_text);
    keep(folder, "cert", toy.certs[0]);
    keep(folder, "polynomial", toy.polynomials[0]);
    keep(folder, "input", toy.inputs[0]);
    keep(folder, "public-key", toy.public_keys[0]);
    keep(folder, "record", toy.record);
    keep(folder, "key-file", toy.key_files[0]);
    keep(folder, "bare-key", "\"42\"");
    keep(folder, "confirmation", *ceremony::confirm(opening.group, toy.record, toy.key_files[0]));
    const auto proof = *ceremony::prove_possession(opening.group, toy.record, 1, toy.key_files[0], "q");
    keep(folder, "proof", proof);
    keep(folder, "share", R"({"secret":"7"})");
    keep(folder, "own-polynomial", R"({"polynomial":["7","8"]})");
    keep(folder, "decryption-key", R"({"decryption_key":"7"})");
    for (const auto& piece : {trustee::k_cert, trustee::k_polynomial, trustee::k_parts, trustee::k_public_key})
        keep(folder, ("piece-" + std::string(piece.name)).c_str(), trustee::write_piece(opening, piece, 2, {"text"}));
    for (const auto& piece : {trustee::k_certs, trustee::k_commitments, trustee::k_confirmations})
        keep(folder, ("piece-" + std::string(piece.name)).c_str(), trustee::write_piece(opening, piece, 0, {"a", "b", "c"}));
    keep(folder, "possession", trustee::write_piece(opening, trustee::k_possession, 1, {"q", crypto::sha_hex(toy.record), proof}));
    trustee::Passphrase passphrase{util::SecretText("cheval lampe orage tuile")};
    keep(folder, "box",
         trustee::write_box({opening.bureau, opening.group, opening.id, 1, "cle"}, trustee::new_cost(test::k_cheap), passphrase,
                            trustee::write_secret_list({toy.key_files[0], "b", "c"}).view()));
    keep(folder, "secret-list", trustee::write_secret_list({"a", "b\n", "\"c\\"}).view());
    keep(folder, "plain-key", R"({"version":1,"bureau":"B","group":"Ed25519","owner":2,"key":"\"7\""})");
    // The count.
    const auto election = *crypto::Election::parse(
        crypto::make_election_record("11111111111111", opening.group, *crypto::election_public_key(opening.group, toy.record), "n",
                                     "d", {"q", {"a"}}));
    bool given = false;
    const auto ballot = *election->make_ballot(crypto::make_full_code().view(), 1);
    const auto tally = *election->tally([&] { return std::exchange(given, true) ? std::nullopt : std::optional(ballot); });
    const auto partial = *election->partial_decrypt(toy.record, tally.encrypted_tally, 1, util::SecretText(toy.key_files[0]));
    keep(folder, "partial", partial);
    const std::string setup = crypto::setup_event_hash(election->record(), toy.record, crypto::sha_hex("[]"));
    const auto second =
        *election->bind_decryption(setup, toy.record, tally.encrypted_tally, 1, util::SecretText(toy.key_files[0]), partial);
    keep(folder, "partials",
         trustee::write_partials({opening.bureau,
                                  opening.group,
                                  1,
                                  {{"11111111111111", setup, crypto::sha_hex(tally.encrypted_tally), partial, second}}}));
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 3 && std::string_view(arguments[1]) == "--toy-ceremony") {  // the fixture itself, drawn anew
        std::ofstream(arguments[2], std::ios::binary) << test::play_toy_ceremony();
        return 0;
    }
    if (count != 2) return 2;
    const std::filesystem::path root = arguments[1];
    keep_ceremony(root / "ceremony");
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
            partials.emplace_back(owner, *election->partial_decrypt(ceremony.record, tally.encrypted_tally, owner,
                                                                    ceremony.keys[owner - 1]));
            writer.partial_decryption(partials.back().second, crypto::make_owned(owner, partials.back().second));
        }
        writer.result(election->combine(ceremony.record, tally, partials)->result);
        keep(root / "archive", kind, bytes);
    }
    // Messages of a ceremony.
    const crypto::ceremony::Setting setting{"Ed25519", 3, 2};
    const auto one = crypto::ceremony::make_identity(setting, 1), two = crypto::ceremony::make_identity(setting, 2),
               three = crypto::ceremony::make_identity(setting, 3);
    const auto contribution = crypto::ceremony::make_contribution(setting, one->seed.view(), {one->cert, two->cert, three->cert});
    keep(root / "trustees", "cert", one->cert);
    keep(root / "trustees", "polynomial", contribution->polynomial);
    return 0;
}
