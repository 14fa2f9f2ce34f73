// SPDX-License-Identifier: AGPL-3.0-or-later
// A late elector, proposed (CGFP R211-554): a line as the import checks it, without NUMEN and date of birth. They are asked for nowhere here: this worker has
// no key to keep them under, and a desk that collects them has a list of them.
#include <algorithm>
#include <functional>

#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/roll_parts.hpp"
#include "bureau/store_acts.hpp"
#include "bureau/store_late.hpp"
#include "bureau/store_requests.hpp"
#include "domain/identity.hpp"
#include "domain/nfc.hpp"
#include "util/bytes.hpp"
#include "web/form.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

constexpr std::size_t k_profiles_named = 8;

// The labels of the form; the columns' own are those of a file.
std::string label_on_form(const domain::LineColumn& one) {
    if (one.name == "courriel") return "Adresse professionnelle";
    if (one.name == "personnel") return "Profil de personnel";
    return util::capitalised(one.label);
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < k_profiles_named; ++i) text.append(i == 0 ? "" : ", ").append(words[i]);
    return words.size() > k_profiles_named ? text + "…" : text;
}

std::string sentence_of(const RulesOfElection& election, const domain::LineRules::Fault& fault, const std::string& nearest) {
    using Kind = domain::LineRules::Fault::Kind;
    if (fault.kind == Kind::no_rule)
        return "Aucune règle de l’élection ne donne de scrutin à ce profil et à ce corps." +
               (nearest.empty() ? "" : " Le profil le plus proche est « " + nearest + " ».");
    if (fault.kind != Kind::no_scrutin)
        return "Les règles de l’élection ne peuvent pas servir pour cette personne : demandez au bureau des élections.";
    const auto& instance = election.rules.rule(fault.rule).instance;
    const std::string known = joined(election.rules.perimeters_of(instance).known);
    return "Aucun scrutin « " + instance + " » ne convient." + (known.empty() ? "" : " Il y en a pour : " + known + ".");
}

// The line as typed, in the election's writing; what is wrong with it goes to `errors`.
domain::LineTexts line_typed(const web::Request& request, const RulesOfElection& election,
                             const std::vector<std::string>& academies, web::FormErrors& errors) {
    domain::LineTexts line;
    for (const domain::LineColumn& one : domain::k_line_columns) {
        const std::string value = domain::to_nfc(util::trim(request.field(one.name))).value_or("");
        line.*one.text = value;
        if (one.name == "courriel" || one.name == "academie") continue;
        if (value.empty() && one.is_required) errors.add(std::string(one.name), label_on_form(one) + " : à remplir.");
        else if (util::count_code_points(value) > one.longest ||
                 (!value.empty() && !util::is_printable_line(value, 4 * one.longest)))
            errors.add(std::string(one.name),
                       label_on_form(one) + " : une ligne de " + std::to_string(one.longest) + " caractères au plus est attendue.");
    }
    if (const auto address = domain::normalise_address(line.email)) line.email = *address;
    else errors.add("courriel", "Saisissez l’adresse professionnelle entière, par exemple prenom.nom@ac-xxxx.fr.");
    if (std::find(academies.begin(), academies.end(), line.academie_code) == academies.end())
        errors.add("academie", "Choisissez une de vos académies.");
    if (std::any_of(line.departement.begin(), line.departement.end(), [](unsigned char c) { return c >= 0x80; }))
        errors.add("departement", "Département : son numéro est attendu, par exemple 079.");
    const domain::LineWords& words = election.rules.words();
    line.personnel = words.personnel().of(line.personnel), line.corps = words.corps().of(line.corps);
    line.departement = words.departement(line.departement);
    if (!errors.empty()) return line;
    const auto found = election.rules.of(line);
    for (const auto& fault : found.faults) errors.add(std::string(fault.column), sentence_of(election, fault, found.nearest));
    return line;
}

std::string profile_hint(const RulesOfElection& election) {
    const std::string named = joined(election.rules.profiles());
    return "Comme l’administration le nomme : il décide des scrutins." +
           (named.empty() ? "" : " Les règles de l’élection nomment : " + named + (named.ends_with("…") ? "" : "."));
}

using Shown = std::function<std::string(std::string_view field)>;

web::Response inscription_page(const web::Env& env, const RulesOfElection& election, const std::vector<std::string>& academies,
                               const Shown& shown, const web::FormErrors& errors, int status) {
    util::Json person = util::Json::array(), work = util::Json::array(), choices = util::Json::array();
    for (const domain::LineColumn& one : domain::k_line_columns) {
        if (one.name == "civilite" || one.name == "academie" || one.name == "courriel") continue;
        std::string hint;
        if (one.name == "personnel") hint = profile_hint(election);
        if (one.name == "departement") hint = "Son numéro, par exemple 079.";
        if (one.name == "lieu_notice") hint = "Où la notice avec le code de vote lui sera remise.";
        const bool is_name = one.name == "nom" || one.name == "prenom";
        (is_name ? person : work).push_back(web::field_view(one.name, label_on_form(one), shown(one.name), errors, hint));
    }
    for (const std::string& code : academies) {
        const auto named = env.election.assistance.find(code);
        choices.push_back({{"value", code},
                           {"label", named == env.election.assistance.end() ? code : named->second.academie},
                           {"selected", academies.size() == 1 || shown("academie") == code}});
    }
    util::Json academie = web::field_view("academie", "Académie", shown("academie"), errors);
    academie["options"] = std::move(choices);
    const std::string claim = shown("demande");
    util::Json view{{"title", "Proposer une inscription"},
                    {"back",
                     claim.empty() ? back_link("/bureau/electeurs", "Électeurs") : back_link("/bureau/demandes", "Demandes")},
                    {"days", std::to_string(domain::k_desk_proposal_lives.count() / 24)},
                    {"civilite", civility_field(shown("civilite"), errors)},
                    {"person", std::move(person)},
                    {"courriel", web::field_view("courriel", "Adresse professionnelle", shown("courriel"), errors)},
                    {"academie", std::move(academie)},
                    {"work", std::move(work)},
                    {"demande", web::field_view("demande", "Demande à laquelle elle répond", claim, errors,
                                                "Son numéro, par exemple A-7K3M-9PQR.")},
                    {"motif", web::field_view("motif", "Motif", shown("motif"), errors,
                                              "Pour celui qui décide et pour le bureau des élections.")}};
    errors.put_into(view);
    return web::Response::page("bureau/inscription", std::move(view), status);
}

// Whether this request is of that académie, and of those whom he answers.
bool may_answer(web::Env& env, const Desk& desk, std::string_view number, std::string_view academie) {
    const auto kind = request_kind_of(number);
    const auto asked = kind ? find_request(env.db, number) : std::nullopt;
    return asked && asked->academie == academie && desk.role_for(right_for(*kind), academie) != nullptr;
}

}  // namespace

// 200; 409 once the election is sealed; 404 to who manages no académie's roll.
Answer show_inscription(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto academies = desk.places(domain::DeskRight::roll);
    if (academies.empty()) return util::failure(util::Fault::not_found, "desk inscription");
    web::FormErrors errors;
    if (std::string why = why_no_inscription(env, {}, {}); !why.empty()) errors.add("motif", std::move(why));
    return inscription_page(
        env, rules_of_election(env.db), academies,
        [&](std::string_view field) { return field == "demande" ? std::string(request.field(field)) : std::string(); }, errors,
        errors.empty() ? 200 : 409);
}

// 303 to the proposal, the same one for a form sent twice; 400 for what no line can hold, or no rule gives a scrutin; 409 where the person is on the roll of
// the académie, is proposed already, or the election is sealed; 404 as above; 429 past a hundred in an hour.
Answer propose_inscription(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto academies = desk.places(domain::DeskRight::roll);
    if (academies.empty()) return util::failure(util::Fault::not_found, "desk inscription");
    const RulesOfElection election = rules_of_election(env.db);
    const std::string reason(util::trim(request.field("motif"))),
        claim = util::to_upper_ascii(util::trim(request.field("demande")));
    web::FormErrors errors;
    const domain::LineTexts line = line_typed(request, election, academies, errors);
    if (reason.empty()) errors.add("motif", "Écrivez pourquoi, en une ligne.");
    else if (!util::is_printable_line(reason, domain::k_change_reason_bytes))
        errors.add("motif", "Une ligne de 300 caractères au plus.");
    if (!claim.empty() && !may_answer(env, desk, claim, line.academie_code))
        errors.add("demande", "Aucune demande de cette académie n’a ce numéro.");
    const auto page = [&](int status) {
        return inscription_page(
            env, election, academies, [&](std::string_view field) { return std::string(request.field(field)); }, errors, status);
    };
    const std::string form_hash = util::sha256_hex("desk-inscription|" + env.session.voter_email + "|" + env.form_key);
    if (const auto before = proposal_of_form(env.db, form_hash))
        return web::Response::redirect("/bureau/changements/" + std::to_string(*before));
    if (!errors.empty()) return page(400);
    if (!web::throttle_allows(env, "desk-change", std::to_string(env.session.voter->value), k_proposals_allowed,
                              k_proposals_window))
        return util::failure(util::Fault::throttled, "desk inscription");
    const Membership& by = *desk.role_for(domain::DeskRight::roll, line.academie_code);
    const RollProposal proposal{{},
                                "add",
                                domain::detail_of(line).dump(),
                                reason,
                                by.id,
                                claim.empty() ? std::nullopt : std::optional(claim),
                                form_hash,
                                env.now,
                                env.now + domain::k_desk_proposal_lives,
                                line.academie_code};
    std::string why;
    bool is_on_the_roll = false;
    unsigned number = 0;
    env.db.transaction([&] {
        why.clear(), number = 0, is_on_the_roll = false;
        // There is no line yet to hold: the journal's turnstile keeps a second proposal of the same person waiting here.
        last_journal_entry(env.db);
        if (const auto sent = proposal_of_form(env.db, form_hash)) {
            number = *sent;
            return false;
        }
        if (why = why_no_inscription(env, line.academie_code, line.email); !why.empty()) {
            is_on_the_roll = !is_anything_sealed(env.db);
            return false;
        }
        if (const auto waiting = waiting_inscription(env.db, line.academie_code, line.email, env.now)) {
            why = "Une inscription attend déjà pour cette adresse, sous le n° " + std::to_string(*waiting) + ".";
            return false;
        }
        number = add_proposal(env.db, proposal);
        record(env, by, "roll", "inscription proposée, n° " + std::to_string(number));
        return true;
    });
    if (number != 0) return web::Response::redirect("/bureau/changements/" + std::to_string(number));
    // It tells of a line, as a search does, and is an entry as a search is.
    if (is_on_the_roll)
        record_alone(env, by, "roll",
                     "académie « " + line.academie_code + " » : inscription d’un électeur déjà dans la liste, 1 ligne");
    errors.add("courriel", why);
    return page(409);
}

}  // namespace bureau
