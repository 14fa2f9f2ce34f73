// SPDX-License-Identifier: AGPL-3.0-or-later
// The sharing key of a common list: its unions and the part of its votes that each is counted for, as declared with the list, else equal parts. Knows
// no page and no table; reasons are French.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

inline constexpr std::size_t k_most_unions = 20, k_unions_text = 2000;  // of one list; code points of the typed lines
inline constexpr unsigned k_whole_key = 10'000;                         // hundredths of a percent: all votes of a list

struct UnionShare {
    std::string name;
    std::optional<unsigned> share = {};  // hundredths of a percent; none, for all of a list: equal parts
    bool operator==(const UnionShare&) const = default;
};

struct UnionsRead {
    std::vector<UnionShare> unions;   // as typed; none: not a common list
    std::vector<std::string> faults;  // « Ligne 2 : … »; unions are whole only without any
};
// A line per union: its name, or its name; its part in percent (« SUD ; 40 », « UNSA ; 33,33 % »). All lines have a part, and the parts are 100
// together, or none has. Empty lines are passed over; one union alone is a fault. `text`: UTF-8.
UnionsRead read_unions(std::string_view text);
// The same of one cell of a table: « SUD = 60 | UNSA = 40 », « SUD | UNSA ». Faults begin with « organisation 2 : … ».
UnionsRead read_unions_cell(std::string_view text);
// The other way: lines that read_unions reads as these.
std::string union_lines(const std::vector<UnionShare>& unions);

// « SUD 60 %, UNSA 40 % », « SUD et UNSA, à parts égales »; empty for a list that is not common.
std::string words_of_unions(const std::vector<UnionShare>& unions);

// A union's part of these votes, exactly: part ÷ whole, in lowest terms.
struct UnionVotes {
    std::uint64_t part = 0, whole = 1;
};
UnionVotes votes_of_union(std::uint64_t votes, const std::vector<UnionShare>& unions, std::size_t which);
// « 507 », « 507,50 »: cut after two decimals.
std::string words_of(const UnionVotes& votes);

}  // namespace domain
