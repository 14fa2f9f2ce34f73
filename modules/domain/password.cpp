// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the three profiles over Unicode's own character classes: « É » is an upper-case letter.
#include "domain/password.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <optional>

#include "domain/nfc.hpp"
#include "domain/password_blocklist.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

struct ProfileRules {
    std::size_t shortest, longest;
    bool classes;  // lower, upper, digit
    bool special;
};

ProfileRules rules_of(PasswordProfile profile) {
    switch (profile) {
        case PasswordProfile::seed2018: return {8, 24, true, false};
        case PasswordProfile::seed2022: return {12, 128, true, true};
        case PasswordProfile::modern: return {12, 128, false, false};
    }
    ENSURE(false);
}

bool is_printable(UChar32 c) {
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_SURROGATE:
        case U_PRIVATE_USE_CHAR:
        case U_UNASSIGNED:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR: return false;
        default: return true;
    }
}

struct Census {
    std::size_t length = 0;
    bool lower = false, upper = false, digit = false, special = false, printable = true;
};

Census census_of(const std::string& nfc) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(nfc);
    Census census;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        ++census.length;
        if (u_islower(c)) census.lower = true;
        else if (u_isupper(c)) census.upper = true;
        else if (u_isdigit(c)) census.digit = true;
        else if (!u_isalpha(c)) census.special = true;
        if (!is_printable(c)) census.printable = false;
    }
    return census;
}

}  // namespace

std::vector<PasswordRule> broken_rules(PasswordProfile profile, std::string_view password, std::string_view address,
                                       const KnownPasswords& known) {
    const std::optional<std::string> nfc = to_nfc(password);
    if (!nfc) return {PasswordRule::not_printable};
    const ProfileRules rules = rules_of(profile);
    const Census census = census_of(*nfc);

    std::vector<PasswordRule> broken;
    const auto want = [&](bool holds, PasswordRule rule) {
        if (!holds) broken.push_back(rule);
    };
    want(census.length >= rules.shortest, PasswordRule::too_short);
    want(census.length <= rules.longest, PasswordRule::too_long);
    want(!rules.classes || census.lower, PasswordRule::no_lower);
    want(!rules.classes || census.upper, PasswordRule::no_upper);
    want(!rules.classes || census.digit, PasswordRule::no_digit);
    want(!rules.special || census.special, PasswordRule::no_special);
    const std::string folded = util::fold(*nfc), own = util::fold(address);
    want(folded != own && folded != own.substr(0, own.find('@')), PasswordRule::is_address);
    want(census.printable, PasswordRule::not_printable);
    // Said last and alone: a list of eight reproaches about « aaa » helps nobody.
    if (broken.empty()) want(!guessed_words(*nfc, address), PasswordRule::too_common);
    if (broken.empty()) want(!known.contains(*nfc), PasswordRule::known);
    return broken;
}

std::vector<PasswordRule> announced_rules(PasswordProfile profile) {
    const ProfileRules rules = rules_of(profile);
    std::vector<PasswordRule> announced{PasswordRule::too_short, PasswordRule::too_long};
    if (rules.classes) announced.insert(announced.end(), {PasswordRule::no_lower, PasswordRule::no_upper, PasswordRule::no_digit});
    if (rules.special) announced.push_back(PasswordRule::no_special);
    announced.insert(announced.end(), {PasswordRule::is_address, PasswordRule::too_common, PasswordRule::known});
    return announced;
}

std::string sentence_of(PasswordProfile profile, PasswordRule rule) {
    const ProfileRules rules = rules_of(profile);
    switch (rule) {
        case PasswordRule::too_short: return "au moins " + std::to_string(rules.shortest) + " caractères";
        case PasswordRule::too_long: return "au plus " + std::to_string(rules.longest) + " caractères";
        case PasswordRule::no_lower: return "au moins une minuscule";
        case PasswordRule::no_upper: return "au moins une majuscule";
        case PasswordRule::no_digit: return "au moins un chiffre";
        case PasswordRule::no_special: return "au moins un caractère spécial, par exemple ! ? - + *";
        case PasswordRule::is_address: return "être différent de votre adresse de messagerie professionnelle";
        case PasswordRule::too_common:
            return "ne pas se réduire à des mots que l’on devine : mots de passe courants, prénoms, mois, mots de cette élection, vos "
                   "nom et académie, même suivis de chiffres ou de signes";
        case PasswordRule::known: return "ne pas figurer dans la liste publique du million de mots de passe les plus devinés";
        case PasswordRule::not_printable: return "des caractères visibles ou des espaces seulement";
    }
    ENSURE(false);
}

}  // namespace domain
