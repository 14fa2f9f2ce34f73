// SPDX-License-Identifier: AGPL-3.0-or-later
// Templates: read once, layout and partials inlined once, names checked. Nothing else names mstch.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "web/framed_page.hpp"

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
    // A value of one request: where it goes in the view (a name of the view, or one of `site` as "site.csrf"), used there as a value only.
    struct Own {
        std::string_view name;
        std::string value;     // text, which is escaped, or
        bool is_html = false;  // what `kept` gave
    };
    // A page, or a part of one (a template whose name ends in « _part » has no layout), that many requests share but for their own values: made
    // once for each different `key` and kept, then the values are put in. `key` says all that the view depends on; nothing of one person
    // stands in it or in the view, for what is kept stays in memory (k_kept bytes at most, then all is made anew). `make_view` is asked on
    // the first time alone; it has no need of the own names.
    static constexpr std::size_t k_kept = std::size_t{64} << 20;
    std::string kept(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                     std::vector<Own> own) const;
    // The same in pieces, to be sent as they stand.
    FramedPage framed(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                      std::vector<Own> own) const;
    // The same of a text: nothing is escaped.
    std::string kept_text(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                          std::vector<Own> own) const;
    // A text (mail, SMS): no layout, no HTML escape.
    std::string text(std::string_view name, const util::Json& view) const;
    bool has(std::string_view name) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace web
