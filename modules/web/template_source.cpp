// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/template_source.hpp"

#include <algorithm>
#include <stdexcept>

#include "util/file.hpp"
#include "util/text.hpp"

namespace web {

namespace {

namespace fs = std::filesystem;
using Sources = std::map<std::string, std::string, std::less<>>;

constexpr int k_max_depth = 8;
constexpr std::string_view k_layout = "layout";

void read_folder(Sources& sources, const fs::path& folder) {
    if (!fs::is_directory(folder)) return;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".mustache") continue;
        const std::string name = fs::relative(entry.path(), folder).replace_extension().generic_string();
        if (name.starts_with("editions/")) continue;
        sources[name] = util::read_file(entry.path()).value_or("");
    }
}

bool wants_layout(std::string_view name) {
    return name != k_layout && !name.starts_with("partials/") && !name.starts_with("mail/") && !name.starts_with("sms/") &&
           !name.ends_with("_part");
}

// Whether white space at the beginnings of lines says nothing: of pages. Texts that are sent, and papers, keep theirs.
bool is_page(std::string_view name) {
    return !name.starts_with("mail/") && !name.starts_with("sms/") && !name.starts_with("office/");
}

// Indentation is for who reads the template: a tenth of a long page's bytes, which every reader would be sent. Line ends stay, which part words.
std::string without_indentation(std::string_view text) {
    std::string lines;
    lines.reserve(text.size());
    bool is_kept = false;  // within what a browser shows as it is written
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (!is_kept) line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        lines += line;
        for (const std::string_view element : {"pre", "textarea"}) {
            const std::size_t opens = line.rfind("<" + std::string(element)), closes = line.rfind("</" + std::string(element));
            if (opens == std::string_view::npos && closes == std::string_view::npos) continue;
            is_kept = opens != std::string_view::npos && (closes == std::string_view::npos || closes < opens);
        }
    }
    return lines;
}

std::string inline_partials(const Sources& sources, std::string_view name, const std::string& text, std::string_view body,
                            int depth) {
    if (depth > k_max_depth) throw std::runtime_error("templates/" + std::string(name) + ": partials nest too deep");
    std::string whole;
    std::size_t at = 0;
    while (true) {
        const std::size_t tag = text.find("{{>", at);
        if (tag == std::string::npos) return whole.append(text, at, std::string::npos);
        const std::size_t end = text.find("}}", tag);
        if (end == std::string::npos) throw std::runtime_error("templates/" + std::string(name) + ": a partial's tag is open");
        const std::string wanted(util::trim(std::string_view(text).substr(tag + 3, end - tag - 3)));
        whole.append(text, at, tag - at);
        at = end + 2;
        if (wanted == "body") {
            whole += body;
            continue;
        }
        auto found = sources.find(wanted);
        if (found == sources.end()) found = sources.find("partials/" + wanted);
        if (found == sources.end()) throw std::runtime_error("templates/" + std::string(name) + ": no partial named " + wanted);
        std::string part = inline_partials(sources, found->first, found->second, body, depth + 1);
        // A partial alone on its line brings its own line ends.
        if (at < text.size() && text[at] == '\n' && !part.empty() && part.back() == '\n') part.pop_back();
        whole += part;
    }
}

// mustache's look-up: a dotted name resolves its first part in the nearest context that has it.
const util::Json* resolve(const std::vector<const util::Json*>& contexts, const std::string& name) {
    if (name == ".") return contexts.back();
    const auto parts = util::split(name, '.');
    for (auto context = contexts.rbegin(); context != contexts.rend(); ++context) {
        if (!(*context)->is_object() || !(*context)->contains(parts.front())) continue;
        const util::Json* value = &(**context)[parts.front()];
        for (std::size_t i = 1; i < parts.size(); ++i) {
            if (!value->is_object() || !value->contains(parts[i])) return nullptr;
            value = &(*value)[parts[i]];
        }
        return value;
    }
    return nullptr;
}

bool is_false(const util::Json& value) {
    return value.is_null() || (value.is_boolean() && !value.get<bool>()) || (value.is_array() && value.empty()) ||
           (value.is_string() && value.get_ref<const std::string&>().empty());
}

std::string missing_in(const std::vector<TagNode>& tags, std::vector<const util::Json*>& contexts) {
    for (const TagNode& tag : tags) {
        const util::Json* value = resolve(contexts, tag.name);
        if (!value) return tag.name;
        if (tag.kind == TagNode::Kind::variable) continue;
        const bool inverted = tag.kind == TagNode::Kind::inverted;
        if (is_false(*value) != inverted) continue;
        const bool loops = value->is_array();
        for (std::size_t i = 0; i < (loops ? value->size() : 1); ++i) {
            const util::Json& context = loops ? (*value)[i] : *value;
            contexts.push_back(&context);
            std::string missing = missing_in(tag.children, contexts);
            contexts.pop_back();
            if (!missing.empty()) return missing;
        }
    }
    return {};
}

}  // namespace

std::vector<TagNode> parse_tags(std::string_view name, std::string_view text) {
    std::vector<TagNode> root;
    std::vector<TagNode> open;
    const auto refuse = [&](std::size_t at, const std::string& why) {
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        throw std::runtime_error("templates/" + std::string(name) + ", line " + std::to_string(line) + ": " + why);
    };
    for (std::size_t tag = text.find("{{"); tag != std::string_view::npos; tag = text.find("{{", tag)) {
        const std::size_t end = text.find("}}", tag);
        if (end == std::string_view::npos) refuse(tag, "a tag is not closed");
        std::string_view inside = util::trim(text.substr(tag + 2, end - tag - 2));
        const char sigil = inside.empty() ? '\0' : inside.front();
        if (inside.empty() || sigil == '{' || sigil == '&' || sigil == '=' || sigil == '>')
            refuse(tag, "this kind of tag is not allowed");
        auto& siblings = open.empty() ? root : open.back().children;
        if (sigil == '#' || sigil == '^') {
            const auto kind = sigil == '#' ? TagNode::Kind::section : TagNode::Kind::inverted;
            open.push_back({kind, std::string(util::trim(inside.substr(1))), {}});
        } else if (sigil == '/') {
            if (open.empty() || open.back().name != util::trim(inside.substr(1)))
                refuse(tag, "this section's end has no beginning");
            TagNode closed = std::move(open.back());
            open.pop_back();
            (open.empty() ? root : open.back().children).push_back(std::move(closed));
        } else if (sigil != '!') {
            siblings.push_back({TagNode::Kind::variable, std::string(inside), {}});
        }
        tag = end + 2;
    }
    if (!open.empty()) refuse(text.size(), "section " + open.back().name + " is not closed");
    return root;
}

std::string missing_name(const std::vector<TagNode>& tags, const util::Json& view) {
    std::vector<const util::Json*> contexts{&view};
    return missing_in(tags, contexts);
}

Sources load_templates(const fs::path& folder, std::string_view edition) {
    Sources sources;
    read_folder(sources, folder);
    read_folder(sources, folder / "editions" / edition);
    const auto layout = sources.find(k_layout);
    if (layout == sources.end()) throw std::runtime_error((folder / "layout.mustache").string() + " cannot be read");
    Sources whole;
    for (const auto& [name, text] : sources) {
        if (name == k_layout || name.starts_with("partials/")) continue;
        const std::string body = inline_partials(sources, name, text, {}, 0);
        const std::string page = wants_layout(name) ? inline_partials(sources, k_layout, layout->second, body, 0) : body;
        whole[name] = is_page(name) ? without_indentation(page) : page;
    }
    return whole;
}

}  // namespace web
