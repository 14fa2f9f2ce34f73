// SPDX-License-Identifier: AGPL-3.0-or-later
// roll add: a late elector until the eve. His line comes from a file of one row, as electeurs.csv has it and checked as the import checks it: a
// NUMEN typed as an argument would stay in the shell's history and in the list of processes. The NUMEN itself is kept nowhere.
#include "scrutinctl/roll_add.hpp"

#include <algorithm>
#include <array>

#include "domain/edition.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/sort_key.hpp"
#include "scrutinctl/store_desk.hpp"
#include "scrutinctl/store_members.hpp"
#include "scrutinctl/store_roll_add.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "util/text.hpp"
#include "web/outbox.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr const char* k_same_person =
    "le même NUMEN avec la même date de naissance est déjà celui d’un électeur : « roll correct », ou « roll reinstate » s’il est radié";

// The scrutins named, each with the reason given; or those of the rules.
util::Result<util::Json> rights_of(const ImportedElection& election, const Elector& elector, const Arguments& arguments) {
    if (!arguments.has("--scrutin")) return rights_by_rules(election, elector);
    util::Json rights = util::Json::array();
    const std::string why(util::trim(arguments.get("--raison").value_or("")));
    if (why.empty() || !util::is_printable_line(why, domain::k_longest_reason))
        return bad_input(
            "--raison TEXTE est attendue : pourquoi elle y vote, une ligne de 160 caractères au plus, que la personne lira");
    std::vector<std::string> named = arguments.all("--scrutin");
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    if (named.size() > domain::k_most_scrutins) return bad_input("plus de 7 scrutins pour cet électeur");
    for (const std::string& code : named) {
        if (std::none_of(election.scrutins.begin(), election.scrutins.end(), [&](const auto& one) { return one.code == code; }))
            return bad_input("aucun scrutin de code « " + util::printable(code, 80) + " »");
        rights.push_back({{"scrutin", code}, {"why", why}});
    }
    return rights;
}

util::Result<Elector> read_line(const Arguments& arguments, const ImportedElection& election) {
    auto lines =
        read_late_electors({arguments.positional.at(0), arguments.get("--encoding").value_or(""), !arguments.has("--scrutin")},
                           election);
    if (!lines) return lines.error();
    if (lines->size() != 1) return bad_input("une ligne est attendue sous les titres, celle d’une personne : rien n’est proposé");
    return std::move(lines->front());
}

void tell_late_elector(Office& office, const Elector& elector, const util::Json& rights, unsigned change) {
    using domain::CalendarEvent;
    const web::Settings& settings = office.settings();
    const web::Election election = web::store::read_election(office.db());
    const web::Renderer renderer(settings.templates, election.edition, settings.strict_templates);
    const auto site =
        web::site_view_without_session("", &election, settings, domain::Edition::load(settings.templates, election.edition), "");
    const auto all = store::scrutins(office.db());
    util::Json scrutins = util::Json::array();
    for (const auto& right : rights) {
        const auto one =
            std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.code == right["scrutin"].get<std::string>(); });
        if (one != all.end()) scrutins.push_back({{"title", one->title}, {"why", right["why"]}});
    }
    const auto& calendar = election.calendar;
    const web::Text text = web::email_text(renderer, site,
                                           {elector.email,
                                            "inscription",
                                            {{"civility", elector.civility},
                                             {"last_name", elector.last_name},
                                             {"has_civility", !elector.civility.empty()},
                                             {"scrutins", scrutins},
                                             {"notice_place", elector.notice_place},
                                             {"opens_at", domain::paris_full(calendar.at(CalendarEvent::portal_opens))},
                                             {"vote_period", domain::period_for(nullptr, calendar.at(CalendarEvent::vote_opens),
                                                                                calendar.at(CalendarEvent::vote_closes))}},
                                            std::nullopt,
                                            "roll-add|" + std::to_string(change)});
    store::queue_mail(office.db(), text.idempotency_key, elector.email, text.subject, text.body, office.clock().now());
}

}  // namespace

util::Result<std::vector<Elector>> read_late_electors(const ElectorsFile& file, const ImportedElection& election) {
    if (!file.encoding.empty() && !is_encoding(file.encoding)) return bad_input("--encoding : un de " + std::string(k_encodings));
    if (file.by_rules && std::any_of(election.rules.begin(), election.rules.end(), [](const auto& r) { return r.reason.empty(); }))
        return refused(
            "cette élection a été importée par une version qui ne gardait pas les motifs de regles.csv : nommez les scrutins, « roll add » "
            "avec --scrutin CODE et --raison TEXTE");
    ImportFaults faults(0);
    std::vector<Elector> electors;
    read_electors(file, election, faults, [&](const Elector& one) { electors.push_back(one); });
    for (const std::string& remark : faults.remarks()) say("À voir : " + remark + ".");
    if (faults.count() == 0) return electors;
    std::string text = counted(faults.count(), "erreur", "erreurs") + " : rien n’est fait.";
    for (const auto& kind : faults.kinds()) text += "\n  " + ImportFaults::sentence_of(kind);
    return bad_input(std::move(text));
}

util::Json rights_by_rules(const ImportedElection& election, const Elector& elector) {
    util::Json rights = util::Json::array();
    for (const auto& right : elector.rights)
        rights.push_back({{"scrutin", election.scrutins[right.scrutin].code}, {"why", reason_of(election, right.rule, elector)}});
    return rights;
}

std::string why_not_added(db::Connection& db, const util::Json& detail) {
    const std::string address = domain::text_in(detail, "email");
    if (std::string why = store::why_roll_is_sealed(db); !why.empty()) return why;
    if (store::is_guest(db, address)) return "adresse déjà donnée à un expert du bureau en ligne, qui n’est pas électeur";
    const auto line = store::find_line(db, address);
    if (line && line->is_struck_off)
        return "cette adresse est celle d’une personne radiée, qui est à réinscrire (« roll reinstate »)";
    return line ? "adresse déjà donnée à un autre électeur" : "";
}

std::string words_of_late_elector(const util::Json& detail) {
    std::string words;
    for (const domain::LineColumn& one : domain::k_line_columns)
        if (const std::string value = domain::text_in(detail, one.key); !value.empty())
            words += "\n    " + std::string(one.label) + " : " + util::printable(value, 190);
    if (!detail.is_object()) return words;
    for (const auto& right : detail.value("rights", util::Json(util::Json::array())))
        words += "\n    + " + domain::text_in(right, "scrutin") + " : " +
                 util::printable(domain::text_in(right, "why"), domain::k_longest_reason);
    return words;
}

std::string add_elector(Office& office, const store::RollChange& change, const util::Json& detail) {
    auto& db = office.db();
    Elector elector;
    static_cast<domain::LineTexts&>(elector) = domain::line_in(detail);
    if (!store::approve_elector(db, change.id, office.actor(), office.clock().now())) return k_same_person;
    write_late_elector(office, change.id, elector, detail.value("rights", util::Json::array()));
    return {};
}

void write_late_elector(Office& office, unsigned change, const Elector& elector, const util::Json& rights) {
    auto& db = office.db();
    const domain::VoterId voter = store::insert_elector(db, change, elector);
    const std::string key = sort_key_of(elector.last_name, elector.first_name);
    for (const auto& right : rights) store::add_right(db, voter, right.value("scrutin", ""), key, right.value("why", ""));
    tell_late_elector(office, elector, rights, change);
    store::raise_data_version(db);
}

util::Status roll_add(Office& office, const Arguments& arguments) {
    auto& db = office.db();
    const ImportedElection election = store::election_of_electors(db);
    const auto elector = read_line(arguments, election);
    if (!elector) return elector.error();
    auto rights = rights_of(election, *elector, arguments);
    if (!rights) return rights.error();
    util::Json detail = domain::detail_of(*elector);
    detail["rights"] = std::move(*rights);
    if (const std::string why = why_not_added(db, detail); !why.empty()) return refused(why);
    for (const auto& waiting : store::proposed_changes(db, office.clock().now()))
        if (waiting.kind == "add" &&
            util::parse_json(waiting.detail).value_or(util::Json::object()).value("email", "") == elector->email)
            return refused("cette personne est déjà proposée, sous le n° " + std::to_string(waiting.id));

    const std::string check = domain::identity_check(office.secret("numen_pepper").view(), elector->numen, elector->birth_date);
    unsigned number = 0;
    const bool is_new = db.transaction([&] {
        if (!store::propose_elector(
                db, {0, {}, "add", detail.dump(), office.reason(), "proposed", office.actor(), office.clock().now()}, check))
            return false;
        number = static_cast<unsigned>(db.last_insert_id());
        record(office, "roll", "inscription proposée, n° " + std::to_string(number));
        return true;
    });
    if (!is_new) return refused(k_same_person);
    say("Proposée sous le n° " + std::to_string(number) + " :" + words_of_late_elector(detail));
    say("Un autre que " + office.actor() + " décide : « roll approve " + std::to_string(number) + " » ou « roll refuse " +
        std::to_string(number) + " ». Détruisez le fichier : il porte un NUMEN.");
    return util::Done{};
}

}  // namespace scrutinctl
