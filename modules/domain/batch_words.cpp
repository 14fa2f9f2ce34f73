// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/batch_words.hpp"

namespace domain {

namespace {

std::string every_words(std::chrono::seconds every) {
    const auto count = every.count();
    if (count % 3600 == 0) return count == 3600 ? "toutes les heures" : "toutes les " + std::to_string(count / 3600) + " heures";
    if (count % 60 == 0) return count == 60 ? "toutes les minutes" : "toutes les " + std::to_string(count / 60) + " minutes";
    return "toutes les " + std::to_string(count) + " secondes";
}

}  // namespace

std::string batch_words(unsigned minimum, std::chrono::seconds every) {
    return (minimum > 1 ? "par groupes d’au moins " + std::to_string(minimum) + ", " : "") + every_words(every);
}

}  // namespace domain
