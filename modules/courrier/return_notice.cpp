// SPDX-License-Identifier: AGPL-3.0-or-later
#include "courrier/return_notice.hpp"

#include <algorithm>
#include <string>

#include "util/text.hpp"

namespace courrier {
namespace {

char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// What stands after `name` at the start of a line, in small letters; nothing if the line has another name.
std::optional<std::string> value_of(std::string_view line, std::string_view name) {
    const bool is_it =
        line.size() >= name.size() &&
        std::equal(name.begin(), name.end(), line.begin(), [](char wanted, char given) { return wanted == small_letter(given); });
    if (!is_it) return std::nullopt;
    std::string value;
    for (const char c : util::trim(line.substr(name.size()))) value += small_letter(c);
    return value;
}

// A status is class.subject.detail; the class says whether it is for good, and Action says it too.
ReturnKind kind_of_failure(std::string_view status) {
    const std::size_t dot = status.find('.');
    const std::string_view detail = dot == std::string_view::npos ? "" : status.substr(dot);
    if (detail == ".2.2") return ReturnKind::full;
    if (detail == ".1.1" || detail == ".1.2" || detail == ".1.10" || detail == ".2.1") return ReturnKind::unknown;
    return ReturnKind::refused;
}

}  // namespace

std::optional<ReturnKind> judge_return(std::string_view mail) {
    mail = mail.substr(0, k_return_bytes);
    bool in_report = false;
    std::string action, status;
    while (!mail.empty()) {
        const std::size_t end = std::min(mail.find('\n'), mail.size());
        const std::string_view line = mail.substr(0, end);
        mail.remove_prefix(std::min(end + 1, mail.size()));
        if (const auto type = value_of(line, "content-type:"); !in_report && type)
            in_report = type->starts_with("message/delivery-status");
        else if (in_report && line.starts_with("--")) break;
        else if (in_report && action.empty()) action = value_of(line, "action:").value_or("");
        if (in_report && status.empty()) status = value_of(line, "status:").value_or("");
    }
    if (action == "delayed") return ReturnKind::delayed;
    return action == "failed" ? std::optional(kind_of_failure(status)) : std::nullopt;
}

}  // namespace courrier
