// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/render.hpp"

#include <mstch/mstch.hpp>

#include <stdexcept>
#include <unordered_map>

#include "util/log.hpp"
#include "web/template_source.hpp"

namespace web {

namespace {

// For text and quoted attributes (M2). Most texts hold nothing to escape.
std::string escape_html(const std::string& text) {
    if (text.find_first_of("&<>\"'") == std::string::npos) return text;
    std::string escaped;
    escaped.reserve(text.size() + 16);
    for (const char c : text) switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += c;
        }
    return escaped;
}

// mstch's escape is one setting of the process; mails need none. Each thread says which it wants.
thread_local bool escapes = true;

mstch::node node_of(const util::Json& value) {
    switch (value.type()) {
        case util::Json::value_t::object: {
            mstch::map map;
            for (const auto& [name, child] : value.items()) map.emplace(name, node_of(child));
            return map;
        }
        case util::Json::value_t::array: {
            mstch::array array;
            array.reserve(value.size());
            for (const auto& child : value) array.push_back(node_of(child));
            return array;
        }
        case util::Json::value_t::string: return value.get<std::string>();
        case util::Json::value_t::boolean: return value.get<bool>();
        case util::Json::value_t::number_integer:
        case util::Json::value_t::number_unsigned: return std::to_string(value.get<long long>());
        default: return std::string{};
    }
}

}  // namespace

struct Renderer::State {
    struct Template {
        std::string text;
        std::vector<TagNode> tags;
    };
    std::unordered_map<std::string, Template> templates;
    bool strict = false;

    std::string render(std::string_view name, const util::Json& view, bool escape) const {
        const auto found = templates.find(std::string(name));
        if (found == templates.end()) throw std::runtime_error("no template named " + std::string(name));
        if (strict) {
            const std::string missing = missing_name(found->second.tags, view);
            if (!missing.empty())
                throw std::runtime_error("templates/" + std::string(name) + " uses " + missing + ", which its view lacks");
        }
        escapes = escape;
        return mstch::render(found->second.text, node_of(view));
    }
};

Renderer::Renderer(const std::filesystem::path& templates, std::string_view edition, bool strict)
    : state_(std::make_unique<State>()) {
    mstch::config::escape = [](const std::string& text) { return escapes ? escape_html(text) : text; };
    state_->strict = strict;
    for (auto& [name, text] : load_templates(templates, edition)) {
        auto tags = parse_tags(name, text);
        state_->templates.emplace(name, State::Template{std::move(text), std::move(tags)});
    }
}

Renderer::~Renderer() = default;

std::string Renderer::page(std::string_view name, const util::Json& view) const { return state_->render(name, view, true); }
std::string Renderer::text(std::string_view name, const util::Json& view) const { return state_->render(name, view, false); }
bool Renderer::has(std::string_view name) const { return state_->templates.contains(std::string(name)); }

}  // namespace web
