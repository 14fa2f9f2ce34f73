// SPDX-License-Identifier: AGPL-3.0-or-later
// A ceremony of three holders in the toy group, played once and kept in toy_ceremony.json: a text of the corpus is good or bad in it, the
// same way in each run.
#pragma once

#include <string>
#include <vector>

#include "trustee/ceremony_folder.hpp"
#include "trustee/holder_box.hpp"

namespace test {

inline constexpr trustee::CostBounds k_cheap{1, 2, 8192, 65536};

struct ToyCeremony {
    trustee::Opening opening;
    std::string opening_text, record;
    std::vector<std::string> seeds, certs, polynomials, commitments, inputs, public_keys, key_files;
};

const ToyCeremony& toy_ceremony();
// Another one, as the file has it.
std::string play_toy_ceremony();

}  // namespace test
