// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/proclamation.hpp"

#include <algorithm>

#include "domain/canonical.hpp"
#include "domain/seats.hpp"

namespace domain {

namespace {

// Takes one line in. What it does not take in will not be written again, and read_proclamation refuses the whole.
void take_proclaimed(Proclamation& all, const canonical::Fields& f) {
    const std::string& name = f[0];
    if (name == "scrutin" && f.size() == 4) {
        all.code = f[1], all.uuid = f[2], all.title = f[3];
    } else if (name == "from" && f.size() == 3) {
        all.seal = f[1], all.archive = f[2];
    } else if (name == "proclaimed" && f.size() == 2) {
        all.proclaimed_at = util::from_sql(f[1]).value_or(util::Instant{});
    } else if (name == "counts" && f.size() == 5) {
        all.inscrits = canonical::number_in(f[1]), all.votants = canonical::number_in(f[2]);
        all.blancs = canonical::number_in(f[3]), all.exprimes = canonical::number_in(f[4]);
    } else if (name == "seats" && f.size() == 2) {
        all.seats = static_cast<unsigned>(canonical::number_in(f[1]));
    } else if (name == "draw" && f.size() == 2) {
        all.draws.push_back(static_cast<unsigned>(canonical::number_in(f[1])));
    } else if (name == "list" && f.size() == 6) {
        all.lists.push_back({f[2], f[3], canonical::number_in(f[4]), static_cast<unsigned>(canonical::number_in(f[5])), {}, {}});
    } else if (name == "titulaire" && f.size() == 2 && !all.lists.empty()) {
        all.lists.back().titulaires.push_back(f[1]);
    } else if (name == "suppleant" && f.size() == 2 && !all.lists.empty()) {
        all.lists.back().suppleants.push_back(f[1]);
    }
}

}  // namespace

std::string write_proclamation(const Proclamation& all) {
    std::string text = canonical::line("portail-resultat", {"1"});
    text += canonical::line("scrutin", {all.code, all.uuid, all.title});
    text += canonical::line("from", {all.seal, all.archive});
    text += canonical::line("proclaimed", {util::to_sql(all.proclaimed_at)});
    text += canonical::line("counts", {canonical::to_field(all.inscrits), canonical::to_field(all.votants),
                                       canonical::to_field(all.blancs), canonical::to_field(all.exprimes)});
    text += canonical::line("seats", {canonical::to_field(all.seats)});
    for (const std::size_t draw : all.draws) text += canonical::line("draw", {canonical::to_field(draw)});
    std::uint64_t position = 0;
    for (const Proclamation::List& list : all.lists) {
        text += canonical::line("list", {canonical::to_field(++position), list.name, list.union_name,
                                         canonical::to_field(list.votes), canonical::to_field(list.seats)});
        for (const std::string& name : list.titulaires) text += canonical::line("titulaire", {name});
        for (const std::string& name : list.suppleants) text += canonical::line("suppleant", {name});
    }
    return text;
}

std::optional<Proclamation> read_proclamation(std::string_view text) {
    Proclamation all;
    for (const canonical::Fields& fields : canonical::read_lines(text)) take_proclaimed(all, fields);
    if (write_proclamation(all) != text) return std::nullopt;
    return all;
}

std::vector<std::vector<std::size_t>> equals_at_draws(const Proclamation& all, const Seal& seal) {
    if (all.lists.size() != seal.lists.size()) return {};
    std::vector<SeatList> lists;
    for (std::size_t i = 0; i < all.lists.size(); ++i)
        lists.push_back({all.lists[i].votes, static_cast<unsigned>(seal.lists[i].candidates.size())});
    std::vector<std::vector<std::size_t>> equals;
    std::vector<std::size_t> drawn;
    for (const std::size_t list : all.draws) {
        auto open = allocate_seats(lists, all.seats, seal.tie_by_candidates, drawn).draw;
        if (std::find(open.begin(), open.end(), list - 1) == open.end()) return {};
        drawn.push_back(list - 1);
        for (std::size_t& one : open) ++one;
        equals.push_back(std::move(open));
    }
    return equals;
}

std::vector<UnionResult> results_by_union(const Proclamation& all, const Seal& seal) {
    const bool is_common =
        std::any_of(seal.lists.begin(), seal.lists.end(), [](const SealedList& list) { return !list.unions.empty(); });
    if (!is_common || all.lists.size() != seal.lists.size()) return {};
    std::vector<UnionResult> results;
    for (std::size_t i = 0; i < all.lists.size(); ++i) {
        const auto& unions = seal.lists[i].unions;
        if (unions.empty()) results.push_back({i + 1, all.lists[i].union_name, {all.lists[i].votes, 1}});
        for (std::size_t j = 0; j < unions.size(); ++j)
            results.push_back({i + 1, unions[j].name, votes_of_union(all.lists[i].votes, unions, j)});
    }
    return results;
}

std::string full_name(const SealedCandidate& candidate) {
    std::string name = candidate.civility;
    for (const std::string& part : {candidate.first_name, candidate.last_name}) {
        if (!name.empty() && !part.empty()) name += ' ';
        name += part;
    }
    return name;
}

void name_elected(Proclamation::List& list, const std::vector<SealedCandidate>& candidates) {
    for (const SealedCandidate& candidate : candidates) {
        if (list.titulaires.size() < list.seats) list.titulaires.push_back(full_name(candidate));
        else if (list.suppleants.size() < list.seats) list.suppleants.push_back(full_name(candidate));
        else return;
    }
}

}  // namespace domain
