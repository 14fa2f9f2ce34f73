// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses of lines of the roll at the desk: an elector's number sealed under the worker's key for the member who found him, so that an address says
// nothing to who reads it and opens nothing for another. Knows no database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "util/secret.hpp"
#include "web/settings.hpp"

namespace bureau {

class LineNames {
public:
    explicit LineNames(const web::Settings& settings);

    std::string name_of(std::string_view member, domain::VoterId voter) const;  // 59 characters, the same each time
    // Nothing: another member's, another key's, or changed.
    std::optional<domain::VoterId> voter_of(std::string_view member, std::string_view name) const;

private:
    std::string key_;  // derived; as secret as desk_key
};

}  // namespace bureau
