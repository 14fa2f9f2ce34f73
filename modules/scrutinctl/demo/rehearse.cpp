// SPDX-License-Identifier: AGPL-3.0-or-later
// rehearse: invented electors vote, for demonstrations, tests and benches. Each opens his envelope with the code of the notices
// file, encrypts as a booth does, is checked as the vote worker checks, and is written by that worker's account.
#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "cli/progress.hpp"
#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/public_number.hpp"
#include "domain/waiting_ballot.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/demo/data.hpp"
#include "scrutinctl/demo/store_rehearsal.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_count.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::size_t k_votes_at_once = 256;
constexpr unsigned k_blank_weight = 6;

struct OpenScrutin {
    store::Scrutin scrutin;
    std::shared_ptr<const crypto::Election> election;
    std::string log_key;
    std::vector<unsigned> weights;  // of each choice, blank first
};
using OpenScrutins = std::map<unsigned, OpenScrutin>;

struct Task {
    const OpenScrutin* scrutin;
    domain::VoterId voter;
    std::string code;  // the private credential
    std::size_t choice;
    std::string listed;  // the credential the urne expects
};

struct Made {
    std::string ballot, hash, credential_hash, fault;
};

util::Result<OpenScrutins> open_scrutins(Office& office, const std::vector<store::Scrutin>& scrutins) {
    OpenScrutins open;
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.state != domain::ScrutinState::open || scrutin.stop.is_suspended()) continue;
        const auto setup = store::find_setup(office.db(), scrutin.id);
        if (!setup) return bad_input("scrutin " + scrutin.code + " : ouvert sans être scellé");
        const auto election = crypto::Election::parse(setup->election);
        if (!election) return bad_input("scrutin " + scrutin.code + " : " + election.error().detail);
        OpenScrutin entry{scrutin, *election, setup->log_key, {k_blank_weight}};
        for (const std::string& list : store::list_names(office.db(), scrutin.id)) {
            const auto unions = demonstration::unions();
            const auto known = std::find_if(unions.begin(), unions.end(), [&](const auto& name) { return name.name == list; });
            entry.weights.push_back(known == unions.end() ? 10 : known->weight);
        }
        open.emplace(scrutin.id.value, std::move(entry));
    }
    if (open.empty()) return refused("aucun des scrutins choisis n’est ouvert");
    return open;
}

std::size_t choose(demonstration::Dice& dice, const std::vector<unsigned>& weights) {
    unsigned total = 0;
    for (const unsigned weight : weights) total += weight;
    std::size_t draw = dice.below(total), choice = 0;
    while (draw >= weights[choice]) draw -= weights[choice++];
    return choice;
}

Made make_vote(const Task& task) {
    const auto ballot = task.scrutin->election->make_ballot(task.code, task.choice);
    if (!ballot) return {"", "", "", "le code n’a pas la forme d’un code"};
    const auto info = task.scrutin->election->check_ballot(*ballot);
    if (!info) return {"", "", "", info.error().detail};
    if (info->credential != task.listed) return {"", "", "", "la clé publique n’est pas celle de l’électeur"};
    return {*ballot, info->hash_hex, crypto::sha_hex(info->credential), ""};
}

std::vector<Made> make_votes(const std::vector<Task>& tasks) {
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<Made> made(tasks.size());
    std::vector<std::future<void>> parts;
    for (unsigned t = 0; t < threads; ++t) {
        parts.push_back(std::async(std::launch::async, [&, t] {
            for (std::size_t i = t; i < tasks.size(); i += threads) made[i] = make_vote(tasks[i]);
        }));
    }
    for (auto& part : parts) part.get();
    return made;
}

}  // namespace

util::Status rehearse(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, arguments);
    const auto wanted = arguments.number("--ballots", 100, 1, 10'000'000);
    const auto each = arguments.number("--each", 0, 1, 10'000);
    const auto seed = arguments.number("--seed", 1, 0, 4'000'000'000U);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    if (!wanted) return wanted.error();
    if (!each) return each.error();
    if (!seed) return seed.error();
    if (!election->demonstration) return refused("seule une élection de démonstration se répète avec des votes inventés");
    const auto open = open_scrutins(office, *scrutins);
    if (!open) return open.error();

    const std::filesystem::path vote_secrets = arguments.get("--vote-secrets").value_or("");
    const auto binding_key = util::read_file(vote_secrets / "binding_key"),
               password = util::read_file(vote_secrets / "db_password");
    if (!binding_key || !password) return bad_input("--vote-secrets DOSSIER est attendu : les secrets du processus vote");
    db::Settings settings = office.settings().database;
    settings.user = "portail-vote";
    settings.password = std::string(util::trim(*password));
    db::Connection vote_db(settings);
    const util::SecretText key{std::string(util::trim(*binding_key))};

    ImportFaults faults;
    CsvReader notices(arguments.get("--notices").value_or("notices/notices.csv"),
                      {{"courriel", 190, true},
                       {"civilite", 8, false},
                       {"nom", 80, true},
                       {"prenom", 80, true},
                       {"lieu_notice", 160, true},
                       {"code_de_vote", 19, true}},
                      faults);
    demonstration::Dice dice(*seed);
    const std::uint64_t most = *each > 0 ? std::uint64_t{*each} * open->size() : *wanted;
    Progress progress("Votes", most);
    std::map<unsigned, unsigned> chosen;  // votes by scrutin
    std::uint64_t stored = 0;
    std::vector<Task> tasks;
    const auto flush = [&]() -> util::Status {
        const std::vector<Made> made = make_votes(tasks);
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            if (!made[i].fault.empty())
                return bad_input("vote refusé au scrutin " + tasks[i].scrutin->scrutin.code + " : " + made[i].fault);
            const store::Scrutin& scrutin = tasks[i].scrutin->scrutin;
            stored +=
                store::store_vote(vote_db, scrutin.id, tasks[i].voter, domain::waiting_tag(key.view(), scrutin.uuid, made[i].hash),
                                  domain::waiting_tag(key.view(), scrutin.uuid, made[i].credential_hash),
                                  domain::seal_waiting_ballot(tasks[i].scrutin->log_key, made[i].credential_hash, made[i].ballot),
                                  std::chrono::floor<std::chrono::minutes>(office.clock().now()),
                                  arguments.has("--mails") ? std::optional(domain::random_message_number()) : std::nullopt);
        }
        progress.advance(tasks.size());
        tasks.clear();
        return util::Done{};
    };
    while (stored + tasks.size() < most && notices.read()) {
        const auto voter = store::find_rehearser(office.db(), notices.field(0));
        if (!voter) continue;
        std::optional<util::SecretText> credential;  // opened at the first scrutin that wants it
        for (const domain::ScrutinId id : voter->open_scrutins) {
            const auto scrutin = open->find(id.value);
            if (scrutin == open->end() || stored + tasks.size() >= most) continue;
            if (*each > 0 && chosen[id.value] >= *each) continue;
            if (!credential) credential = domain::open_envelope(voter->envelope, notices.field(5));
            if (!credential) break;  // this elector has a newer code (réassort)
            const auto listed =
                store::find_credential(office.db(), id,
                                       domain::credential_binding(key.view(), scrutin->second.scrutin.uuid, voter->id.value));
            if (!listed)
                return bad_input("scrutin " + scrutin->second.scrutin.code + " : un électeur de la liste n’a pas de clé publique");
            ++chosen[id.value];
            tasks.push_back(
                {&scrutin->second, voter->id, std::string(credential->view()), choose(dice, scrutin->second.weights), *listed});
        }
        if (tasks.size() >= k_votes_at_once) {
            if (const util::Status done = flush(); !done) return done;
        }
    }
    if (const util::Status done = flush(); !done) return done;
    if (faults.count() > 0) return bad_input(faults.lines().front());
    record_alone(office, "rehearse", std::to_string(stored) + " votes inventés");
    say(counted(stored, "vote inventé déposé", "votes inventés déposés") +
        (stored < most ? " : il n’y a plus d’électeur qui puisse voter." : "."));
    return util::Done{};
}

}  // namespace scrutinctl
