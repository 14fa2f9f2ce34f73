// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker reads once at its start and never changes: its secret, and the administration's own texts.
#pragma once

#include <filesystem>

#include "util/json.hpp"
#include "util/secret.hpp"
#include "web/settings.hpp"

namespace account {

struct Keys {
    util::SecretText password_pepper;  // key of the HMAC taken before Argon2id
    util::Json mentions;               // {publisher, personal_data, accessibility}: lists of {label, value, is_missing}
    util::Json who_votes_where;        // {instances: [{name}], rows: [{personnel, cells: [{votes, instance}], total}]}
};

// Throws std::runtime_error with a sentence that names the file.
Keys load_keys(const web::Settings& settings);

// From account/mentions.json: lists of {label, value}; an empty value is shown as missing.
util::Json read_mentions(const std::filesystem::path& file);
// From account/qui-vote-ou.json: {instances: ["CTM", …], profiles: [{personnel, instances: ["CTM", …]}, …]}.
util::Json read_who_votes_where(const std::filesystem::path& file);

}  // namespace account
