// SPDX-License-Identifier: AGPL-3.0-or-later
// candidatures order, publish: the order that a draw or an arrêté gave, typed in as it was given, and the accepted lists made the scrutin's own. The
// program draws nothing.
#include <algorithm>
#include <set>

#include "domain/local_time.hpp"
#include "domain/logo.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/candidatures.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/papers.hpp"
#include "scrutinctl/select.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::size_t k_act_characters = 300;

struct Accepted {
    store::Candidature candidature;
    store::Deposited deposit;
};

// Accepted lists of a scrutin in their order; a sentence instead where something is not decided yet.
util::Result<std::vector<Accepted>> accepted_lists(Office& office, const std::string& scrutin_code, util::Instant now) {
    std::vector<Accepted> accepted;
    for (const store::Candidature& candidature : store::candidatures(office.db())) {
        if (candidature.scrutin_code != scrutin_code) continue;
        const auto window = window_of(office, candidature);
        if (now < window.closes)
            return refused(words_of(candidature) + " : le dépôt est ouvert jusqu’au " + domain::paris_full(window.closes));
        auto deposit = store::newest_deposit(office.db(), candidature.id);
        if (!deposit || deposit->decision == "refused") continue;
        if (deposit->decision != "accepted")
            return refused(words_of(candidature) + " : le dépôt " + deposit->number + " est à décider");
        accepted.push_back({candidature, *std::move(deposit)});
    }
    return accepted;
}

util::Result<std::vector<unsigned>> numbers_in_order(const Arguments& arguments) {
    std::vector<unsigned> numbers;
    for (const std::string& word : arguments.positional) {
        if (word.empty() || word.size() > 5 || word.find_first_not_of("0123456789") != std::string::npos)
            return bad_input("des numéros de candidature sont attendus, dans leur ordre (« candidatures list » les donne)");
        numbers.push_back(static_cast<unsigned>(std::stoul(word)));
    }
    return numbers;
}

enum class Published { nothing, same, done };

// What stops it as a failure. In a transaction of its own.
util::Result<Published> publish_lists(Office& office, const store::Scrutin& scrutin, bool replaces) {
    auto& db = office.db();
    util::Result<Published> outcome = Published::nothing;
    const util::Instant now = hour_of_acts(office);
    db.transaction([&] {
        outcome = Published::nothing;
        const auto accepted = accepted_lists(office, scrutin.code, now);
        if (!accepted) {
            outcome = accepted.error();
            return false;
        }
        if (accepted->empty()) return false;
        std::vector<domain::Deposit> lists;
        std::vector<std::string> digests;
        std::set<unsigned> positions;
        for (const Accepted& one : *accepted) {
            if (!one.candidature.position || !positions.insert(*one.candidature.position).second) {
                outcome = refused(words_of(one.candidature) + " : son rang n’est pas dit (« candidatures order »)");
                return false;
            }
            if (joined(faults_of(office, one.candidature, one.deposit)) != one.deposit.despite) {
                outcome =
                    refused(words_of(one.candidature) + " : les contrôles ne disent plus ce qu’ils disaient du dépôt " +
                            one.deposit.number + " quand il a été accepté ; « candidatures check », puis refusez ou acceptez");
                return false;
            }
            lists.push_back(read_deposit(office, one.candidature, one.deposit));
            // What no page can show is not published; its delegates were told when the list was looked at.
            if (!domain::logo_size(lists.back().logo.content)) lists.back().logo = {};
            digests.push_back(domain::deposit_digest(lists.back()));
        }
        const auto there = store::digests_of_lists(db, scrutin.id, scrutin.code);
        if (there == digests) {
            for (const domain::Deposit& list : lists) put_logo(office, list.logo.content);  // of a folder that was lost
            outcome = Published::same;
            return false;
        }
        if (scrutin.state != domain::ScrutinState::draft) {
            outcome = refused("il est « " + scrutin.state_word() + " » : ses listes sont fixées");
            return false;
        }
        if (!there.empty() && !replaces) {
            outcome = refused("il a déjà " + counted(there.size(), "liste", "listes") + " : --remplace met celles-ci à leur place");
            return false;
        }
        if (!store::clear_lists(db, scrutin.id)) {
            outcome = refused("son état vient de changer");
            return false;
        }
        std::string numbers;
        for (const domain::Deposit& list : lists) put_logo(office, list.logo.content);
        for (std::size_t i = 0; i < lists.size(); ++i) {
            store::add_list(db, scrutin.id, static_cast<unsigned>(i + 1), lists[i],
                            store::delegates_of(db, (*accepted)[i].candidature.id));
            numbers += " " + (*accepted)[i].deposit.number;
        }
        store::raise_data_version(db);
        record(office, "candidatures", scrutin.code + " : listes publiées, dans l’ordre :" + numbers);
        outcome = Published::done;
        return true;
    });
    return outcome;
}

}  // namespace

util::Status candidatures_order(Office& office, const Arguments& arguments) {
    if (arguments.all("--scrutin").size() != 1) return bad_input("--scrutin CODE est attendu, une fois");
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    const store::Scrutin& scrutin = scrutins->front();
    const std::string act(util::trim(arguments.get("--acte").value_or("")));
    if (!util::is_printable_line(act, 4 * k_act_characters) || util::count_code_points(act) > k_act_characters)
        return bad_input("--acte TEXTE est attendu : quel tirage au sort, ou quel arrêté, en une ligne de 300 caractères au plus");
    const auto numbers = numbers_in_order(arguments);
    if (!numbers) return numbers.error();
    std::string why;
    office.db().transaction([&] {
        why.clear();
        const auto accepted = accepted_lists(office, scrutin.code, hour_of_acts(office));
        if (!accepted) {
            why = accepted.error().detail;
            return false;
        }
        std::set<unsigned> expected, given(numbers->begin(), numbers->end());
        std::string missing;
        for (const Accepted& one : *accepted) {
            expected.insert(one.candidature.id);
            missing += (missing.empty() ? "" : ", ") + std::to_string(one.candidature.id);
        }
        if (given != expected || given.size() != numbers->size())
            why = "chaque candidature acceptée est attendue une fois : " + (missing.empty() ? "il n’y en a aucune" : missing);
        if (!why.empty()) return false;
        std::string order;
        for (std::size_t i = 0; i < numbers->size(); ++i) {
            store::set_order(office.db(), (*numbers)[i], static_cast<unsigned>(i + 1), act);
            order += (order.empty() ? "n° " : ", n° ") + std::to_string((*numbers)[i]);
        }
        record(office, "candidatures", scrutin.code + " : ordre des listes, " + act + " : " + order);
        return true;
    });
    if (!why.empty()) return refused(why);
    say(scrutin.code + " : " + counted(numbers->size(), "liste rangée", "listes rangées") +
        ". « candidatures publish » les publie.");
    return util::Done{};
}

util::Status candidatures_publish(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::size_t published = 0;
    std::string why;
    for (const store::Scrutin& scrutin : *scrutins) {
        const auto outcome = publish_lists(office, scrutin, arguments.has("--remplace"));
        if (!outcome) why += (why.empty() ? "" : "\n  ") + scrutin.code + " : " + outcome.error().detail;
        else if (*outcome == Published::same) say(scrutin.code + " : ces listes y sont déjà ; rien n’est changé.");
        else if (*outcome == Published::nothing && arguments.has("--scrutin"))
            say(scrutin.code + " : aucune candidature acceptée.");
        else if (*outcome == Published::done) {
            ++published;
            say(scrutin.code + " : listes publiées.");
        }
    }
    remove_logos_of_nobody(office);
    if (published > 0) say("« publish » les montre aux dates du calendrier.");
    if (!why.empty()) return refused(why);
    return util::Done{};
}

}  // namespace scrutinctl
