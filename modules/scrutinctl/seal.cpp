// SPDX-License-Identifier: AGPL-3.0-or-later
// seal: codes for every elector, then, scrutin by scrutin in one transaction each, the public credentials and the records of
// the Setup event. All credentials of a scrutin enter together and in the order of their bindings: neither the table nor
// the transaction numbers of the data files tell whose is whose.
#include <algorithm>
#include <map>
#include <thread>

#include "cli/progress.hpp"
#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/holders.hpp"
#include "scrutinctl/programs.hpp"
#include "scrutinctl/notice_fingerprints.hpp"
#include "scrutinctl/seal_checks.hpp"
#include "scrutinctl/seal_codes.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_codes.hpp"
#include "scrutinctl/store_count.hpp"
#include "scrutinctl/store_desk_apply.hpp"
#include "scrutinctl/store_seal.hpp"
#include "scrutinctl/store_sealed.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/trustee_file.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

struct BureauKey {
    std::string trustees, public_key;
};
using BureauKeys = std::map<std::pair<std::string, std::string>, BureauKey>;  // by bureau and group

// Every holder of a threshold key signed that the record is the one of its ceremony. The file that `trustee collect` made stands
// beside the record.
util::Status check_confirmations(const fs::path& folder, const store::Scrutin& scrutin, const std::string& record) {
    const fs::path path = folder / (trustee::file_stem(scrutin.bureau, scrutin.crypto_group) + ".confirmations.json");
    std::vector<std::string> confirmations;
    if (const auto text = trustee::read_public_file(path)) {
        const auto json = util::parse_json(*text);
        try {
            if (json) {
                if (const auto of = trustee::shown(json->at("bureau").get<std::string>()); of != scrutin.bureau)
                    return bad_input(path.string() + " : ces confirmations sont celles d’un autre bureau (« " + of +
                                     " »), pas de « " + scrutin.bureau + " »");
                confirmations = json->at("content").get<std::vector<std::string>>();
            }
        } catch (const util::Json::exception&) {  // no list: told below, as a list of nothing
        }
    }
    if (crypto::ceremony::check_confirmations(scrutin.crypto_group, record, confirmations)) return util::Done{};
    return bad_input("la clé du bureau « " + scrutin.bureau + " » (" + scrutin.crypto_group +
                     ") n’est pas confirmée par tous ses porteurs : " + path.string() +
                     " manque ou n’est pas celui de cette clé (« scrutin-trustee collect » le fait)");
}

// Two halves of a bureau that do not speak to each other could each decrypt, and none of them would know.
util::Status require_majority(const store::Scrutin& scrutin, const fs::path& path, const std::string& record) {
    const trustee::Holders holders = trustee::holders_of(record);
    if (holders.is_majority) return util::Done{};
    return bad_input(path.string() + " : " + std::to_string(holders.needed) + " porteurs sur " + std::to_string(holders.all) +
                     " suffiraient à déchiffrer ; il faut plus de la moitié des porteurs du bureau « " + scrutin.bureau +
                     " » : la cérémonie est à refaire");
}

util::Result<BureauKeys> read_bureau_keys(const fs::path& folder, const std::vector<store::Scrutin>& scrutins) {
    BureauKeys keys;
    for (const store::Scrutin& scrutin : scrutins) {
        const auto name = std::pair(scrutin.bureau, scrutin.crypto_group);
        if (keys.contains(name)) continue;
        const fs::path path = trustee::trustees_path(folder, scrutin.bureau, scrutin.crypto_group);
        const std::optional<std::string> content = util::read_file(path);
        if (!content)
            return bad_input("il manque la clé du bureau « " + scrutin.bureau + " » (" + scrutin.crypto_group +
                             ") : " + path.string());
        const std::string record(util::trim(*content));
        const auto public_key = crypto::election_public_key(scrutin.crypto_group, record);
        if (!public_key) return bad_input(path.string() + " : clé refusée : " + public_key.error().detail);
        if (trustee::decryptions_needed(record) < 2)
            return bad_input(path.string() + " : clé refusée : un seul porteur suffirait à déchiffrer");
        if (const auto majority = require_majority(scrutin, path, record); !majority) return majority.error();
        if (const auto confirmed = check_confirmations(folder, scrutin, record); !confirmed) return confirmed.error();
        keys.emplace(name, BureauKey{record, *public_key});
    }
    return keys;
}

std::vector<store::Credential> sorted_credentials(const std::string& lines) {
    std::vector<store::Credential> credentials;
    std::string_view rest = lines;
    while (!rest.empty()) {
        const std::size_t space = rest.find(' '), end = rest.find('\n');
        credentials.push_back({rest.substr(0, space), rest.substr(space + 1, end - space - 1)});
        rest.remove_prefix(end + 1);
    }
    std::sort(credentials.begin(), credentials.end(), [](const auto& a, const auto& b) { return a.binding < b.binding; });
    return credentials;
}

// The credentials are not in their table yet.
domain::Seal seal_to_be(Office& office, const store::Scrutin& scrutin, const BureauKey& key,
                        const std::vector<store::Credential>& credentials, const std::string& public_creds,
                        const std::string& programs) {
    const store::Setup setup{"", key.trustees, public_creds, std::string(office.secret("receipt_public_key").view()),
                             std::string(office.secret("log_public_key").view())};
    domain::Seal seal = seal_of_tables(office, scrutin, setup, programs);
    util::Sha256 bindings;
    for (const store::Credential& one : credentials) bindings.update(domain::credential_line(one.binding, one.public_key));
    seal.bindings = bindings.finish_hex();
    seal.public_creds = public_creds;
    return seal;
}

util::Status seal_scrutin(Office& office, const store::Scrutin& scrutin, const BureauKey& key, const std::string& lines,
                          const std::string& programs) {
    db::Connection& db = office.db();
    const std::vector<store::Credential> credentials = sorted_credentials(lines);
    const store::Attendance counts = store::attendance(db, scrutin.id);
    if (credentials.size() != counts.inscrits) {
        return refused("scrutin " + scrutin.code + " : " + std::to_string(counts.inscrits) + " inscrits mais " +
                       std::to_string(credentials.size()) + " clés : la liste électorale a changé depuis les codes");
    }
    if (counts.emargements != 0 || counts.ballots != 0)
        return refused("scrutin " + scrutin.code + " : l’urne ou la liste d’émargement n’est pas vide");

    std::vector<std::string> public_keys;
    public_keys.reserve(credentials.size());
    for (const store::Credential& credential : credentials) public_keys.emplace_back(credential.public_key);
    const auto public_creds = crypto::make_public_creds(std::move(public_keys));
    if (!public_creds) return bad_input("scrutin " + scrutin.code + " : " + public_creds.error().detail);
    const domain::Seal seal = seal_to_be(office, scrutin, key, credentials, crypto::sha_hex(*public_creds), programs);
    const store::StoredSeal stored{crypto::sha_hex(domain::write_seal(seal)), domain::write_seal(seal)};
    crypto::Question question{"Votre choix", {}};
    for (const domain::SealedList& list : seal.lists) question.answers.push_back(list.name);
    // The record names the seal, and every ballot names the record: what a ballot was cast under cannot be exchanged.
    const std::string rules = crypto::write_rules(
        {.seal = stored.digest, .small_totals = seal.small_totals, .bound_decryption = true, .final_vote = true});
    const std::string record_text = crypto::make_election_record(scrutin.uuid, scrutin.crypto_group, key.public_key, scrutin.title,
                                                                 seal.election_title + ". " + rules, question);
    if (const auto parsed = crypto::Election::parse(record_text); !parsed)
        return bad_input("scrutin " + scrutin.code + " : " + parsed.error().detail);
    const store::SealedRecords records{scrutin.uuid, record_text, key.trustees, seal.public_creds, seal.receipt_key, seal.log_key};
    const bool sealed = db.transaction([&] {
        store::insert_credentials(db, scrutin.id, credentials);
        store::insert_setup(db, scrutin.id, records);
        store::insert_seal(db, scrutin.id, stored);
        if (!store::move_state(db, scrutin.id, domain::ScrutinState::published, domain::ScrutinState::sealed)) return false;
        record(office, "seal",
               scrutin.code + " inscrits=" + std::to_string(counts.inscrits) + " sceau=" + stored.digest +
                   " election=" + crypto::sha_hex(record_text) + " credentials=" + records.public_creds_hash);
        return true;
    });
    return sealed ? util::Status(util::Done{}) : refused("scrutin " + scrutin.code + " : son état a changé pendant le scellement");
}

// The list of what serves and counts, kept before the first scrutin is sealed; its digest.
std::string seal_programs(Office& office) {
    if (const auto sealed = store::last_programs(office.db())) return sealed->digest;
    const std::string text = list_programs(office);
    const store::Programs programs{1, crypto::sha_hex(text), text, ""};
    office.db().transaction([&] {
        store::insert_programs(office.db(), programs, office.clock().now());
        record(office, "programs", programs.digest + " au scellement");
        return true;
    });
    return programs.digest;
}

// Once all is sealed nothing of the office asks for the key that ties electors to their credentials; with it and the two databases,
// whoever has the office would join voters to ballots. The vote worker keeps its own copy.
void give_up_binding_key(Office& office) {
    const fs::path file = office.settings().secret_path("binding_key");
    if (!fs::exists(file)) return;
    try {
        util::wipe_file(file);
        record_alone(office, "binding-key", "détruite chez le bureau, après le scellement");
        say("La clé de liaison des électeurs à leurs clés de vote est détruite ici : " + file.string() + ".");
    } catch (const std::system_error&) {
        say("À FAIRE par l’administrateur du système : détruire la clé de liaison donnée au bureau (binding_key). « open » refuse tant qu’elle "
            "est là ; le processus de vote garde la sienne.");
    }
}

// Sealing comes before the vote. A bureau that is late may still do it, and the journal says so; after the close there is nothing left to seal.
util::Status check_hour(Office& office, bool may_be_late) {
    const domain::Calendar calendar = store::read_calendar(office.db());
    const util::Instant opens = calendar.at(domain::CalendarEvent::vote_opens),
                        closes = calendar.at(domain::CalendarEvent::vote_closes);
    const util::Instant now = hour_of_acts(office);
    if (now >= closes)
        return refused("le vote s’est clos " + domain::paris_full(closes) +
                       " d’après le calendrier : rien ne se scelle plus. Importez l’élection avec ses vraies dates");
    if (now < opens || may_be_late) return util::Done{};
    say("ATTENTION : le vote devait ouvrir " + domain::paris_full(opens) +
        ", avant ce scellement ; le procès-verbal doit le dire.");
    record_alone(office, "late-seal", "scellement commencé après l’ouverture prévue");
    return util::Done{};
}

// What waited for the urne is in it.
void forget_codes(Office& office) {
    office.db().transaction([&] {
        store::forget_pending(office.db());
        return true;
    });
}

}  // namespace

util::Status seal(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, {});
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    const auto threads = arguments.number("--threads", std::max(1U, std::thread::hardware_concurrency()), 1, 256);
    if (!threads) return threads.error();
    const NoticesFolder folder{arguments.get("--notices").value_or("notices")};

    std::vector<store::Scrutin> to_seal;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::sealed) to_seal.push_back(scrutin);
    }
    if (arguments.has("--recommencer"))
        if (const util::Status given_up = give_up_codes(office, *scrutins, folder); !given_up) return given_up;
    if (to_seal.empty() && !store::unfinished_batch(office.db())) {
        forget_codes(office);
        say("Tous les scrutins sont déjà scellés ; rien n’est changé.");
        if (!election->demonstration) give_up_binding_key(office);
        return util::Done{};
    }
    if (const util::Status in_time = check_hour(office, to_seal.empty() || election->demonstration); !in_time) return in_time;
    const fs::path trustees = arguments.get("--trustees").value_or("trustees");
    const auto keys = read_bureau_keys(trustees, to_seal);
    if (!keys) return keys.error();
    for (const auto& [name, key] : *keys)
        if (const util::Status noted = note_holders(office, trustees, name.first, name.second, key.trustees); !noted) return noted;
    const bool is_first = to_seal.size() == scrutins->size();
    if (const auto waiting = store::count_approved_at_desk(office.db()); is_first && waiting > 0)
        return refused(
            counted(waiting, "changement de la liste approuvé au bureau en ligne n’est pas encore fait",
                    "changements de la liste approuvés au bureau en ligne ne sont pas encore faits") +
            " : « desk apply » d’abord, avec --inscriptions pour qui est à inscrire (ou « roll refuse ») ; le scellement ne les permet plus");
    if (!election->demonstration && is_first) {
        std::vector<KeyOfBureau> asked;
        for (const auto& [name, key] : *keys) asked.push_back({name.first, name.second, key.trustees});
        if (const util::Status answered = require_answers(office, arguments, asked); !answered) return answered;
        if (const util::Status rehearsed = require_rehearsal(office, arguments, asked); !rehearsed) return rehearsed;
    }
    const auto is_draft = [](const store::Scrutin& scrutin) { return scrutin.state == domain::ScrutinState::draft; };
    if (std::any_of(to_seal.begin(), to_seal.end(), is_draft)) {
        if (const util::Status published = publish(office, {}); !published) return published;
    }

    fs::create_directories(folder.folder);
    // While nothing is sealed codes can still be made anew.
    const auto batch = make_codes(office, *scrutins, folder, *threads);
    if (!batch) return batch.error();
    if (!to_seal.empty()) {
        auto credentials = read_credentials(office, *scrutins);
        if (!credentials) return credentials.error();
        const std::string programs = seal_programs(office);
        Progress progress("Scellement des scrutins", to_seal.size());
        for (const store::Scrutin& scrutin : to_seal) {
            const BureauKey& key = keys->at({scrutin.bureau, scrutin.crypto_group});
            if (const util::Status done = seal_scrutin(office, scrutin, key, (*credentials)[scrutin.id.value], programs); !done)
                return done;
            credentials->erase(scrutin.id.value);
            progress.advance();
        }
    }
    record_alone(office, "seal-election", crypto::sha_hex(election_seal_text(office)));
    write_notice_fingerprints(office, *scrutins, folder);
    if (*batch) finish_codes(office, folder, **batch);
    forget_codes(office);
    say(counted(to_seal.size(), "scrutin scellé", "scrutins scellés") + ". " +
        (*batch ? "Les codes de vote sont dans " + folder.notices(**batch).string() +
                      " et nulle part ailleurs : faites imprimer ce fichier, puis détruisez-le. "
                : std::string("Les codes de vote étaient déjà faits. ")) +
        "L’empreinte de chaque scrutin, à imprimer sur la notice de ses électeurs, est dans " +
        (folder.folder / "empreintes.csv").string() + ".");
    if (!election->demonstration) give_up_binding_key(office);
    return seal_show(office, {});
}

}  // namespace scrutinctl
