// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/render.hpp"

#include <mstch/mstch.hpp>

#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "util/log.hpp"
#include "web/template_source.hpp"

namespace web {

namespace {

// For text and quoted attributes: nowhere else does a template put a value. Most texts hold nothing to escape.
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
    // A rendered page cut where a request's own values go: text, value, text, value, … text.
    struct Frame {
        std::vector<std::string> texts;
        std::vector<std::size_t> values;  // one between two texts: the index of an own name
    };

    // What stands for own name number `index` while the frame is rendered; no text of ours has this character.
    static constexpr char k_mark = '\x01';
    static std::string mark_of(std::size_t index) { return {k_mark, static_cast<char>('a' + index)}; }

    static Frame cut(const std::string& html) {
        Frame frame;
        std::size_t at = 0;
        for (std::size_t mark; (mark = html.find(k_mark, at)) != std::string::npos; at = mark + 2) {
            frame.texts.push_back(html.substr(at, mark - at));
            frame.values.push_back(static_cast<std::size_t>(html.at(mark + 1) - 'a'));
        }
        frame.texts.push_back(html.substr(at));
        return frame;
    }

    struct Template {
        std::string text;
        std::vector<TagNode> tags;
    };
    std::unordered_map<std::string, Template> templates;
    bool strict = false;

    static constexpr std::size_t k_max_frames = 256;
    mutable std::shared_mutex frames_mutex;
    mutable std::unordered_map<std::string, std::shared_ptr<const Frame>> frames;

    std::shared_ptr<const Frame> frame(std::string_view name, const util::Json& view) const {
        std::string key = std::string(name) + '\n' + view.dump();
        {
            const std::shared_lock lock(frames_mutex);
            if (const auto found = frames.find(key); found != frames.end()) return found->second;
        }
        auto made = std::make_shared<const Frame>(cut(render(name, view, true)));
        const std::unique_lock lock(frames_mutex);
        if (frames.size() >= k_max_frames) frames.clear();  // the calendar has moved on: what is asked for comes back at once
        frames.emplace(std::move(key), made);
        return made;
    }

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
    // Once: another edition's templates may be read while threads render.
    static const bool is_set = [] {
        mstch::config::escape = [](const std::string& text) { return escapes ? escape_html(text) : text; };
        return true;
    }();
    static_cast<void>(is_set);
    state_->strict = strict;
    for (auto& [name, text] : load_templates(templates, edition)) {
        auto tags = parse_tags(name, text);
        state_->templates.emplace(name, State::Template{std::move(text), std::move(tags)});
    }
}

Renderer::~Renderer() = default;

std::string Renderer::page(std::string_view name, const util::Json& view) const { return state_->render(name, view, true); }
std::string Renderer::shared_page(std::string_view name, util::Json view, std::initializer_list<const char*> own_names) const {
    std::vector<std::string> own;
    for (const char* const own_name : own_names) {
        util::Json& value = view.at("site").at(own_name);
        const std::string mark = State::mark_of(own.size());
        own.push_back(escape_html(value.get_ref<const std::string&>()));
        value = mark;
    }
    const auto frame = state_->frame(name, view);
    std::string page = frame->texts[0];
    for (std::size_t i = 0; i < frame->values.size(); ++i) page += own.at(frame->values[i]) + frame->texts[i + 1];
    return page;
}

std::string Renderer::text(std::string_view name, const util::Json& view) const { return state_->render(name, view, false); }
bool Renderer::has(std::string_view name) const { return state_->templates.contains(std::string(name)); }

}  // namespace web
