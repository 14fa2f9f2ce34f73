// SPDX-License-Identifier: AGPL-3.0-or-later
// A result as the bureau proclaimed it, as one canonical text: names and seats from the seal, votes from the verified archive, with the
// digests of both. Pages show what stands in it, and nothing else of a result. Knows no SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/seal.hpp"
#include "util/clock.hpp"

namespace domain {

struct Proclamation {
    std::string code, uuid, title;
    std::string seal, archive;  // hex SHA-256
    util::Instant proclaimed_at{};
    std::uint64_t inscrits = 0, votants = 0, blancs = 0, exprimes = 0;
    unsigned seats = 0;
    std::vector<std::size_t> draws;  // list numbers, from 1, that the bureau drew
    struct List {
        std::string name, union_name;
        std::uint64_t votes = 0;
        unsigned seats = 0;
        std::vector<std::string> titulaires, suppleants;  // as many suppléants as titulaires, in list order
    };
    std::vector<List> lists;
};

std::string write_proclamation(const Proclamation& proclamation);
// Nothing for any text that write_proclamation does not write.
std::optional<Proclamation> read_proclamation(std::string_view text);

// Between which lists the bureau drew, draw by draw: their numbers, from 1. Empty where this seal and these votes ask for no such draws.
std::vector<std::vector<std::size_t>> equals_at_draws(const Proclamation& proclamation, const Seal& seal);

// Votes of each union, for councils that are made of a scrutin's votes: of a common list by its sharing key, else all of the list's. Empty where no
// list of the seal is common, or the seal is not this result's.
struct UnionResult {
    std::size_t list = 0;  // its number, from 1
    std::string name;
    UnionVotes votes;
};
std::vector<UnionResult> results_by_union(const Proclamation& proclamation, const Seal& seal);

// « Mme Alice Durand ».
std::string full_name(const SealedCandidate& candidate);
// The first `seats` candidates, and as many again.
void name_elected(Proclamation::List& list, const std::vector<SealedCandidate>& candidates);

}  // namespace domain
