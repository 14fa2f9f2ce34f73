// SPDX-License-Identifier: AGPL-3.0-or-later
// How the seats of a result were given, step by step, in words and figures that anybody can work out again: for the results page and the minutes.
#pragma once

#include <string>
#include <vector>

#include "domain/proclamation.hpp"
#include "domain/seal.hpp"

namespace domain {

struct SeatLine {
    std::string rule;  // « plus forte moyenne »
    std::string
        calculation;  // what each list has: « 1 : 150 000,00 ; 2 : 100 000,00 », cut after two decimals; « – »: no name is left to elect
    std::string takers;  // « 1 « Alizé » »; of the quotient « 1 : 2 ; 2 : 0 », the seats that it gives
    std::string after;   // « 1 : 2 ; 2 : 1 »: seats of each list once this step is done
};
// Empty where this seal, these votes and draws do not give the seats that the result has.
std::vector<SeatLine> seat_lines(const Proclamation& result, const Seal& seal);

// « 411 702 ÷ 2 = 205 851,00 »; empty without votes or seats.
std::string quotient_words(const Proclamation& result);

// Women, men, and those whose civility the sealed lists do not give, among the titulaires.
struct Shares {
    unsigned women = 0, men = 0, unsaid = 0;
};
Shares elected_shares(const Proclamation& result);

}  // namespace domain
