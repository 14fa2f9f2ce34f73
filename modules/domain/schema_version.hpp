// SPDX-License-Identifier: AGPL-3.0-or-later
// Which states of the two databases these programs can work with. Two generations of programs stand side by side during an
// upgrade: a step that only adds says from which version on programs still find all they need (schema_version.compatible_from).
#pragma once

#include <string>

namespace domain {

inline constexpr unsigned k_schema_version = 33;  // the last migration that the statements of this source tree need

struct SchemaVersion {
    unsigned version = 0;          // the last migration that was run; 0: none
    unsigned compatible_from = 0;  // programs of this version and later still work with it
};

// Empty if these programs can work with it, else why not.
inline std::string why_schema_unfit(const SchemaVersion& schema) {
    const std::string mine = std::to_string(k_schema_version), found = std::to_string(schema.version);
    if (schema.version < k_schema_version)
        return "the schema is in version " + found + ", this program needs " + mine + ": run the migrations";
    if (schema.compatible_from > k_schema_version)
        return "the schema is in version " + found + ", which programs of version " + mine + " cannot use any more (" +
               std::to_string(schema.compatible_from) + " is the oldest that can)";
    return {};
}

}  // namespace domain
