// SPDX-License-Identifier: AGPL-3.0-or-later
// The figures of a results page, worked in integers: shares in per cent and the names that take the seats.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scrutins/store.hpp"

namespace scrutins {

// « 42,64 % », half up; « – » when the whole is zero.
std::string percent(std::uint64_t part, std::uint64_t whole);

// « Mme Alice Durand ».
std::string full_name(const Candidate& candidate);

// As many suppléants as titulaires, in list order, titulaires first.
struct Elected {
    std::vector<std::string> titulaires, suppleants;
};
Elected elected_of(const std::vector<Candidate>& candidates, unsigned seats);

}  // namespace scrutins
