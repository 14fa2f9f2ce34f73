// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/roll_change.hpp"

#include "util/text.hpp"

namespace domain {

namespace {

struct ChangeKind {
    std::string_view word, label;
};
constexpr std::array<ChangeKind, 6> k_change_kinds{{{"add", "inscription"},
                                                    {"strike", "radiation"},
                                                    {"reinstate", "réinscription"},
                                                    {"correct", "correction"},
                                                    {"scrutins", "changement de scrutins"},
                                                    {"reopen", "réouverture du réassort"}}};

}  // namespace

std::string label_of_roll_change(std::string_view kind) {
    for (const ChangeKind& one : k_change_kinds)
        if (one.word == kind) return std::string(one.label);
    return std::string(kind);
}

std::string text_in(const util::Json& detail, std::string_view key) {
    if (!detail.is_object() || !detail.contains(key) || !detail[key].is_string()) return {};
    return detail[key].get<std::string>();
}

bool may_be_corrected_to(const Correctable& what, std::string_view value) {
    return value.empty() ? !what.is_required : util::is_printable_line(value, what.most);
}

}  // namespace domain
