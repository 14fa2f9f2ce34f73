// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/form.hpp"

namespace web {

std::vector<std::string> FormErrors::of(std::string_view field) const {
    std::vector<std::string> messages;
    for (const auto& [name, message] : errors_)
        if (name == field) messages.push_back(message);
    return messages;
}

void FormErrors::put_into(util::Json& view) const {
    view["has_errors"] = !errors_.empty();
    view["errors"] = util::Json::array();
    for (const auto& [field, message] : errors_) view["errors"].push_back({{"field", field}, {"message", message}});
    if (!errors_.empty() && view.contains("title")) view["title"] = "Erreur : " + view["title"].get<std::string>();
}

util::Json field_view(std::string_view name, std::string_view label, std::string_view value, const FormErrors& errors,
                      std::string_view hint) {
    util::Json messages = util::Json::array();
    for (const std::string& message : errors.of(name)) messages.push_back({{"message", message}});
    const bool has_error = !messages.empty();
    return {{"name", name},
            {"label", label},
            {"value", value},
            {"hint", hint},
            {"has_hint", !hint.empty()},
            {"errors", std::move(messages)},
            {"has_error", has_error},
            {"is_optional", false}};
}

}  // namespace web
