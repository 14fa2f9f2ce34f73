// SPDX-License-Identifier: AGPL-3.0-or-later
// Which electors' clocks are not set as in Paris: templates/fuseaux.toml, by code of académie (academies.csv). An administration adds
// its postings abroad there.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "domain/local_time.hpp"

namespace domain {

class Places {
public:
    Places() = default;  // everybody lives by the clocks of Paris
    // Throws std::runtime_error naming file and key.
    static Places load(const std::filesystem::path& templates);

    // Null where the clocks are those of Paris. The place lives as long as this.
    const Place* of(std::string_view academie_code) const;

private:
    std::map<std::string, Place, std::less<>> by_academie_;
};

}  // namespace domain
