// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/password_faults.hpp"

#include "domain/nfc.hpp"
#include "domain/password_blocklist.hpp"

namespace domain {

std::vector<std::string> password_faults(PasswordProfile profile, std::string_view password, std::string_view address,
                                         const KnownPasswords& known) {
    std::vector<std::string> faults;
    for (const auto rule : broken_rules(profile, password, address, known)) {
        faults.push_back("Règle non respectée : " + sentence_of(profile, rule) + ".");
        if (rule != PasswordRule::too_common) continue;
        std::string found;
        for (const auto& word : guessed_words(to_nfc(password).value_or(""), address).value_or(std::vector<std::string>{}))
            found += (found.empty() ? "«\u00a0" : " et «\u00a0") + word + "\u00a0»";
        faults.back() += found.empty() ? " Le vôtre est fait de caractères qui se répètent ou se suivent."
                                       : " Le vôtre se réduit à " + found + ".";
    }
    return faults;
}

}  // namespace domain
