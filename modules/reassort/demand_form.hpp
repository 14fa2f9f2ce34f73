// SPDX-License-Identifier: AGPL-3.0-or-later
// What an elector types to get a new code, as typed and made regular. Knows no page and no SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/phone.hpp"
#include "web/form.hpp"
#include "web/settings.hpp"

namespace reassort {

// As typed. `answer` only where a question défi is asked; `destination`, a number or an address, only where a temporary code is sent, and
// `phone` only where it is not.
struct Typed {
    std::string phone, numen, birth_date, answer;
    std::string destination = {};
};

// Where a message goes.
struct Destination {
    bool is_mail = false;
    std::string address;  // E.164, or an address
    std::string prefix;   // the number's, by which limits on messages are counted
    bool abroad = false;  // a number of a declared country
};

// Regular: 13 upper-case letters and digits, yyyy-mm-dd, folded.
struct Demand {
    Destination to;
    std::string numen, birth_date, answer;
};

// The countries of [sms] countries. Throws std::runtime_error naming the one that is not « +32 Belgique ».
std::vector<domain::PhoneCountry> declared_countries(const web::Settings& settings);

// Where a number may be, for the hint and for the refusal: « de France ou d’outre-mer », and the declared countries.
std::string allowed_places(const std::vector<domain::PhoneCountry>& declared);

// The demand, or a sentence per fault in `errors`. Only the form is looked at: whether the data are the elector's is
// asked later, once, and counted.
std::optional<Demand> read_demand(const Typed& typed, bool asks_defi, const std::vector<domain::PhoneCountry>& declared,
                                  web::FormErrors& errors);
// The same for a temporary code, to a number or to an address that is not `own_address`: who reads that mailbox can have had his link there.
std::optional<Demand> read_temporary_demand(const Typed& typed, std::string_view own_address,
                                            const std::vector<domain::PhoneCountry>& declared, web::FormErrors& errors);

// The last four digits: all that is kept of it.
std::string phone_end(std::string_view e164);
// « au numéro se terminant par 5678 », « à l’adresse z…@exemple.fr ».
std::string destination_words(const Destination& to);

}  // namespace reassort
