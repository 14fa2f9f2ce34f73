// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of a command line told apart by CLI11, a header so large that this file alone includes it.
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/sentence.hpp"
#include "util/text.hpp"

namespace cli {

namespace {

// What is no option of ours keeps its kind: a word, or something that looks like an option.
class Line : public CLI::App {
public:
    explicit Line(const std::vector<Option>& options) {
        set_help_flag();
        allow_extras();
        for (const Option& option : options) {
            auto* const one = option.value.empty() ? add_flag(std::string(option.name)) : add_option(std::string(option.name));
            one->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        }
    }
    const missing_t& others() const { return missing_; }
};

// What of the words would be taken for something else without a word: CLI11 ends the line at « ++ », takes the next word as the value
// of `--name=`, and lets a flag have one. Empty: nothing.
std::string fault_of(const std::vector<Option>& options, const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i] == "++") return "argument en trop : ++";
        const std::size_t equals = words[i].find('=');
        const bool has_value = equals != std::string::npos;
        const std::string name = words[i].substr(0, equals);
        const auto option = std::find_if(options.begin(), options.end(), [&](const Option& one) { return one.name == name; });
        if (option == options.end()) continue;
        if (option->value.empty() && has_value) return name + " ne prend pas de valeur";
        if (option->value.empty()) continue;
        if (has_value ? equals + 1 == words[i].size() : ++i == words.size())
            return name + " attend une valeur : " + std::string(option->value);
    }
    return "";
}

}  // namespace

util::Result<Arguments> read_arguments(const Command& command, const std::vector<std::string>& words) {
    if (const std::string fault = fault_of(command.options, words); !fault.empty()) return bad_input(fault);
    Line line(command.options);
    try {
        line.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // it takes them from the end
    } catch (const CLI::ParseError& error) {
        return bad_input(error.what());
    }
    Arguments arguments;
    for (const Option& option : command.options)
        for (const std::string& value : line.get_option(std::string(option.name))->results())
            arguments.options.emplace(option.name, option.value.empty() ? "" : value);
    bool options_ended = false;
    for (const auto& [kind, word] : line.others()) {
        if (kind == CLI::detail::Classifier::POSITIONAL_MARK) options_ended = true;
        else if (!options_ended && word.size() > 1 && word[0] == '-')
            return bad_input("option inconnue : " + word.substr(0, word.find('=')));
        else arguments.positional.push_back(word);
    }
    const std::vector<std::string> wanted =
        command.arguments.empty() ? std::vector<std::string>() : util::split(command.arguments, ' ');
    const std::size_t given = arguments.positional.size();
    if (given < wanted.size()) return bad_input("il manque : " + wanted[given]);
    if (given > wanted.size() && !command.arguments.ends_with("…"))
        return bad_input("argument en trop : " + arguments.positional[wanted.size()]);
    return arguments;
}

}  // namespace cli
