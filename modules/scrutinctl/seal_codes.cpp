// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/seal_codes.hpp"

#include <algorithm>
#include <fstream>
#include <future>
#include <thread>
#include <unordered_map>

#include "cli/progress.hpp"
#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/escrow.hpp"
#include "domain/voting_code.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/secret_file.hpp"
#include "scrutinctl/store_seal.hpp"
#include "util/ensure.hpp"
#include "util/file.hpp"
#include "util/random.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr unsigned k_batch = 4000;
constexpr std::string_view k_titles = "courriel;civilite;nom;prenom;lieu_notice;code_de_vote\n";

using ScrutinIndex = std::unordered_map<unsigned, const store::Scrutin*>;

struct Keys {
    std::string escrow_public_key;
    util::SecretText binding_key;
};

// What a thread makes of its share of a batch.
struct Share {
    std::vector<store::Code> codes;
    std::string notices, credentials;  // lines for the two files
};

Share make_share(const std::vector<store::VoterToCode>& voters, std::size_t first, std::size_t last, const ScrutinIndex& scrutins,
                 const Keys& keys) {
    Share share;
    for (std::size_t i = first; i < last; ++i) {
        const store::VoterToCode& voter = voters[i];
        const util::SecretText credential = crypto::make_full_code(), code = domain::make_voting_code();
        for (const domain::ScrutinId id : voter.scrutins) {
            const store::Scrutin& scrutin = *scrutins.at(id.value);
            const auto public_key = crypto::derive_public_key(scrutin.crypto_group, scrutin.uuid, credential.view());
            ENSURE(public_key.has_value());  // zero has a chance of 2^-252
            share.credentials += std::to_string(voter.id.value) + " " + std::to_string(id.value) + " " +
                                 domain::credential_binding(keys.binding_key.view(), scrutin.uuid, voter.id.value) + " " +
                                 *public_key + "\n";
        }
        share.codes.push_back({voter.id, domain::seal_envelope(code.view(), credential.view(), util::random_token(16), 1),
                               domain::seal_escrow(keys.escrow_public_key, credential.view())});
        for (const std::string& field : {voter.email, voter.civility, voter.last_name, voter.first_name, voter.notice_place}) {
            share.notices += csv_field(field) + ";";
        }
        share.notices.append(code.view()).append("\n");
    }
    return share;
}

std::vector<Share> make_batch(const std::vector<store::VoterToCode>& voters, const ScrutinIndex& scrutins, const Keys& keys,
                              unsigned threads) {
    std::vector<std::future<Share>> parts;
    for (unsigned t = 0; t < threads; ++t) {
        const std::size_t first = voters.size() * t / threads, last = voters.size() * (t + 1) / threads;
        parts.push_back(
            std::async(std::launch::async, [&, first, last] { return make_share(voters, first, last, scrutins, keys); }));
    }
    std::vector<Share> shares;
    shares.reserve(parts.size());
    for (auto& part : parts) shares.push_back(part.get());
    return shares;
}

void store_batch(Office& office, std::vector<Share> shares, SecretFile& notices, SecretFile& credentials) {
    for (Share& share : shares) {
        const util::SecretText lines(std::move(share.notices));
        notices.append(lines.view());
        credentials.append(share.credentials);
    }
    office.db().transaction([&] {
        require_turn(office);
        for (const Share& share : shares) store::insert_codes(office.db(), share.codes);
        return true;
    });
}

util::Failure codes_are_elsewhere(std::uint64_t count, const NoticesFolder& folder, bool sealed) {
    return refused(
        counted(count, "électeur a", "électeurs ont") + " une enveloppe dont le code n’est pas dans " + folder.folder.string() +
        " : reprenez avec le dossier --notices du premier scellement. " +
        (sealed
             ? "S’il est perdu, rétablissez les bases de données d’avant le scellement : des scrutins sont déjà scellés avec ces codes"
             : "S’il est perdu, --recommencer fait d’autres codes pour tous"));
}

// After an interruption: drops from the two files the electors whose batch never reached the database, and a torn last
// line. Electors in the database without a line have lost their codes: that is told, never mended in silence.
util::Status reconcile(Office& office, const NoticesFolder& folder, bool sealed) {
    const std::unordered_set<unsigned> coded = store::coded_voters(office.db());
    std::ifstream credentials(folder.credentials_new()), notices(folder.notices_new());
    std::string line, kept_credentials, kept_notices(k_titles);
    std::unordered_set<unsigned> present;
    while (std::getline(credentials, line) && !credentials.eof()) {
        const auto id = static_cast<unsigned>(std::strtoul(line.c_str(), nullptr, 10));
        if (!coded.contains(id)) continue;
        kept_credentials += line + "\n";
        present.insert(id);
    }
    if (present.size() != coded.size()) return codes_are_elsewhere(coded.size() - present.size(), folder, sealed);
    // Both files hold the electors in one order, batch by batch: the first lines of the notices are the ones kept.
    std::getline(notices, line);
    std::size_t kept = 0;
    for (; kept < coded.size() && std::getline(notices, line); ++kept) kept_notices += line + "\n";
    if (kept != coded.size()) return codes_are_elsewhere(coded.size() - kept, folder, sealed);
    const util::SecretText text(std::move(kept_notices));
    util::replace_file(folder.credentials_new(), kept_credentials, /*secret=*/true);
    util::replace_file(folder.notices_new(), text.view(), /*secret=*/true);
    return util::Done{};
}

// Before the first code: a folder may hold what an election that was never sealed has left, and nothing that still serves.
util::Status clear_folder(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder) {
    if (fs::exists(folder.notices()))
        return refused(
            folder.notices().string() +
            " existe déjà : ce sont les codes d’un autre scellement. Donnez un autre dossier à --notices, ou détruisez ce fichier");
    std::ifstream credentials(folder.credentials_new());
    unsigned voter = 0, id = 0;
    std::string binding;
    if (credentials >> voter >> id >> binding) {
        const auto scrutin = std::find_if(scrutins.begin(), scrutins.end(), [&](const auto& one) { return one.id.value == id; });
        if (scrutin == scrutins.end() ||
            domain::credential_binding(office.secret("binding_key").view(), scrutin->uuid, voter) != binding)
            return refused(folder.folder.string() +
                           " sert au scellement d’une autre élection, qui n’est pas fini : donnez un autre dossier à --notices");
    }
    remove_unfinished(folder);
    return util::Done{};
}

}  // namespace

void remove_unfinished(const NoticesFolder& folder) {
    for (const fs::path& file : {folder.notices_new(), folder.credentials_new()})
        if (fs::exists(file)) util::wipe_file(file);
}

util::Status make_codes(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder,
                        unsigned threads) {
    db::Connection& db = office.db();
    const auto is_sealed = [](const store::Scrutin& scrutin) { return scrutin.state >= domain::ScrutinState::sealed; };
    if (store::count_envelopes(db) == 0) {
        if (const util::Status clear = clear_folder(office, scrutins, folder); !clear) return clear;
    } else if (!std::all_of(scrutins.begin(), scrutins.end(), is_sealed)) {
        const bool any_sealed = std::any_of(scrutins.begin(), scrutins.end(), is_sealed);
        if (const util::Status done = reconcile(office, folder, any_sealed); !done) return done;
    }
    const std::uint64_t to_make = store::count_voters_to_code(db);
    if (to_make == 0) return util::Done{};

    ScrutinIndex index;
    for (const store::Scrutin& scrutin : scrutins) index.emplace(scrutin.id.value, &scrutin);
    const Keys keys{std::string(office.secret("escrow_public_key").view()), office.secret("binding_key")};
    const bool fresh = !std::filesystem::exists(folder.notices_new());
    SecretFile notices(folder.notices_new()), credentials(folder.credentials_new());
    if (fresh) notices.append(k_titles);

    Progress progress("Codes de vote", to_make);
    // While one batch is written, the next one is made.
    std::vector<store::VoterToCode> voters = store::voters_to_code(db, domain::VoterId{0}, k_batch);
    std::vector<Share> made = make_batch(voters, index, keys, threads);
    while (!voters.empty()) {
        std::vector<store::VoterToCode> next = store::voters_to_code(db, voters.back().id, k_batch);
        auto making = std::async(std::launch::async, [&] { return make_batch(next, index, keys, threads); });
        store_batch(office, std::move(made), notices, credentials);
        progress.advance(voters.size());
        made = making.get();
        voters = std::move(next);
    }
    return util::Done{};
}

std::map<unsigned, std::string> read_credentials(const NoticesFolder& folder) {
    std::map<unsigned, std::string> by_scrutin;
    std::ifstream file(folder.credentials_new());
    unsigned voter = 0, scrutin = 0;
    std::string binding, public_key;
    while (file >> voter >> scrutin >> binding >> public_key)
        by_scrutin[scrutin].append(binding).append(" ").append(public_key).append("\n");
    return by_scrutin;
}

}  // namespace scrutinctl
