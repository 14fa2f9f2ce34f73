// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/paragraphs.hpp"

#include "util/text.hpp"

namespace web {

util::Json paragraphs(std::string_view text) {
    util::Json lines = util::Json::array();
    for (const auto& line : util::split(text, '\n')) {
        if (!util::trim(line).empty()) lines.push_back({{"text", line}});
    }
    return lines;
}

}  // namespace web
