// SPDX-License-Identifier: AGPL-3.0-or-later
// Words and rules of a réclamation; no SQL, no page.
#include "scrutins/reclamation_form.hpp"

#include <algorithm>

#include "util/text.hpp"

namespace scrutins {
namespace {

std::string with_single_line_ends(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            out += '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string_view object_label(std::string_view object) {
    for (const auto& choice : k_reclamation_objects) {
        if (choice.value == object) return choice.label;
    }
    return {};
}

std::string_view state_label(std::string_view state) {
    if (state == "recue") return "reçue";
    if (state == "en_instruction") return "en instruction";
    if (state == "acceptee") return "acceptée";
    if (state == "rejetee") return "rejetée";
    return {};
}

ReclamationForm read_reclamation(std::string_view object, std::string_view scrutin_code, std::string_view body) {
    const std::string text = with_single_line_ends(body);
    return {std::string(object), std::string(scrutin_code), std::string(util::trim(text))};
}

void check_reclamation(const ReclamationForm& form, const std::vector<MyScrutin>& mine, web::FormErrors& errors) {
    if (object_label(form.object).empty()) errors.add("objet", "Choisissez l’objet de votre réclamation.");
    if (!form.scrutin_code.empty() && chosen_scrutin(form, mine) == nullptr) {
        errors.add("scrutin", "Choisissez un de vos scrutins dans la liste, ou aucun.");
    }
    if (form.body.empty()) {
        errors.add("texte", "Expliquez ce qui est à corriger. Exemple : « Mon affectation a changé le 1er septembre. »");
    } else if (const auto length = util::count_code_points(form.body); length > k_reclamation_text) {
        errors.add("texte", "Votre texte compte " + util::french_number(static_cast<long long>(length)) +
                                " caractères. Il doit en compter " +
                                util::french_number(static_cast<long long>(k_reclamation_text)) + " au plus.");
    }
}

const MyScrutin* chosen_scrutin(const ReclamationForm& form, const std::vector<MyScrutin>& mine) {
    const auto found =
        std::find_if(mine.begin(), mine.end(), [&](const MyScrutin& my) { return my.scrutin.code == form.scrutin_code; });
    return found == mine.end() ? nullptr : &*found;
}

}  // namespace scrutins
