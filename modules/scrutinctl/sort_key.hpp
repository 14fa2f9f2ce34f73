// SPDX-License-Identifier: AGPL-3.0-or-later
// What the roll is read in order of. Knows no SQL.
#pragma once

#include <string>

#include "util/text.hpp"

namespace scrutinctl {

// "last first" folded, at most 80 code points.
inline std::string sort_key_of(const std::string& last_name, const std::string& first_name) {
    std::string key = util::fold(last_name + " " + first_name);
    while (util::count_code_points(key) > 80) {
        do key.pop_back();
        while (!util::is_utf8(key));
    }
    return key;
}

}  // namespace scrutinctl
