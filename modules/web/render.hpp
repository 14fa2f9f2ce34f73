// SPDX-License-Identifier: AGPL-3.0-or-later
// Templates: read once, layout and partials inlined once, names checked. Nothing else names mstch.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "util/json.hpp"

namespace web {

class Renderer {
public:
    // Reads every *.mustache below `templates`; files of editions/<edition>/ stand in for those of the same name.
    // Throws std::runtime_error naming file and line for an unclosed section, a missing partial, a forbidden tag
    // ({{{ and {{&, lambdas have no syntax). `strict`: a name that the view lacks is an error at render, not an empty text.
    Renderer(const std::filesystem::path& templates, std::string_view edition, bool strict);
    ~Renderer();

    // A whole page: layout around the template. `view` holds the page's names and `site`.
    std::string page(std::string_view name, const util::Json& view) const;
    // The same for a view that many requests share but for a few names of `site`, which the template uses as values only: rendered
    // once for each different view and kept, then the names are put in. `view` must hold nothing of one person: what
    // is kept stays in memory (at most 256 pages).
    std::string shared_page(std::string_view name, util::Json view, std::initializer_list<const char*> own_names) const;
    // A text (mail, SMS): no layout, no HTML escape.
    std::string text(std::string_view name, const util::Json& view) const;
    bool has(std::string_view name) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace web
