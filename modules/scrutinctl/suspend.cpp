// SPDX-License-Identifier: AGPL-3.0-or-later
// suspend, resume, annul: a vote under way stopped for a time, let go on, or stopped for good. One officer orders it with the authority's
// leave, another carries it out; from that commit on no ballot enters, and every one acknowledged before stays.
#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_suspend.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using domain::ScrutinState;

struct StopKind {
    std::string_view word, label, done;
};
constexpr std::array<StopKind, 3> k_stop_kinds{
    {{"suspend", "suspension", "suspendu"}, {"resume", "reprise", "repris"}, {"annul", "arrêt définitif", "annulé"}}};

const StopKind& stop_kind(std::string_view word) {
    return *std::find_if(k_stop_kinds.begin(), k_stop_kinds.end(), [&](const StopKind& kind) { return kind.word == word; });
}

// Why this scrutin cannot be stopped so, or go on; empty: it can. Seen when it is proposed and again when it is carried out.
std::string why_not_stop(std::string_view kind, const store::Scrutin& scrutin) {
    if (scrutin.stop.is_annulled()) return "il est annulé";
    if (kind == "annul") {
        const bool may = scrutin.state == ScrutinState::open || scrutin.state == ScrutinState::closed;
        return may ? ""
                   : "il est « " + scrutin.state_word() + " » : seul un vote ouvert, ou clos et pas encore dépouillé, s’annule";
    }
    if (scrutin.state != ScrutinState::open)
        return "il est « " + scrutin.state_word() + " » : seul un vote ouvert se suspend et reprend";
    const bool is_suspended = scrutin.stop.is_suspended();
    if (kind == "suspend" && is_suspended) return "il est déjà suspendu";
    if (kind == "resume" && !is_suspended) return "il n’est pas suspendu";
    return {};
}

// The chosen scrutins to which it applies: of those named each must, of all of them some.
util::Result<std::vector<store::Scrutin>> scrutins_to_stop(Office& office, std::string_view kind, const Arguments& arguments) {
    auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins;
    std::string why;
    std::erase_if(*scrutins, [&](const store::Scrutin& scrutin) {
        const std::string one = why_not_stop(kind, scrutin);
        if (!one.empty() && why.empty()) why = "scrutin " + scrutin.code + " : " + one;
        return !one.empty();
    });
    if (scrutins->empty() || (arguments.has("--scrutin") && !why.empty())) return refused(why);
    return scrutins;
}

util::Status propose_order(Office& office, std::string_view kind, const Arguments& arguments) {
    const std::string authority(util::trim(arguments.get("--authority").value_or("")));
    if (authority.empty() || !util::is_printable_line(authority, 160))
        return bad_input(
            "--authority TEXTE est attendu : qui autorise cet acte, en une ligne de 160 caractères au plus ; le procès-verbal le nomme");
    if (office.reason().empty()) return bad_input("--motif TEXTE est attendu : les électeurs le lisent");
    const auto scrutins = scrutins_to_stop(office, kind, arguments);
    if (!scrutins) return scrutins.error();
    const std::string label(stop_kind(kind).label);
    unsigned number = 0;
    office.db().transaction([&] {
        number = store::next_stop_number(office.db());
        std::string codes;
        for (const store::Scrutin& scrutin : *scrutins) {
            store::propose_stop(office.db(), {number,
                                              scrutin.id,
                                              scrutin.code,
                                              std::string(kind),
                                              office.reason(),
                                              authority,
                                              "proposed",
                                              office.actor(),
                                              hour_of_acts(office),
                                              {}});
            codes += " " + scrutin.code;
        }
        record(office, kind, label + " proposée, n° " + std::to_string(number) + ", autorisée par " + authority + " :" + codes);
        return true;
    });
    say(label + " de " + counted(scrutins->size(), "scrutin", "scrutins") + " proposée sous le n° " + std::to_string(number) +
        ". Rien n’est changé encore : un autre que " + office.actor() + " décide, « suspensions approve " + std::to_string(number) +
        " » ou « suspensions refuse " + std::to_string(number) + " ».");
    return util::Done{};
}

bool carry_out_stop(Office& office, const store::StopOrder& order, util::Instant at) {
    auto& db = office.db();
    if (order.kind == "suspend") return store::suspend_scrutin(db, order.scrutin, at);
    if (order.kind == "resume") return store::resume_scrutin(db, order.scrutin);
    if (!store::annul_scrutin(db, order.scrutin, at)) return false;
    store::end_vote(db, order.scrutin);
    return true;
}

util::Result<unsigned> order_number(const Arguments& arguments) {
    const std::string& word = arguments.positional.at(0);
    unsigned number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size() || number == 0)
        return bad_input("le numéro d’une proposition est attendu (« suspensions » les liste)");
    return number;
}

util::Status decide_order(Office& office, const Arguments& arguments, bool approves) {
    const auto number = order_number(arguments);
    if (!number) return number.error();
    std::string why;
    std::vector<store::StopOrder> orders;
    office.db().transaction([&] {
        why.clear();
        orders = store::lock_stop(office.db(), *number);
        if (orders.empty()) why = "aucune proposition n’a ce numéro";
        else if (orders[0].state != "proposed") why = "cette proposition est déjà décidée";
        else if (approves && orders[0].proposed_by == office.actor())
            why = "vous l’avez proposée (" + orders[0].proposed_by + ") : un autre l’approuve";
        if (!why.empty()) return false;
        const StopKind& kind = stop_kind(orders[0].kind);
        for (const store::StopOrder& order : orders) {
            if (approves && !carry_out_stop(office, order, hour_of_acts(office))) {
                why = "scrutin " + order.code + " : son état a changé depuis la proposition, rien n’est fait";
                return false;
            }
        }
        // After the last wait for a vote under way: what came before it is before this hour.
        const util::Instant at = hour_of_acts(office);
        store::decide_stop(office.db(), *number, approves ? "done" : "refused", office.actor(), at);
        for (const store::StopOrder& order : orders)
            record(office, order.kind,
                   order.code + (approves ? " " + std::string(kind.done) : " : " + std::string(kind.label) + " refusée") + ", n° " +
                       std::to_string(*number) + ", proposée par " + order.proposed_by + ", autorisée par " + order.authority +
                       " : " + order.reason);
        if (approves) store::raise_data_version(office.db());
        return true;
    });
    if (!why.empty()) return refused(why);
    // Casts read the stop in their own transaction; pages say what their worker read. Who asks after this answer finds both the same.
    if (approves) std::this_thread::sleep_for(office.workers_memory());
    say((approves ? "Fait : " : "Écarté : ") + std::string(stop_kind(orders[0].kind).label) + " de " +
        counted(orders.size(), "scrutin", "scrutins") + ", n° " + std::to_string(*number) + ".");
    if (approves && orders[0].kind == "annul")
        say("Ces scrutins ne seront jamais dépouillés. « close » note leurs compteurs figés ; leurs urnes se gardent comme les autres.");
    if (approves) say_journal(office);
    return util::Done{};
}

}  // namespace

util::Status suspend(Office& office, const Arguments& arguments) { return propose_order(office, "suspend", arguments); }
util::Status resume(Office& office, const Arguments& arguments) { return propose_order(office, "resume", arguments); }
util::Status annul(Office& office, const Arguments& arguments) { return propose_order(office, "annul", arguments); }
util::Status suspensions_approve(Office& office, const Arguments& arguments) { return decide_order(office, arguments, true); }
util::Status suspensions_refuse(Office& office, const Arguments& arguments) { return decide_order(office, arguments, false); }

util::Status suspensions(Office& office, const Arguments&) {
    std::size_t waiting = 0;
    unsigned last = 0;
    for (const store::StopOrder& order : store::stop_orders(office.db())) {
        if (order.number != last) {
            last = order.number;
            waiting += order.state == "proposed";
            say("n° " + std::to_string(order.number) + "  " + std::string(stop_kind(order.kind).label) + "  " +
                (order.state == "proposed" ? "à décider"
                 : order.state == "done"   ? "depuis le " + domain::paris_full(*order.decided_at)
                                           : "refusée") +
                "  proposée par " + order.proposed_by + " le " + domain::paris_full(order.proposed_at) + "\n    autorisée par " +
                order.authority + "\n    motif : " + order.reason);
        }
        say("    " + order.code);
    }
    say(counted(waiting, "proposition attend", "propositions attendent") + " une décision.");
    return util::Done{};
}

}  // namespace scrutinctl
