// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/command.hpp"

#include <algorithm>
#include <charconv>

#include "cli/sentence.hpp"

namespace cli {

std::optional<std::string> Arguments::get(std::string_view option) const {
    const auto found = options.find(option);
    if (found == options.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string> Arguments::all(std::string_view option) const {
    std::vector<std::string> values;
    const auto [first, last] = options.equal_range(option);
    for (auto at = first; at != last; ++at) values.push_back(at->second);
    return values;
}

util::Result<unsigned> Arguments::number(std::string_view option, unsigned fallback, unsigned least, unsigned most) const {
    const std::optional<std::string> text = get(option);
    if (!text) return fallback;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc() || end != text->data() + text->size() || value < least || value > most) {
        return bad_input(std::string(option) + " : un nombre entier de " + std::to_string(least) + " à " + std::to_string(most) +
                         " est attendu, « " + *text + " » reçu");
    }
    return value;
}

int exit_status_of(util::Fault fault) {
    switch (fault) {
        case util::Fault::invalid:
        case util::Fault::not_found: return 65;
        case util::Fault::unavailable: return 69;
        default: return 1;
    }
}

}  // namespace cli
