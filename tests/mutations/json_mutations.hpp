// SPDX-License-Identifier: AGPL-3.0-or-later
// Every small change of a compact JSON text: numbers moved, entries swapped, doubled, deleted, keys renamed and reordered, other
// writings of the same value. Knows JSON and the numbers q and p, no record.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mutations {

struct Mutation {
    std::string label;  // "answers[0].choices[1].alpha: plus p"
    std::string text;
};

// The numbers that moving a decimal by gives another writing of the same value, as decimals, p may be empty; and what else stands near
// the writing of a group's element, with labels.
struct Moduli {
    std::string q, p;
    std::function<std::vector<std::pair<std::string, std::string>>(const std::string&)> elements;
};

// Decimal arithmetic on non-negative numbers.
std::string add_decimals(std::string_view a, std::string_view b);
std::string subtract_decimals(std::string_view a, std::string_view b);  // a >= b
bool is_below(std::string_view a, std::string_view b);

// Of a compact JSON text; throws on anything else.
std::vector<Mutation> mutate_json(const std::string& text, const Moduli& moduli);

}  // namespace mutations
