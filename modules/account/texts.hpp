// SPDX-License-Identifier: AGPL-3.0-or-later
// The administration's own texts, read once at the worker's start from the templates folder: its legal particulars, and the
// grid of accessibility.
#pragma once

#include <filesystem>

#include "util/json.hpp"

namespace account {

struct Texts {
    util::Json mentions;  // {publisher, personal_data, accessibility}: lists of {label, value, is_missing}
    // {state, conforming, failing, not_applicable, rate, themes: [{name, criteria: [{number, title, state, why}]}]}
    util::Json accessibility;
};

// Throws std::runtime_error with a sentence that names the file.
Texts load_texts(const std::filesystem::path& templates);

// From account/mentions.json: lists of {label, value}; an empty value is shown as missing.
util::Json read_mentions(const std::filesystem::path& file);
// From account/rgaa.json: each criterion of the RGAA with its state (« conforme », « non conforme », « non applicable ») and why.
util::Json read_accessibility(const std::filesystem::path& file);

}  // namespace account
