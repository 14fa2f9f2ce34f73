// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading the form of a réassort.
#include "reassort/demand_form.hpp"

#include <stdexcept>

#include "domain/identity.hpp"
#include "util/text.hpp"

namespace reassort {
namespace {

constexpr std::string_view k_phone_missing = "Saisissez un numéro de téléphone mobile. Exemple : 06 12 34 56 78";

std::string phone_sentence(domain::PhoneFault fault, const std::vector<domain::PhoneCountry>& declared) {
    switch (fault) {
        case domain::PhoneFault::landline:
            return "Ce numéro est celui d’un téléphone fixe, qui ne reçoit pas de SMS. Saisissez un numéro de mobile.";
        case domain::PhoneFault::prefix_not_allowed:
            return "L’envoi de SMS n’est pas possible vers cet indicatif. Saisissez un mobile " + allowed_places(declared) +
                   ", ou joignez l’assistance de votre académie.";
        case domain::PhoneFault::malformed: break;
    }
    return "Ce numéro n’est pas complet ou comporte un caractère de trop. Exemple : 06 12 34 56 78 ou +687 75 12 34";
}

std::string birth_date_sentence(std::string_view typed) {
    return domain::is_written_as_date(typed)
               ? "Cette date n’existe pas : vérifiez le jour, le mois et l’année. Exemple : 03/02/1971"
               : "Saisissez votre date de naissance sous la forme jj/mm/aaaa. Exemple : 03/02/1971";
}

}  // namespace

std::vector<domain::PhoneCountry> declared_countries(const web::Settings& settings) {
    std::vector<domain::PhoneCountry> declared;
    for (const std::string& text : settings.sms_countries) {
        const auto country = domain::read_phone_country(text);
        if (!country) throw std::runtime_error("[sms] countries: « " + text + " » is not of the form « +32 Belgique »");
        declared.push_back(*country);
    }
    return declared;
}

std::string allowed_places(const std::vector<domain::PhoneCountry>& declared) {
    std::string places = "de France (06 ou 07) ou d’outre-mer (+262, +508, +590, +594, +596, +681, +687, +689)";
    for (const auto& country : declared) places += ", " + country.name + " (" + country.prefix + ")";
    return places;
}

std::optional<Demand> read_demand(const Typed& typed, bool asks_defi, const std::vector<domain::PhoneCountry>& declared,
                                  web::FormErrors& errors) {
    const auto phone = domain::normalise_phone(typed.phone, declared);
    const auto numen = domain::normalise_numen(typed.numen);
    const auto birth_date = domain::normalise_birth_date(typed.birth_date);
    const std::string answer = asks_defi ? domain::normalise_defi_answer(typed.answer) : std::string();
    if (util::trim(typed.phone).empty()) {
        errors.add("telephone", std::string(k_phone_missing));
    } else if (!phone.e164) {
        errors.add("telephone", phone_sentence(phone.fault, declared));
    }
    if (!numen) errors.add("numen", "Saisissez votre NUMEN : 13 lettres et chiffres.");
    if (!birth_date) errors.add("naissance", birth_date_sentence(typed.birth_date));
    if (asks_defi && answer.empty())
        errors.add("reponse", "Saisissez la réponse secrète choisie à l’ouverture de votre espace électeur.");
    if (!errors.empty()) return std::nullopt;
    return Demand{*phone.e164, *numen, *birth_date, answer, phone.prefix, phone.abroad};
}

std::string phone_end(std::string_view e164) { return std::string(e164.substr(e164.size() < 4 ? 0 : e164.size() - 4)); }

}  // namespace reassort
