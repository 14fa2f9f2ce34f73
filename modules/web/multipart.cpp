// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/multipart.hpp"

#include <algorithm>
#include <optional>

#include "util/bytes.hpp"
#include "util/text.hpp"

namespace web {

namespace {

constexpr std::size_t k_longest_boundary = 70, k_longest_head = 2048, k_most_parts = 20;
constexpr std::string_view k_line_end = "\r\n";

util::Failure broken(const char* why) { return util::failure(util::Fault::invalid, why); }

// Empty: none that can be trusted.
std::string_view boundary_of(std::string_view content_type) {
    constexpr std::string_view k_boundary_name = "boundary=";
    const std::size_t at = content_type.find(k_boundary_name);
    if (!content_type.starts_with(k_file_form_type) || at == std::string_view::npos) return {};
    std::string_view boundary = content_type.substr(at + k_boundary_name.size());
    if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    const bool plain = std::all_of(boundary.begin(), boundary.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    });
    return plain && boundary.size() <= k_longest_boundary ? boundary : std::string_view{};
}

// The value of `; name="…"` in a head; browsers write a quote inside as %22.
std::optional<std::string_view> quoted(std::string_view head, std::string_view name) {
    const std::string opening = "; " + std::string(name) + "=\"";
    const std::size_t begin = head.find(opening);
    if (begin == std::string_view::npos) return std::nullopt;
    head.remove_prefix(begin + opening.size());
    const std::size_t end = head.find('"');
    return end == std::string_view::npos ? std::nullopt : std::optional(head.substr(0, end));
}

// The line that names the part, of a head of one or two lines (the other is its type, which is not believed).
std::string_view disposition_of(std::string_view head) {
    constexpr std::string_view k_part_opening = "Content-Disposition: form-data; name=\"";
    const std::size_t end = head.find(k_line_end);
    const std::string_view first = head.substr(0, end), rest = end == std::string_view::npos ? "" : head.substr(end + 2);
    const bool is_known = rest.empty() || (rest.starts_with("Content-Type: ") && rest.find(k_line_end) == std::string_view::npos);
    return first.starts_with(k_part_opening) && is_known ? first : std::string_view{};
}

bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos && util::is_utf8(text); }

util::Status take_part(std::string_view head, std::string_view content, std::string_view file_field, FileForm& form,
                       bool& has_file) {
    const std::string_view line = disposition_of(head);
    const auto name = quoted(line, "name"), file_name = quoted(line, "filename");
    if (!name) return broken("a part without a name");
    if (!file_field.empty() && *name == file_field) {
        if (!file_name || !is_text(*file_name) || has_file) return broken("not one file where one is expected");
        has_file = true;
        form.file = {std::string(*file_name), std::string(content)};
        return util::Done{};
    }
    if (file_name || !is_text(*name) || !is_text(content)) return broken("a field is not UTF-8 text");
    if (!form.fields.emplace(*name, content).second) return broken("a field comes twice");
    return util::Done{};
}

}  // namespace

util::Result<FileForm> read_file_form(std::string_view content_type, std::string_view body, std::string_view file_field) {
    const std::string_view boundary = boundary_of(content_type);
    if (boundary.empty()) return broken("no boundary");
    const std::string between = "\r\n--" + std::string(boundary);
    if (!body.starts_with(std::string_view(between).substr(2))) return broken("does not begin with its boundary");
    body.remove_prefix(between.size() - 2);
    FileForm form;
    bool has_file = false;
    for (std::size_t parts = 0; body != "--\r\n" && body != "--"; ++parts) {
        if (parts == k_most_parts) return broken("too many parts");
        if (!body.starts_with(k_line_end)) return broken("a boundary without a line end");
        body.remove_prefix(k_line_end.size());
        const std::size_t head_end = body.substr(0, k_longest_head).find("\r\n\r\n");
        if (head_end == std::string_view::npos) return broken("a part without a head");
        const std::string_view head = body.substr(0, head_end);
        body.remove_prefix(head_end + 4);
        const std::size_t end = body.find(between);
        if (end == std::string_view::npos) return broken("a part without an end");
        if (auto taken = take_part(head, body.substr(0, end), file_field, form, has_file); !taken) return taken.error();
        body.remove_prefix(end + between.size());
    }
    if (!has_file && !file_field.empty()) return broken("no file");
    return form;
}

std::string canonical_text(const FileForm& form) {
    std::string text;
    for (const auto& [name, value] : form.fields) text += util::sha256_hex(name) + util::sha256_hex(value);
    return text + util::sha256_hex(form.file.name) + util::sha256_hex(form.file.bytes);
}

}  // namespace web
