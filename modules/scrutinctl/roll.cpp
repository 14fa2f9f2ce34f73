// SPDX-License-Identifier: AGPL-3.0-or-later
// roll …: changes of the roll that one officer proposes and another decides, before the sealing; and, until the close, a réassort that its
// owner had stopped, opened again. Each proposal and each decision is a line of the journal, which names no elector: the number leads
// to the proposal, where the office finds him.
#include <algorithm>

#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "domain/roll_change.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/roll.hpp"
#include "scrutinctl/roll_add.hpp"
#include "scrutinctl/sort_key.hpp"
#include "scrutinctl/store_codes.hpp"
#include "scrutinctl/store_desk_apply.hpp"
#include "scrutinctl/store_roll.hpp"
#include "scrutinctl/store_roll_add.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using domain::label_of_roll_change;

std::string option_of(const domain::Correctable& what) {
    std::string option = "--" + std::string(what.field);
    std::replace(option.begin(), option.end(), '_', '-');
    return option;
}

std::vector<std::string> codes_in(const util::Json& detail, const char* key) {
    return detail.contains(key) ? detail[key].get<std::vector<std::string>>() : std::vector<std::string>();
}

// Of a change of scrutins: it adds some where he does not vote yet, removes some where he does, and leaves him one.
std::string why_not_scrutins(db::Connection& db, domain::VoterId voter, const util::Json& detail) {
    std::vector<std::string> mine = store::scrutins_of(db, voter);
    const auto all = store::scrutins(db);
    for (const std::string& code : codes_in(detail, "add")) {
        if (std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.code == code; }))
            return "aucun scrutin de code « " + code + " »";
        if (std::find(mine.begin(), mine.end(), code) != mine.end()) return "cette personne vote déjà à " + code;
        mine.push_back(code);
    }
    for (const std::string& code : codes_in(detail, "remove"))
        if (std::erase(mine, code) == 0) return "cette personne ne vote pas à " + code;
    return mine.empty() ? "il ne lui resterait aucun scrutin : « roll strike » la radie" : "";
}

// Of a correction: the columns may hold what it says, and, of the desk's, which says what stood there, two members approved that change and no other.
std::string why_not_corrected(const store::RollLine& line, const util::Json& detail) {
    const auto before = detail.value("before", util::Json(util::Json::object()));
    if (!before.is_object()) return "la proposition n’est pas lisible";
    for (const domain::Correctable& one : domain::k_correctable) {
        if (!detail.contains(one.key)) continue;
        const auto& value = detail[std::string(one.key)];
        if (!value.is_string() || !domain::may_be_corrected_to(one, value.get<std::string>()))
            return "la valeur proposée ne peut pas être enregistrée (" + std::string(one.label) + ")";
        if (before.contains(one.key) && before[std::string(one.key)] != line.*one.text)
            return "la ligne a changé depuis la proposition (" + std::string(one.label) + ")";
    }
    return {};
}

// What the change asks for still makes sense: seen when it is proposed and again when it is carried out.
std::string why_not(db::Connection& db, std::string_view kind, const store::RollLine& line, const util::Json& detail) {
    if (kind == "reopen")
        return store::is_reassort_stopped(db, line.voter) ? "" : "cette personne n’a pas arrêté ses demandes de nouveau code";
    if (std::string why = store::why_roll_is_sealed(db); !why.empty()) return why;
    if (kind == "scrutins") return why_not_scrutins(db, line.voter, detail);
    if (kind == "strike" && line.is_struck_off) return "cette personne est déjà radiée";
    if (kind == "reinstate" && !line.is_struck_off) return "cette personne n’est pas radiée";
    return kind == "correct" ? why_not_corrected(line, detail) : "";
}

util::Status propose(Office& office, std::string_view kind, const Arguments& arguments, const util::Json& detail,
                     std::string reason) {
    const auto address = domain::normalise_address(arguments.get("--elector").value_or(""));
    const auto line = address ? store::find_line(office.db(), *address) : std::nullopt;
    if (!line) return bad_input("--elector : aucun électeur n’a cette adresse");
    if (const std::string why = why_not(office.db(), kind, *line, detail); !why.empty()) return refused(why);
    unsigned number = 0;
    office.db().transaction([&] {
        number = store::propose_change(office.db(), {0, line->voter, std::string(kind), detail.dump(), reason, "proposed",
                                                     office.actor(), office.clock().now()});
        record(office, "roll", label_of_roll_change(kind) + " proposée, n° " + std::to_string(number));
        return true;
    });
    say("Proposée sous le n° " + std::to_string(number) + ". Un autre que " + office.actor() + " décide : « roll approve " +
        std::to_string(number) + " » ou « roll refuse " + std::to_string(number) + " ».");
    return util::Done{};
}

// Of correct: what differs from the line as it stands, in words for who decides.
std::string words_of_detail(const util::Json& detail, const store::RollLine& line) {
    std::string words;
    for (const domain::Correctable& one : domain::k_correctable)
        if (detail.contains(one.key))
            words += "\n    " + std::string(one.label) + " : « " + util::printable(line.*one.text, 160) + " » → « " +
                     util::printable(detail[std::string(one.key)].get<std::string>(), 160) + " »";
    for (const std::string& code : codes_in(detail, "add")) words += "\n    + " + code;
    for (const std::string& code : codes_in(detail, "remove")) words += "\n    − " + code;
    return words;
}

void make_change(Office& office, const store::RollChange& change, store::RollLine line) {
    auto& db = office.db();
    const auto now = office.clock().now();
    if (change.kind == "strike") {
        store::strike_off(db, change.voter, now, change.reason);
        store::withdraw_code(db, change.voter, "struck", now);
    }
    if (change.kind == "reinstate") store::reinstate(db, change.voter);
    if (change.kind == "correct") {
        const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
        for (const domain::Correctable& one : domain::k_correctable)
            if (detail.contains(one.key)) line.*one.text = detail[std::string(one.key)].get<std::string>();
        store::correct_line(db, line, sort_key_of(line.last_name, line.first_name));
    }
    if (change.kind == "scrutins") {
        const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
        const std::string key = sort_key_of(line.last_name, line.first_name);
        for (const std::string& code : codes_in(detail, "add"))
            store::add_right(db, change.voter, code, key, detail.value("why", ""));
        for (const std::string& code : codes_in(detail, "remove")) store::remove_right(db, change.voter, code);
        store::withdraw_code(db, change.voter, "rolls", now);  // its credential has no key for the new ones
    }
    if (change.kind == "reopen")
        store::reopen_reassort(db, change.voter, now, util::sha256_hex("reassort-reopen|" + std::to_string(change.id)));
    store::raise_data_version(db);
}

util::Result<unsigned> change_number(const Arguments& arguments) {
    const std::string& word = arguments.positional.at(0);
    const bool plain = !word.empty() && word.size() <= 9 && word.find_first_not_of("0123456789") == std::string::npos;
    if (!plain) return bad_input("le numéro d’une proposition est attendu (« roll » les liste)");
    return static_cast<unsigned>(std::stoul(word));
}

// Carries it out and notes who approved; why not, and nothing may be committed then.
std::string approve(Office& office, const store::RollChange& change) {
    const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
    if (change.kind == "add") {
        if (std::string why = why_not_added(office.db(), detail); !why.empty()) return why;
        if (change.proposed_member == 0) return add_elector(office, change, detail);
        store::decide_change(office.db(), change.id, "approved", office.actor(), office.clock().now());
        return {};
    }
    if (std::string why = carry_out_change(office, change); !why.empty()) return why;
    if (change.proposed_member == 0) {
        store::decide_change(office.db(), change.id, "approved", office.actor(), office.clock().now());
        return {};
    }
    store::decide_change(office.db(), change.id, "done", office.actor(), office.clock().now());
    store::end_change(office.db(), change.id, "done", "", office.clock().now());
    return {};
}

// The desk's late elector, approved, for whom the administration's file will never come.
bool waits_for_file(const store::RollChange& change) {
    return change.kind == "add" && change.proposed_member != 0 && change.state == "approved";
}

void refuse(Office& office, const store::RollChange& change) {
    if (waits_for_file(change)) {
        const std::string why = "écartée par le bureau des élections" + (office.reason().empty() ? "" : " : " + office.reason());
        store::end_change(office.db(), change.id, "impossible", util::printable(why, 300), office.clock().now());
        return;
    }
    store::decide_change(office.db(), change.id, "refused", office.actor(), office.clock().now());
    if (change.kind == "add") store::forget_identity_check(office.db(), change.id);
}

util::Status decide(Office& office, const Arguments& arguments, bool approves) {
    const auto number = change_number(arguments);
    if (!number) return number.error();
    std::string why, done;
    office.db().transaction([&] {
        why.clear();
        const auto change = store::lock_change(office.db(), *number);
        if (!change) why = "aucune proposition n’a ce numéro";
        else if (change->state != "proposed" && (approves || !waits_for_file(*change))) why = "cette proposition est déjà décidée";
        else if (change->state == "proposed" && change->expires_at && *change->expires_at <= office.clock().now())
            why = "cette proposition est périmée depuis le " + domain::paris_full(*change->expires_at);
        else if (approves && change->proposed_by == office.actor())
            why = "vous avez proposé ce changement (" + change->proposed_by + ") : un autre l’approuve";
        if (!why.empty()) return false;
        if (approves) why = approve(office, *change);
        else refuse(office, *change);
        if (!why.empty()) return false;
        const bool only_approved = approves && change->kind == "add" && change->proposed_member != 0;
        done = label_of_roll_change(change->kind) +
               (only_approved ? " approuvée"
                : approves    ? " faite"
                              : " refusée") +
               ", n° " + std::to_string(change->id) + ", proposée par " + change->proposed_by;
        record(office, "roll", done);
        return true;
    });
    if (!why.empty()) return refused(why);
    say("Fait : " + done + ".");
    return util::Done{};
}

}  // namespace

std::string carry_out_change(Office& office, const store::RollChange& change) {
    const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
    const auto line = store::lock_line(office.db(), change.voter);
    if (!line) return "cette personne n’est plus dans la liste";
    if (std::string why = why_not(office.db(), change.kind, *line, detail); !why.empty()) return why;
    make_change(office, change, *line);
    return {};
}

util::Status roll(Office& office, const Arguments&) {
    const auto changes = store::proposed_changes(office.db(), office.clock().now());
    for (const auto& change : changes) {
        const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
        const bool adds = change.kind == "add";
        const std::string address = adds ? domain::text_in(detail, "email") : store::address_of(office.db(), change.voter);
        const auto line = store::find_line(office.db(), address);
        say("n° " + std::to_string(change.id) + "  " + label_of_roll_change(change.kind) + "  " + address + "  proposée par " +
            change.proposed_by + " le " + domain::paris_full(change.proposed_at) +
            "\n    motif : " + util::printable(change.reason, 300) +
            (adds   ? words_of_late_elector(detail)
             : line ? words_of_detail(detail, *line)
                    : ""));
    }
    say(counted(changes.size(), "changement attend", "changements attendent") + " une décision.");
    return util::Done{};
}

util::Status roll_strike(Office& office, const Arguments& arguments) {
    const std::string reason(util::trim(arguments.get("--raison").value_or("")));
    if (reason.empty() || !util::is_printable_line(reason, 300))
        return bad_input("--raison TEXTE est attendue : une ligne de 300 caractères au plus, que la personne lira");
    return propose(office, "strike", arguments, util::Json::object(), reason);
}

util::Status roll_reinstate(Office& office, const Arguments& arguments) {
    return propose(office, "reinstate", arguments, util::Json::object(), office.reason());
}

util::Status roll_correct(Office& office, const Arguments& arguments) {
    util::Json detail = util::Json::object();
    for (const domain::Correctable& one : domain::k_correctable) {
        const std::string option = option_of(one);
        const auto typed = arguments.get(option);
        if (!typed) continue;
        const std::string value(util::trim(*typed));
        if (!domain::may_be_corrected_to(one, value))
            return bad_input(option + " : une ligne de " + std::to_string(one.most) + " caractères au plus est attendue");
        detail[std::string(one.key)] = value;
    }
    if (detail.empty()) return bad_input("que corriger ? --nom, --prenom, --civilite, --corps, --affectation ou --lieu-notice");
    return propose(office, "correct", arguments, detail, office.reason());
}

util::Status roll_scrutins(Office& office, const Arguments& arguments) {
    const std::string why(util::trim(arguments.get("--raison").value_or("")));
    if (arguments.has("--ajoute") && (why.empty() || !util::is_printable_line(why, 160)))
        return bad_input(
            "--raison TEXTE est attendue : pourquoi elle y vote, une ligne de 160 caractères au plus, que la personne lira");
    const util::Json detail{{"add", arguments.all("--ajoute")}, {"remove", arguments.all("--retire")}, {"why", why}};
    if (!arguments.has("--ajoute") && !arguments.has("--retire"))
        return bad_input("quels scrutins ? --ajoute CODE ou --retire CODE");
    if (detail.dump().size() > 2000) return bad_input("trop de scrutins à la fois");
    return propose(office, "scrutins", arguments, detail, office.reason());
}

util::Status roll_reopen(Office& office, const Arguments& arguments) {
    return propose(office, "reopen", arguments, util::Json::object(), office.reason());
}

util::Status roll_approve(Office& office, const Arguments& arguments) { return decide(office, arguments, true); }
util::Status roll_refuse(Office& office, const Arguments& arguments) { return decide(office, arguments, false); }

}  // namespace scrutinctl
