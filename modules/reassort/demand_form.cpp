// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading the form of a réassort.
#include "reassort/demand_form.hpp"

#include <stdexcept>

#include "domain/identity.hpp"
#include "util/text.hpp"

namespace reassort {
namespace {

constexpr std::string_view k_phone_missing = "Saisissez un numéro de téléphone mobile. Exemple : 06 12 34 56 78";
constexpr std::string_view k_destination_missing =
    "Saisissez un numéro de téléphone mobile ou une adresse personnelle. Exemple : 06 12 34 56 78";

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

std::optional<Destination> read_phone(std::string_view typed, std::string_view missing, const std::string& field,
                                      const std::vector<domain::PhoneCountry>& declared, web::FormErrors& errors) {
    const auto phone = domain::normalise_phone(typed, declared);
    if (phone.e164) return Destination{false, *phone.e164, phone.prefix, phone.abroad};
    errors.add(field, util::trim(typed).empty() ? std::string(missing) : phone_sentence(phone.fault, declared));
    return std::nullopt;
}

std::optional<Destination> read_mail(std::string_view typed, std::string_view own_address, web::FormErrors& errors) {
    const auto address = domain::normalise_address(typed);
    if (address && *address != own_address) return Destination{true, *address, {}, false};
    errors.add("destination",
               address ? "C’est votre adresse professionnelle. Saisissez une adresse personnelle, ou un numéro de mobile."
                       : "Cette adresse n’est pas complète. Exemple : zoe.martin@exemple.fr");
    return std::nullopt;
}

std::optional<Demand> read_proofs(const Typed& typed, bool asks_defi, std::optional<Destination> to, web::FormErrors& errors) {
    const auto numen = domain::normalise_numen(typed.numen);
    const auto birth_date = domain::normalise_birth_date(typed.birth_date);
    const std::string answer = asks_defi ? domain::normalise_defi_answer(typed.answer) : std::string();
    if (!numen) errors.add("numen", "Saisissez votre NUMEN : 13 lettres et chiffres.");
    if (!birth_date) errors.add("naissance", birth_date_sentence(typed.birth_date));
    if (asks_defi && answer.empty())
        errors.add("reponse", "Saisissez la réponse secrète choisie à l’ouverture de votre espace électeur.");
    if (!errors.empty()) return std::nullopt;
    return Demand{*std::move(to), *numen, *birth_date, answer};
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
    auto to = read_phone(typed.phone, k_phone_missing, "telephone", declared, errors);
    return read_proofs(typed, asks_defi, std::move(to), errors);
}

std::optional<Demand> read_temporary_demand(const Typed& typed, std::string_view own_address,
                                            const std::vector<domain::PhoneCountry>& declared, web::FormErrors& errors) {
    auto to = typed.destination.find('@') != std::string::npos
                  ? read_mail(typed.destination, own_address, errors)
                  : read_phone(typed.destination, k_destination_missing, "destination", declared, errors);
    return read_proofs(typed, true, std::move(to), errors);
}

std::string phone_end(std::string_view e164) { return std::string(e164.substr(e164.size() < 4 ? 0 : e164.size() - 4)); }

std::string destination_words(const Destination& to) {
    if (!to.is_mail) return "au numéro se terminant par " + phone_end(to.address);
    // A whole character, which may be several bytes.
    std::size_t first = 1;
    while (first < to.address.size() && (static_cast<unsigned char>(to.address[first]) & 0xC0U) == 0x80U) ++first;
    return "à l’adresse " + to.address.substr(0, first) + "…" + to.address.substr(to.address.find('@'));
}

}  // namespace reassort
