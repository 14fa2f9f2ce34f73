// SPDX-License-Identifier: AGPL-3.0-or-later
// notices undelivered, destroyed, register: the folds that nobody took, place by place, and what became of them. Each line is in the journal too.
#include <map>

#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_notices.hpp"
#include "scrutinctl/store_seal.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr unsigned k_most_folds = 10'000'000;

struct FoldTotals {
    std::uint64_t undelivered = 0, destroyed = 0;
};

std::map<std::string, FoldTotals> fold_totals(const std::vector<store::FoldCount>& counts) {
    std::map<std::string, FoldTotals> totals;
    for (const store::FoldCount& one : counts) {
        FoldTotals& total = totals[one.place];
        (one.destroyed ? total.destroyed : total.undelivered) += one.folds;
    }
    return totals;
}

// What the register cannot hold: more folds than were made, more destroyed than came back.
util::Status check_fold_count(const FoldTotals& before, std::uint64_t electors, const store::FoldCount& count) {
    if (electors == 0)
        return util::failure(util::Fault::not_found, "aucun électeur n’a « " + util::printable(count.place) +
                                                         " » pour lieu de remise : écrivez-le comme dans lot.csv");
    if (!count.destroyed && before.undelivered + count.folds > electors)
        return bad_input("à ce lieu, " + counted(electors, "pli", "plis") + " en tout et " + std::to_string(before.undelivered) +
                         " déjà comptés non remis : " + std::to_string(count.folds) + " de plus ne se peut pas");
    if (count.destroyed && before.destroyed + count.folds > before.undelivered)
        return bad_input("à ce lieu, " + counted(before.undelivered, "pli non remis", "plis non remis") + ", dont " +
                         std::to_string(before.destroyed) + " déjà détruits : " + std::to_string(count.folds) +
                         " de plus ne se peut pas. Comptez d’abord les plis non remis (« notices undelivered »)");
    return util::Done{};
}

util::Status count_folds(Office& office, const Arguments& arguments, bool destroyed) {
    if (!arguments.has("--place") || !arguments.has("--count")) return bad_input("--place LIEU et --count N sont attendus");
    const auto folds = arguments.number("--count", 0, 1, k_most_folds);
    if (!folds) return folds.error();
    const std::string witness(util::trim(arguments.get("--temoin").value_or("")));
    if (destroyed && (witness.empty() || !util::is_printable_line(witness, 160)))
        return bad_input("--temoin NOM est attendu : une destruction se fait devant quelqu’un, que le registre nomme");
    if (const auto election = the_election(office); !election) return election.error();
    if (!store::has_codes(office.db())) return refused("aucun code n’est fait : il n’y a pas encore de notices");
    const store::FoldCount count{*arguments.get("--place"), destroyed, *folds, office.clock().now(), office.actor(), witness};
    util::Status done = util::Done{};
    FoldTotals totals;
    office.db().transaction([&] {
        totals = fold_totals(store::fold_counts(office.db()))[count.place];
        done = check_fold_count(totals, store::electors_at_place(office.db(), count.place), count);
        if (!done) return false;
        store::add_fold_count(office.db(), count);
        record(office, destroyed ? "notices-destroyed" : "notices-undelivered",
               std::to_string(count.folds) + " plis, " + count.place + (destroyed ? " ; devant " + witness : ""));
        (destroyed ? totals.destroyed : totals.undelivered) += count.folds;
        return true;
    });
    if (!done) return done;
    say(count.place + " : " + counted(totals.undelivered, "pli non remis", "plis non remis") + ", " +
        counted(totals.destroyed, "détruit", "détruits") + ".");
    return util::Done{};
}

}  // namespace

util::Status notices_undelivered(Office& office, const Arguments& arguments) { return count_folds(office, arguments, false); }
util::Status notices_destroyed(Office& office, const Arguments& arguments) { return count_folds(office, arguments, true); }

util::Status notices_register(Office& office, const Arguments&) {
    const auto counts = store::fold_counts(office.db());
    FoldTotals all;
    for (const store::FoldCount& one : counts) {
        say(domain::paris_full(one.at) + "  " + one.place + " : " +
            (one.destroyed ? counted(one.folds, "pli détruit", "plis détruits") + " devant " + one.witness
                           : counted(one.folds, "pli non remis", "plis non remis")) +
            " (" + one.actor + ")");
        (one.destroyed ? all.destroyed : all.undelivered) += one.folds;
    }
    for (const auto& [place, total] : fold_totals(counts))
        if (total.destroyed < total.undelivered)
            say("À détruire : " + place + ", " + counted(total.undelivered - total.destroyed, "pli", "plis") + ".");
    say(counted(all.undelivered, "pli non remis", "plis non remis") + ", " + counted(all.destroyed, "détruit", "détruits") + ".");
    return util::Done{};
}

}  // namespace scrutinctl
