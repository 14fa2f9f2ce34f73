// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/public_number.hpp"

#include "domain/voting_code.hpp"
#include "util/random.hpp"

namespace domain {

std::string make_public_number(char letter) {
    std::string number{letter};
    for (int i = 0; i < 8; ++i) {
        if (i % 4 == 0) number += '-';
        number += k_code_alphabet[util::random_below(k_code_alphabet.size())];
    }
    return number;
}

std::uint64_t random_message_number() {
    return std::uint64_t{util::random_below(1U << 16)} << 32 | (1 + util::random_below(0xffffffffU));
}

}  // namespace domain
