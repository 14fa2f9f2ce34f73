// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/import_faults.hpp"

#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_kinds_kept = 500, k_remarks_kept = 100;

std::string place_of(std::string_view file, std::uint64_t line, std::string_view column) {
    std::string text(file);
    if (line > 0) text += ", ligne " + std::to_string(line);
    if (!column.empty()) text.append(", colonne ").append(column);
    return text;
}

// Without what is between « and ».
std::string without_quotations(std::string_view text) {
    std::string kind;
    while (true) {
        const auto opens = text.find("«");
        if (opens == std::string_view::npos) return kind.append(text);
        kind.append(text.substr(0, opens)).append("«»");
        const auto closes = text.find("»", opens);
        if (closes == std::string_view::npos) return kind;
        text.remove_prefix(closes + std::string_view("»").size());
    }
}

}  // namespace

void ImportFaults::add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view cause) {
    ++count_;
    // Names and words of files that others wrote.
    const std::string shown_file = util::printable(file), shown_column = util::printable(column),
                      shown_cause = util::printable(cause, 1000);
    if (lines_.size() < kept_) lines_.push_back(place_of(shown_file, line, shown_column) + " : " + shown_cause);
    std::string key = shown_file + "\n" + shown_column + "\n" + without_quotations(shown_cause);
    auto found = kind_of_.find(key);
    if (found == kind_of_.end()) {
        if (kinds_.size() >= k_kinds_kept) return;
        found = kind_of_.emplace(std::move(key), kinds_.size()).first;
        kinds_.push_back({shown_file, shown_column, shown_cause, 0, {}});
    }
    Kind& kind = kinds_[found->second];
    if (kind.count < k_places) kind.places[kind.count] = line;
    ++kind.count;
}

std::string ImportFaults::sentence_of(const Kind& kind) {
    if (kind.count == 1) return place_of(kind.file, kind.places[0], kind.column) + " : " + kind.cause;
    std::string text = place_of(kind.file, 0, kind.column) + " : " + kind.cause + ", " +
                       util::french_number(static_cast<long long>(kind.count)) + " fois";
    if (kind.places[0] == 0) return text;
    text += " : lignes ";
    for (std::size_t i = 0; i < k_places && i < kind.count; ++i) text += (i == 0 ? "" : ", ") + std::to_string(kind.places[i]);
    return text + (kind.count > k_places ? "…" : "");
}

void ImportFaults::forgive(std::string_view file, std::string_view what) { ++forgiven_[{std::string(file), std::string(what)}]; }

void ImportFaults::remark(std::string_view file, std::string text) {
    if (remarks_.size() < k_remarks_kept) remarks_.push_back(util::printable(file) + " : " + util::printable(text, 1000));
}

std::vector<std::string> ImportFaults::remarks() const {
    std::vector<std::string> all = remarks_;
    for (const auto& [what, count] : forgiven_)
        all.push_back(util::printable(what.first) + " : " + what.second + " : " +
                      util::french_number(static_cast<long long>(count)));
    return all;
}

}  // namespace scrutinctl
