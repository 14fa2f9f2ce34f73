// SPDX-License-Identifier: AGPL-3.0-or-later
// candidatures check, accept, refuse: what the office looks at, and what it decides of a deposit. A decision is about one deposit by its number: what
// replaced it meanwhile waits for its own.
#include <algorithm>

#include "domain/local_time.hpp"
#include "domain/logo.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/candidatures.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/pdf_check.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/sort_key.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::size_t k_reason_characters = 1000, k_despite_characters = 4000;

std::string person(const domain::CandidateName& name, std::size_t rank) {
    return "n° " + std::to_string(rank) + ", " + name.civility + " " + util::printable(name.first_name + " " + name.last_name, 640);
}

void add_roll_faults(Office& office, const std::string& scrutin_code, const std::vector<domain::CandidateName>& names,
                     std::vector<std::string>& faults) {
    std::size_t rank = 0;
    for (const domain::CandidateName& name : names) {
        ++rank;
        const auto places = store::affectations_on_roll(office.db(), scrutin_code, sort_key_of(name.last_name, name.first_name));
        const auto is_there = [&](const std::string& place) { return util::fold(place) == util::fold(name.affectation); };
        if (places.empty()) faults.push_back(person(name, rank) + " : personne de ce nom n’est électeur de ce scrutin");
        else if (std::none_of(places.begin(), places.end(), is_there))
            faults.push_back(person(name, rank) + " : sur la liste électorale à une autre affectation, « " +
                             util::printable(places.front(), 640) + " »" +
                             (places.size() > 1 ? " (" + std::to_string(places.size()) + " personnes de ce nom)" : ""));
    }
}

std::string identity(const domain::CandidateName& name) {
    return util::fold(name.last_name + " " + name.first_name + "|" + name.affectation);
}

// Lists of the same scrutin that count: the newest deposit of each, refused ones aside.
void add_double_faults(Office& office, const store::Candidature& candidature, const std::vector<domain::CandidateName>& names,
                       std::vector<std::string>& faults) {
    const auto all = store::candidatures(office.db());
    for (const store::Deposited& other : store::deposits(office.db())) {
        const auto owner = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == other.candidature; });
        if (!other.is_newest || other.decision == "refused" || other.candidature == candidature.id || owner == all.end() ||
            owner->scrutin_code != candidature.scrutin_code)
            continue;
        for (const domain::CandidateName& theirs : store::names_of(office.db(), other.number)) {
            std::size_t rank = 0;
            for (const domain::CandidateName& name : names)
                if (++rank; identity(name) == identity(theirs))
                    faults.push_back(person(name, rank) + " : aussi sur la liste de la candidature n° " +
                                     std::to_string(owner->id));
        }
    }
}

// The unions of a list: those of its sharing key, or the one that deposited it.
std::vector<std::string> unions_behind(const store::Candidature& candidature, const std::vector<domain::UnionShare>& unions) {
    std::vector<std::string> names;
    for (const domain::UnionShare& one : unions) names.push_back(one.name);
    if (names.empty()) names.push_back(candidature.union_name);
    return names;
}

// Votes are counted by union: one stands behind one list of a scrutin.
void add_union_faults(Office& office, const store::Candidature& candidature, const std::vector<domain::UnionShare>& unions,
                      std::vector<std::string>& faults) {
    const auto all = store::candidatures(office.db());
    const auto mine = unions_behind(candidature, unions);
    for (const store::Deposited& other : store::deposits(office.db())) {
        const auto owner = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == other.candidature; });
        if (!other.is_newest || other.decision == "refused" || other.candidature == candidature.id || owner == all.end() ||
            owner->scrutin_code != candidature.scrutin_code)
            continue;
        for (const std::string& theirs : unions_behind(*owner, store::unions_of(office.db(), other.number)))
            for (const std::string& name : mine)
                if (util::fold(name) == util::fold(theirs))
                    faults.push_back("l’organisation « " + util::printable(name, 640) + " » est aussi derrière la candidature n° " +
                                     std::to_string(owner->id));
    }
}

std::string text_of_reason(const Arguments& arguments) { return std::string(util::trim(arguments.get("--raison").value_or(""))); }

// In the caller's transaction: the newest deposit, not decided so yet.
std::string why_not_decide(const std::optional<store::Deposited>& deposit, std::string_view decision) {
    if (!deposit) return "aucun dépôt n’a ce numéro (« candidatures list » les donne)";
    if (!deposit->is_newest) return "ce dépôt a été remplacé par un autre : « candidatures list » donne son numéro";
    if (deposit->decision == decision) return decision == "accepted" ? "ce dépôt est déjà accepté" : "ce dépôt est déjà refusé";
    return {};
}

util::Status decide(Office& office, const std::string& number, std::string_view decision, const std::string& reason,
                    bool despite_all) {
    const util::Instant at = hour_of_acts(office);
    std::string why;
    std::vector<std::string> faults;
    office.db().transaction([&] {
        const auto deposit = store::lock_deposit(office.db(), number);
        why = why_not_decide(deposit, decision);
        if (!why.empty()) return false;
        const auto candidature = candidature_of(office, deposit->candidature);
        if (!candidature) return false;
        const bool accepts = decision == "accepted";
        faults = accepts ? faults_of(office, *candidature, *deposit) : std::vector<std::string>();
        if (!faults.empty() && !despite_all) {
            why = "les contrôles ne passent pas (--malgre les laisse passer, et le journal le dit) :\n  " + joined(faults);
            return false;
        }
        if (util::count_code_points(joined(faults)) > k_despite_characters) {
            why = "trop de contrôles ne passent pas pour les laisser passer : refusez ce dépôt";
            return false;
        }
        store::decide_deposit(office.db(), number, decision, reason, joined(faults), office.actor(), at);
        record(office, "candidatures",
               "dépôt " + number + (accepts ? " accepté" : " refusé") + ", candidature n° " + std::to_string(deposit->candidature) +
                   (faults.empty() ? "" : ", malgré " + counted(faults.size(), "contrôle", "contrôles")));
        mail_delegates(office, *candidature, "candidature-decidee",
                       {{"number", number}, {"at", domain::paris_full(at)}, {"is_accepted", accepts}, {"reason", reason}},
                       number + "|" + std::string(decision) + "|" + util::to_iso(at));
        return true;
    });
    if (!why.empty()) return refused(why);
    say("Fait : le dépôt " + number + (decision == "accepted" ? " est accepté" : " est refusé") +
        ", un courriel le dit à ses délégués.");
    for (const std::string& fault : faults) say("  malgré : " + fault);
    return util::Done{};
}

}  // namespace

std::vector<std::string> faults_of(Office& office, const store::Candidature& candidature, const store::Deposited& deposited) {
    const domain::Deposit deposit = read_deposit(office, candidature, deposited);
    const domain::ListRule rule = rule_of(office, candidature.scrutin_code);
    std::vector<std::string> faults;
    if (domain::deposit_digest(deposit) != deposited.digest) faults.push_back("ce qui est en base n’est plus ce qui a été déposé");
    for (const std::string& fault : domain::faults_of_numbers(deposit.names, rule)) faults.push_back(fault);
    add_roll_faults(office, candidature.scrutin_code, deposit.names, faults);
    add_double_faults(office, candidature, deposit.names, faults);
    add_union_faults(office, candidature, deposit.unions, faults);
    if (const std::string why = domain::why_no_logo(deposit.logo.content); !deposit.logo.content.empty() && !why.empty())
        faults.push_back(why);
    if (!deposit.profession.content.empty())
        for (const std::string& fault : faults_of_pdf(deposit.profession.content, rule.pages)) faults.push_back(fault);
    return faults;
}

util::Status candidatures_check(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::size_t looked_at = 0, faulty = 0;
    util::Json json = util::Json::array();
    for (const store::Deposited& deposit : store::deposits(office.db())) {
        const auto candidature = candidature_of(office, deposit.candidature);
        if (!candidature || !deposit.is_newest) continue;
        if (arguments.has("--scrutin") && std::none_of(scrutins->begin(), scrutins->end(), [&](const store::Scrutin& scrutin) {
                return scrutin.code == candidature->scrutin_code;
            }))
            continue;
        const auto faults = faults_of(office, *candidature, deposit);
        ++looked_at, faulty += faults.empty() ? 0 : 1;
        json.push_back({{"number", deposit.number}, {"candidature", deposit.candidature}, {"faults", util::Json(faults)}});
        if (!arguments.has("--json"))
            say(deposit.number + "  " + words_of(*candidature) + (faults.empty() ? " : rien à dire" : "\n  " + joined(faults)));
    }
    if (arguments.has("--json")) say(json.dump());
    else
        say(counted(looked_at, "dépôt contrôlé", "dépôts contrôlés") + ", " + counted(faulty, "ne passe pas", "ne passent pas") +
            ".");
    return util::Done{};
}

util::Status candidatures_accept(Office& office, const Arguments& arguments) {
    return decide(office, arguments.positional.at(0), "accepted", {}, arguments.has("--malgre"));
}

util::Status candidatures_refuse(Office& office, const Arguments& arguments) {
    const std::string reason = text_of_reason(arguments);
    if (!util::is_printable_line(reason, 4 * k_reason_characters) || util::count_code_points(reason) > k_reason_characters)
        return bad_input("--raison TEXTE est attendu : pourquoi, en une ligne de 1 000 caractères au plus que les délégués liront");
    return decide(office, arguments.positional.at(0), "refused", reason, false);
}

}  // namespace scrutinctl
