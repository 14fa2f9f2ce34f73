// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/seal_codes.hpp"

#include <algorithm>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>
#include <unordered_map>

#include "cli/progress.hpp"
#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/escrow.hpp"
#include "domain/pending_credentials.hpp"
#include "domain/voting_code.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/secret_file.hpp"
#include "scrutinctl/notices_check.hpp"
#include "scrutinctl/store_codes.hpp"
#include "scrutinctl/store_scrutin.hpp"
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
    std::string notices;  // lines for the file
};

Share make_share(const std::vector<store::VoterToCode>& voters, std::size_t first, std::size_t last, const ScrutinIndex& scrutins,
                 const Keys& keys) {
    Share share;
    std::vector<util::SecretText> credentials, codes;
    std::vector<std::string> references;
    std::vector<domain::EnvelopeToSeal> to_seal;
    for (std::size_t i = first; i < last; ++i) {
        credentials.push_back(crypto::make_full_code());
        codes.push_back(domain::make_voting_code());
        references.push_back(util::random_token(16));
    }
    for (std::size_t i = 0; i < codes.size(); ++i)
        to_seal.push_back({codes[i].view(), credentials[i].view(), references[i], voters[first + i].generation});
    std::vector<domain::Envelope> envelopes = domain::seal_envelopes(to_seal);
    for (std::size_t i = first; i < last; ++i) {
        const store::VoterToCode& voter = voters[i];
        const util::SecretText &credential = credentials[i - first], &code = codes[i - first];
        std::string pending;
        for (const domain::ScrutinId id : voter.scrutins) {
            const store::Scrutin& scrutin = *scrutins.at(id.value);
            const auto public_key = crypto::derive_public_key(scrutin.crypto_group, scrutin.uuid, credential.view());
            ENSURE(public_key.has_value());  // zero has a chance of 2^-252
            pending += std::to_string(id.value) + " " + *public_key + "\n";
        }
        share.codes.push_back({voter.id, std::move(envelopes[i - first]),
                               domain::seal_escrow(keys.escrow_public_key, credential.view()),
                               domain::seal_pending(keys.binding_key.view(), voter.id.value, pending)});
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

void store_share(Office& office, unsigned batch, std::vector<Share> shares, SecretFile& notices) {
    for (Share& share : shares) {
        const util::SecretText lines(std::move(share.notices));
        notices.append(lines.view());
    }
    office.db().transaction([&] {
        require_turn(office);
        for (const Share& share : shares) store::insert_codes(office.db(), batch, share.codes);
        return true;
    });
}

util::Failure codes_are_elsewhere(std::uint64_t count, const NoticesFolder& folder, bool sealed) {
    return refused(
        counted(count, "électeur a", "électeurs ont") + " une enveloppe dont le code n’est pas dans " + folder.folder.string() +
        " : reprenez avec le dossier --notices de la première fois. " +
        (sealed
             ? "S’il est perdu, rétablissez les bases de données d’avant le scellement : des scrutins sont déjà scellés avec ces codes"
             : "S’il est perdu, --recommencer fait d’autres codes pour tous ceux de ce lot, que personne n’a reçus"));
}

// After an interruption: drops from the file the electors whose share never reached the database, and a torn last line. The file holds
// electors in the order in which they were stored, so the first lines are the ones kept. Electors in the database without a line have
// lost their codes: that is told, never mended in silence.
util::Status reconcile(const NoticesFolder& folder, unsigned batch, std::uint64_t coded, bool sealed) {
    // Cut off after the file had got its name.
    if (!fs::exists(folder.notices_new(batch)) && fs::exists(folder.notices(batch)))
        fs::rename(folder.notices(batch), folder.notices_new(batch));
    std::ifstream notices(folder.notices_new(batch));
    std::string line, kept_notices(k_titles);
    std::getline(notices, line);
    std::uint64_t kept = 0;
    for (; kept < coded && std::getline(notices, line) && !notices.eof(); ++kept) kept_notices += line + "\n";
    if (kept != coded) return codes_are_elsewhere(coded - kept, folder, sealed);
    const util::SecretText text(std::move(kept_notices));
    util::replace_file(folder.notices_new(batch), text.view(), /*secret=*/true);
    return util::Done{};
}

// Which election and batch the file that is being made is of. No secret.
std::string mark_of(const std::vector<store::Scrutin>& scrutins, unsigned batch) {
    return (scrutins.empty() ? std::string() : scrutins.front().uuid) + " " + std::to_string(batch) + "\n";
}

// Before the first code of a batch: a folder may hold what was made in vain, and nothing that still serves.
util::Status clear_folder(const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder, unsigned batch) {
    if (fs::exists(folder.notices(batch)))
        return refused(
            folder.notices(batch).string() +
            " existe déjà : ce sont les codes d’un autre scellement. Donnez un autre dossier à --notices, ou détruisez ce fichier");
    if (fs::exists(folder.notices_new(batch)) && util::read_file(folder.mark()).value_or("") != mark_of(scrutins, batch))
        return refused(folder.folder.string() +
                       " sert aux codes d’une autre élection, qui ne sont pas finis : donnez un autre dossier à --notices");
    remove_unfinished(folder, batch);
    util::replace_file(folder.mark(), mark_of(scrutins, batch), /*secret=*/true);
    return util::Done{};
}

}  // namespace

void remove_unfinished(const NoticesFolder& folder, unsigned batch) {
    if (fs::exists(folder.notices_new(batch))) util::wipe_file(folder.notices_new(batch));
}

util::Result<std::optional<unsigned>> make_codes(Office& office, const std::vector<store::Scrutin>& scrutins,
                                                 const NoticesFolder& folder, unsigned threads) {
    db::Connection& db = office.db();
    const bool any_sealed = std::any_of(scrutins.begin(), scrutins.end(), [](const store::Scrutin& scrutin) {
        return scrutin.state >= domain::ScrutinState::sealed;
    });
    auto batch = store::unfinished_batch(db);
    const std::uint64_t to_make = store::count_voters_to_code(db);
    if (!batch && !any_sealed)
        if (const auto count = store::count_codes_without_batch(db); count > 0)
            return codes_are_elsewhere(count, folder, any_sealed);
    if (!batch && to_make == 0) return std::optional<unsigned>();
    fs::create_directories(folder.folder);
    if (!batch) {
        db.transaction([&] {
            require_turn(office);
            batch = store::begin_batch(db, office.clock().now());
            return true;
        });
    }
    const std::uint64_t coded = store::count_codes(db, *batch);
    if (const util::Status ready =
            coded == 0 ? clear_folder(scrutins, folder, *batch) : reconcile(folder, *batch, coded, any_sealed);
        !ready)
        return ready.error();

    ScrutinIndex index;
    for (const store::Scrutin& scrutin : scrutins) index.emplace(scrutin.id.value, &scrutin);
    const Keys keys{std::string(office.secret("escrow_public_key").view()), office.secret("binding_key")};
    const bool fresh = !fs::exists(folder.notices_new(*batch));
    SecretFile notices(folder.notices_new(*batch));
    if (fresh) notices.append(k_titles);

    Progress progress("Codes de vote", to_make);
    // While one share is written, the next one is made.
    std::vector<store::VoterToCode> voters = store::voters_to_code(db, domain::VoterId{0}, k_batch);
    std::vector<Share> made = make_batch(voters, index, keys, threads);
    while (!voters.empty()) {
        std::vector<store::VoterToCode> next = store::voters_to_code(db, voters.back().id, k_batch);
        auto making = std::async(std::launch::async, [&] { return make_batch(next, index, keys, threads); });
        store_share(office, *batch, std::move(made), notices);
        progress.advance(voters.size());
        made = making.get();
        voters = std::move(next);
    }
    if (const util::Status whole = check_notices(office, *batch, folder.notices_new(*batch)); !whole) return whole.error();
    return batch;
}

void finish_codes(Office& office, const NoticesFolder& folder, unsigned batch) {
    fs::rename(folder.notices_new(batch), folder.notices(batch));
    office.db().transaction([&] {
        store::finish_batch(office.db(), batch, office.clock().now());
        record(office, "codes",
               "lot " + std::to_string(batch) + " : " + std::to_string(store::count_codes(office.db(), batch)) + " codes, faits");
        return true;
    });
    fs::remove(folder.mark());
}

util::Status give_up_codes(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder) {
    db::Connection& db = office.db();
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.state >= domain::ScrutinState::sealed)
            return refused("le scrutin " + scrutin.code + " est déjà scellé avec ces codes : ils ne peuvent plus être abandonnés");
    }
    const auto batch = store::unfinished_batch(db);
    const std::uint64_t count = (batch ? store::count_codes(db, *batch) : 0) + store::count_codes_without_batch(db);
    if (count == 0 && !batch) return util::Done{};
    db.transaction([&] {
        record(office, "codes", "abandonnés avant d’être remis à personne : " + std::to_string(count));
        store::give_up_batch(db, batch.value_or(0));
        return true;
    });
    if (batch) remove_unfinished(folder, *batch);
    if (count > 0) say(counted(count, "code abandonné", "codes abandonnés") + " ; d’autres sont faits pour tous.");
    return util::Done{};
}

util::Result<std::map<unsigned, std::string>> read_credentials(Office& office, const std::vector<store::Scrutin>& scrutins) {
    std::map<unsigned, std::string> by_scrutin, uuids;
    for (const store::Scrutin& scrutin : scrutins) uuids[scrutin.id.value] = scrutin.uuid;
    const util::SecretText key = office.secret("binding_key");
    using Right = std::pair<unsigned, unsigned>;
    std::vector<Right> rights;
    std::uint64_t unreadable = 0, unfit = 0;
    store::each_pending(office.db(), [&](domain::VoterId voter, const std::string& sealed) {
        const auto lines = domain::open_pending(key.view(), voter.value, sealed);
        if (!lines) ++unreadable;
        std::istringstream in(lines.value_or(""));
        unsigned scrutin = 0;
        std::string public_key;
        while (in >> scrutin >> public_key) {
            rights.emplace_back(voter.value, scrutin);
            by_scrutin[scrutin]
                .append(domain::credential_binding(key.view(), uuids[scrutin], voter.value))
                .append(" ")
                .append(public_key)
                .append("\n");
        }
    });
    auto at = rights.begin();
    store::each_right(office.db(), [&](domain::VoterId voter, domain::ScrutinId scrutin) {
        const Right right{voter.value, scrutin.value};
        for (; at != rights.end() && *at < right; ++at) ++unfit;
        if (at != rights.end() && *at == right) ++at;
        else ++unfit;
    });
    unfit += static_cast<std::uint64_t>(rights.end() - at);
    if (unreadable > 0)
        return bad_input(counted(unreadable, "code n’est pas", "codes ne sont pas") +
                         " de la clé de liaison d’ici, ou changé en base : « integrity », puis le bureau de vote");
    if (unfit > 0)
        return refused(
            counted(unfit, "inscription n’a pas sa clé", "inscriptions n’ont pas leur clé") +
            " : la liste électorale a changé depuis les codes autrement que par « roll ». « codes reissue » refait ceux des personnes concernées");
    return by_scrutin;
}

}  // namespace scrutinctl
