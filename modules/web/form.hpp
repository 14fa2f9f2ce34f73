// SPDX-License-Identifier: AGPL-3.0-or-later
// Views of forms for the partials field, field_password, error_summary: values kept, errors tied to their fields.
//   FormErrors errors;  if (address.empty()) errors.add("adresse", "Saisissez votre adresse…");
//   view["adresse"] = field_view("adresse", "Adresse professionnelle", address, errors, "prenom.nom@ac-xxxx.fr");
//   errors.put_into(view);   // `errors` list and `has_errors`; the title gets « Erreur : » in front
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "util/json.hpp"

namespace web {

class FormErrors {
public:
    void add(std::string field, std::string message) { errors_.emplace_back(std::move(field), std::move(message)); }
    bool empty() const { return errors_.empty(); }
    // Messages of one field.
    std::vector<std::string> of(std::string_view field) const;
    void put_into(util::Json& view) const;

private:
    std::vector<std::pair<std::string, std::string>> errors_;
};

// {name, label, value, hint, has_hint, errors:[{message}], has_error}: the context of {{#adresse}}{{> partials/field}}{{/adresse}}.
// A password or an answer is given back only when the form returns for a rule it does not meet, never at sign-in.
util::Json field_view(std::string_view name, std::string_view label, std::string_view value, const FormErrors& errors,
                      std::string_view hint = {});

}  // namespace web
