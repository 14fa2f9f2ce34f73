// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts of templates before any rendering: partials inlined, sections and names checked. Knows no engine.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"

namespace web {

// A template's tags as a tree, for checks.
struct TagNode {
    enum class Kind { variable, section, inverted };
    Kind kind;
    std::string name;
    std::vector<TagNode> children;  // of sections
};

// name ("scrutins/scrutin") → text, layout and partials in place. Throws std::runtime_error.
std::map<std::string, std::string, std::less<>> load_templates(const std::filesystem::path& folder, std::string_view edition);

// Throws std::runtime_error (with `name`) on an unclosed or crossed section or a forbidden tag.
std::vector<TagNode> parse_tags(std::string_view name, std::string_view text);

// The first name the view lacks where the template would use it; empty if none.
std::string missing_name(const std::vector<TagNode>& tags, const util::Json& view);

}  // namespace web
