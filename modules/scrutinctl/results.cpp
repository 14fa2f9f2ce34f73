// SPDX-License-Identifier: AGPL-3.0-or-later
// results: what was proclaimed, for other programs: votes, seats, and votes of each union, exact, with the question that `seats` answers. It reads what
// pages show, and compares it with the seal that the result names.
#include <map>

#include "domain/proclamation.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

// Names of lists as keys: numbered where two are called the same.
std::vector<std::string> keys_of(const domain::Proclamation& all) {
    std::map<std::string, unsigned> seen;
    for (const auto& list : all.lists) ++seen[list.name];
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < all.lists.size(); ++i)
        keys.push_back((seen[all.lists[i].name] > 1 ? std::to_string(i + 1) + " " : "") + all.lists[i].name);
    return keys;
}

std::string fraction_of(const domain::UnionVotes& votes) {
    return std::to_string(votes.part) + (votes.whole == 1 ? "" : "/" + std::to_string(votes.whole));
}

// What `seats` reads.
util::Json question_of(const domain::Proclamation& all, const domain::Seal& seal) {
    const auto keys = keys_of(all);
    util::Json votes = util::Json::object(), candidates = util::Json::object(), shares = util::Json::object(),
               draws = util::Json::array();
    bool are_named = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        votes[keys[i]] = all.lists[i].votes;
        candidates[keys[i]] = seal.lists[i].candidates.size();
        are_named = are_named && !seal.lists[i].candidates.empty();
        util::Json key = util::Json::object();
        for (const domain::UnionShare& one : seal.lists[i].unions) key[one.name] = one.share.value_or(1);
        if (!key.empty()) shares[keys[i]] = std::move(key);
    }
    for (const std::size_t drawn : all.draws) draws.push_back(keys[drawn - 1]);
    util::Json question{{"seats", all.seats},
                        {"votes", std::move(votes)},
                        {"tie", seal.tie_by_candidates ? "votes,candidates,draw" : "votes,draw"},
                        {"draws", std::move(draws)}};
    if (are_named) question["candidates"] = std::move(candidates);
    if (!shares.empty()) question["shares"] = std::move(shares);
    return question;
}

util::Result<util::Json> result_of(Office& office, const store::Scrutin& scrutin) {
    const std::string which = "scrutin " + scrutin.code + " : ";
    const auto stored = store::find_proclamation(office.db(), scrutin.id);
    if (!stored) return refused(which + "pas encore proclamé");
    SealKeeper keeper(office);
    const auto sealed = keeper.sealed(scrutin);
    if (!sealed) return sealed.error();
    const auto all = util::sha256_hex(stored->text) == stored->digest ? domain::read_proclamation(stored->text) : std::nullopt;
    if (!all || all->code != scrutin.code || all->seal != sealed->digest || all->lists.size() != sealed->seal.lists.size())
        return bad_input(which + "sa proclamation n’est pas celle de ce qui est scellé : prévenir le bureau de vote");
    util::Json lists = util::Json::array(), unions = util::Json::array();
    for (const auto& list : all->lists)
        lists.push_back({{"name", list.name},
                         {"union", list.union_name},
                         {"votes", list.votes},
                         {"seats", list.seats},
                         {"titulaires", list.titulaires},
                         {"suppleants", list.suppleants}});
    for (const domain::UnionResult& one : domain::results_by_union(*all, sealed->seal))
        unions.push_back({{"name", one.name}, {"list", one.list}, {"votes", fraction_of(one.votes)}});
    return util::Json{{"scrutin", all->code},      {"title", all->title},         {"inscrits", all->inscrits},
                      {"votants", all->votants},   {"blancs", all->blancs},       {"exprimes", all->exprimes},
                      {"lists", std::move(lists)}, {"unions", std::move(unions)}, {"question", question_of(*all, sealed->seal)},
                      {"digest", stored->digest}};
}

}  // namespace

util::Status results(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    Stops stops;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::proclaimed && !arguments.has("--scrutin")) continue;
        const auto result = result_of(office, scrutin);
        if (!result) stops.add(result.error());
        else say((arguments.has("--question") ? result->at("question") : *result).dump());
    }
    return stops.outcome();
}

}  // namespace scrutinctl
