// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/seat_words.hpp"

#include "domain/seats.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

std::string_view rule_words(SeatStep::By by) {
    switch (by) {
        case SeatStep::By::quotient: return "quotient";
        case SeatStep::By::average: return "plus forte moyenne";
        case SeatStep::By::votes: return "moyennes égales : la liste qui a le plus de voix";
        case SeatStep::By::candidates: return "moyennes et voix égales : la liste qui a le plus de candidats";
        case SeatStep::By::draw: return "égalité : tirage au sort par le bureau de vote";
    }
    return {};
}

// Cut after two decimals, so that 1,999… is not shown as a seat. Precondition: whole > 0.
std::string ratio(std::uint64_t part, std::uint64_t whole) {
    const std::uint64_t decimals = part % whole * 100 / whole;
    return util::french_number(static_cast<long long>(part / whole)) + "," + (decimals < 10 ? "0" : "") + std::to_string(decimals);
}

// « 1 : x ; 2 : y », list by list.
template <typename Each>
std::string by_list(std::size_t count, Each each) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : " ; ") + std::to_string(i + 1) + " : " + each(i);
    return text;
}

}  // namespace

std::vector<SeatLine> seat_lines(const Proclamation& result, const Seal& seal) {
    const std::size_t count = result.lists.size();
    if (count != seal.lists.size() || result.seats != seal.seats || result.exprimes == 0) return {};
    std::vector<SeatList> lists;
    std::vector<std::size_t> draws;
    for (std::size_t i = 0; i < count; ++i)
        lists.push_back({result.lists[i].votes, static_cast<unsigned>(seal.lists[i].candidates.size())});
    for (const std::size_t draw : result.draws) draws.push_back(draw - 1);
    const Allocation allocation = allocate_seats(lists, seal.seats, seal.tie_by_candidates, draws);
    for (std::size_t i = 0; i < count; ++i)
        if (allocation.seats[i] != result.lists[i].seats) return {};

    std::vector<SeatLine> lines;
    std::vector<unsigned> before(count, 0);
    for (const SeatStep& step : allocation.steps) {
        SeatLine line{std::string(rule_words(step.by)), "", "",
                      by_list(count, [&](std::size_t i) { return std::to_string(step.after[i]); })};
        if (step.by == SeatStep::By::quotient) {
            line.calculation = by_list(count, [&](std::size_t i) { return ratio(lists[i].votes * seal.seats, result.exprimes); });
            line.takers = line.after;
        } else {
            line.calculation = by_list(count, [&](std::size_t i) {
                const bool no_name_left = lists[i].candidates > 0 && before[i] >= lists[i].candidates;
                return no_name_left ? std::string("–") : ratio(lists[i].votes, before[i] + 1);
            });
            for (const std::size_t taker : step.takers)
                line.takers += (line.takers.empty() ? "" : ", ") + std::to_string(taker + 1) + " «\u00a0" +
                               result.lists[taker].name + "\u00a0»";
        }
        lines.push_back(std::move(line));
        before = step.after;
    }
    return lines;
}

std::string quotient_words(const Proclamation& result) {
    if (result.exprimes == 0 || result.seats == 0) return {};
    return util::french_number(static_cast<long long>(result.exprimes)) + " ÷ " + std::to_string(result.seats) + " = " +
           ratio(result.exprimes, result.seats);
}

Shares elected_shares(const Proclamation& result) {
    Shares shares;
    for (const Proclamation::List& list : result.lists)
        for (const std::string& name : list.titulaires) {
            if (name.starts_with("Mme ")) ++shares.women;
            else if (name.starts_with("M. ")) ++shares.men;
            else ++shares.unsaid;
        }
    return shares;
}

}  // namespace domain
