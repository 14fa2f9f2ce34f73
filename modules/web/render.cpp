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
bool is_plain(std::string_view text) { return text.find_first_of("&<>\"'") == std::string_view::npos; }

std::string escape_html(const std::string& text) {
    if (is_plain(text)) return text;
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
    // What stands for own value number `index` while the frame is rendered; no text of ours has this character, and no index is a
    // character that is escaped.
    static constexpr char k_mark = '\x01';
    static constexpr char k_first = 'A';
    static std::string mark_of(std::size_t index) {
        if (index > 60) throw std::logic_error("too many own values in one page");
        return {k_mark, static_cast<char>(k_first + index)};
    }

    static PageFrame cut(const std::string& html) {
        PageFrame frame;
        std::size_t at = 0;
        for (std::size_t mark; (mark = html.find(k_mark, at)) != std::string::npos; at = mark + 2) {
            frame.texts.push_back(html.substr(at, mark - at));
            frame.values.push_back(static_cast<std::size_t>(html.at(mark + 1) - k_first));
        }
        frame.texts.push_back(html.substr(at));
        frame.bytes = html.size();
        return frame;
    }

    struct Template {
        std::string text;
        std::vector<TagNode> tags;
    };
    std::unordered_map<std::string, Template> templates;
    bool strict = false;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
    };
    mutable std::shared_mutex frames_mutex;
    mutable std::unordered_map<std::string, std::shared_ptr<const PageFrame>, Hash, std::equal_to<>> frames;
    mutable std::size_t frames_bytes = 0;

    std::shared_ptr<const PageFrame> find_frame(std::string_view key) const {
        const std::shared_lock lock(frames_mutex);
        const auto found = frames.find(key);
        return found == frames.end() ? nullptr : found->second;
    }

    // Two threads may make it at once: either serves.
    std::shared_ptr<const PageFrame> make_frame(std::string_view name, std::string key, util::Json view,
                                                const std::vector<Own>& own, bool escape) const {
        for (std::size_t i = 0; i < own.size(); ++i) {
            constexpr std::string_view k_site = "site.";
            const bool is_of_site = own[i].name.starts_with(k_site);
            const std::string own_name(is_of_site ? own[i].name.substr(k_site.size()) : own[i].name);
            (is_of_site ? view["site"] : view)[own_name] = mark_of(i);
        }
        auto made = std::make_shared<const PageFrame>(cut(render(name, view, escape)));
        const std::size_t bytes = made->bytes + key.size();
        const std::unique_lock lock(frames_mutex);
        if (frames_bytes + bytes > k_kept) {  // data and calendar have moved on: what is asked for comes back at once
            frames.clear();
            frames_bytes = 0;
        }
        if (frames.insert_or_assign(std::move(key), made).second) frames_bytes += bytes;
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

    FramedPage framed(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                      std::vector<Own> own, bool escape) const {
        std::string whole_key;
        whole_key.reserve(name.size() + 1 + key.size());
        whole_key.append(name).append(1, '\n').append(key);
        FramedPage page{find_frame(whole_key), {}};
        if (!page.frame) page.frame = make_frame(name, std::move(whole_key), make_view(), own, escape);
        page.values.reserve(own.size());
        for (Own& one : own)
            page.values.push_back(!escape || one.is_html || is_plain(one.value) ? std::move(one.value) : escape_html(one.value));
        return page;
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
std::string Renderer::kept(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                           std::vector<Own> own) const {
    return state_->framed(name, key, make_view, std::move(own), true).text();
}
FramedPage Renderer::framed(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                            std::vector<Own> own) const {
    return state_->framed(name, key, make_view, std::move(own), true);
}
std::string Renderer::kept_text(std::string_view name, std::string_view key, const std::function<util::Json()>& make_view,
                                std::vector<Own> own) const {
    return state_->framed(name, key, make_view, std::move(own), false).text();
}

std::string Renderer::text(std::string_view name, const util::Json& view) const { return state_->render(name, view, false); }
bool Renderer::has(std::string_view name) const { return state_->templates.contains(std::string(name)); }

}  // namespace web
