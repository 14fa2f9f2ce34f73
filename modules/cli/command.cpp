// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/command.hpp"

#include <algorithm>
#include <charconv>

#include "cli/sentence.hpp"
#include "util/text.hpp"

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
        case util::Fault::throttled: return 77;
        default: return 1;
    }
}

util::Result<Arguments> read_arguments(const Command& command, const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].size() > 1 && words[i][0] == '-' && words[i][1] != '-') return bad_input("option inconnue : " + words[i]);
        if (!words[i].starts_with("--")) {
            arguments.positional.push_back(words[i]);
            continue;
        }
        std::string name = words[i];
        std::optional<std::string> value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const auto option = std::find_if(command.options.begin(), command.options.end(),
                                         [&](const Option& candidate) { return candidate.name == name; });
        if (option == command.options.end()) return bad_input("option inconnue : " + name);
        if (option->value.empty() && value) return bad_input(name + " ne prend pas de valeur");
        if (!option->value.empty() && !value) {
            if (i + 1 == words.size()) return bad_input(name + " attend une valeur : " + std::string(option->value));
            value = words[++i];
        }
        arguments.options.emplace(name, value.value_or(""));
    }
    const std::vector<std::string> wanted =
        command.arguments.empty() ? std::vector<std::string>() : util::split(command.arguments, ' ');
    const bool open_end = command.arguments.ends_with("…");
    const std::size_t given = arguments.positional.size();
    if (given < wanted.size()) return bad_input("il manque : " + wanted[given]);
    if (given > wanted.size() && !open_end) return bad_input("argument en trop : " + arguments.positional[wanted.size()]);
    return arguments;
}

}  // namespace cli
