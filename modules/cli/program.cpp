// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/program.hpp"

#include <algorithm>
#include <iostream>
#include <system_error>
#include <utility>

#include "cli/manual.hpp"
#include "cli/passphrase.hpp"
#include "cli/small_file.hpp"

namespace cli {

namespace {

std::string with_value(const Option& option) {
    std::string text(option.name);
    if (!option.value.empty()) text.append(" ").append(option.value);
    return text;
}

std::string row_of(const Command& command) {
    std::string name = "  " + command.name;
    name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
    return name.append(command.help).append("\n");
}

int usage_error(const Program& program, const std::string& sentence) {
    std::cerr << program.name << " : " << sentence << "\n« " << program.name << " --help » donne la liste des commandes.\n";
    return 64;
}

const Command* find_command(const Program& program, std::string_view name) {
    const auto row =
        std::find_if(program.commands.begin(), program.commands.end(), [&](const Command& c) { return c.name == name; });
    return row == program.commands.end() ? nullptr : &*row;
}

// The command named by the first one or two words, and how many words that took.
std::pair<const Command*, std::size_t> named_command(const Program& program, const std::vector<std::string>& words) {
    if (words.size() >= 2)
        if (const Command* command = find_command(program, words[0] + " " + words[1])) return {command, 2};
    if (const Command* command = find_command(program, words[0])) return {command, 1};
    if (program.otherwise.empty()) return {nullptr, 0};
    return {find_command(program, program.otherwise), 0};
}

// How the command is called: its name may be left out of the line when it is the one meant otherwise.
std::string called(const Program& program, const Command& command) {
    return std::string(program.name) + (command.name == program.otherwise ? "" : " " + command.name);
}

int run_command(const Program& program, const Command& command, const Arguments& arguments) {
    const std::string blame = called(program, command) + " : ";
    try {
        const util::Status done = command.run(arguments);
        if (done) return 0;
        std::cerr << blame << done.error().detail << "\n";
        return command.exit_status(done.error().fault);
    } catch (const WrongPassphrase& error) {
        std::cerr << blame << error.what() << "\n";
        return 77;
    } catch (const std::system_error& error) {
        std::cerr << blame << disk_trouble(error) << "\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << blame << error.what() << "\n";
        return 70;
    }
}

}  // namespace

std::string usage_of(const Program& program, const Command& command) {
    std::string text = called(program, command);
    if (!command.arguments.empty()) text.append(" ").append(command.arguments);
    for (const Option& option : command.options) text.append(" [").append(with_value(option)).append("]");
    text.append("\n\n").append(command.manual).append("\n");
    if (!command.options.empty()) text += "\n";
    for (const Option& option : command.options)
        text.append("  ").append(with_value(option)).append("\n      ").append(option.help).append("\n");
    return text;
}

std::string family_usage(const Program& program, std::string_view word) {
    std::string rows;
    for (const Command& command : program.commands)
        if (command.name.starts_with(std::string(word) + " ")) rows += row_of(command);
    if (rows.empty()) return "";
    const std::string family = std::string(program.name) + " " + std::string(word) + " COMMANDE ";
    return family + "[ARGUMENTS] ; « " + family + "--help » dit ce que fait une commande.\n\n" + rows;
}

std::string usage(const Program& program) {
    std::string text(program.name);
    for (const Option& option : program.options) text.append(" [").append(with_value(option)).append("]");
    text.append(" COMMANDE [ARGUMENTS]\n");
    if (const Command* otherwise = find_command(program, program.otherwise))
        text.append(program.name).append(" ").append(otherwise->arguments).append(" [OPTIONS]\n");
    text.append("\n").append(program.heading);
    text.append(" « ").append(program.name).append(" COMMANDE --help » dit ce que fait une commande.\n\n");
    for (const Command& command : program.commands) text += row_of(command);
    if (!program.closing.empty()) text.append("\n").append(program.closing);
    return text;
}

int run(const Program& program, int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    Arguments before;
    const auto is_option = [&](const std::string& word) {
        return std::any_of(program.options.begin(), program.options.end(),
                           [&](const Option& option) { return option.name == word; });
    };
    while (words.size() >= 2 && is_option(words[0])) {
        before.options.emplace(words[0], words[1]);
        words.erase(words.begin(), words.begin() + 2);
    }
    // What the build makes of the table, and installs.
    if (words.size() == 2 && words[0] == "--man") return std::cout << man_page(program, words[1]) << std::flush ? 0 : 1;
    if (words == std::vector<std::string>{"--completion", "bash"})
        return std::cout << bash_completion(program) << std::flush ? 0 : 1;
    if (words.empty() || words[0] == "--help" || words[0] == "help") {
        std::cout << usage(program);
        return words.empty() ? 64 : 0;
    }
    const auto [command, length] = named_command(program, words);
    if (command == nullptr) {
        const std::string family = family_usage(program, words[0]);
        if (family.empty()) return usage_error(program, "commande inconnue : " + words[0]);
        const bool asked = words.size() == 2 && words[1] == "--help";
        (asked ? std::cout : std::cerr) << family;
        return asked ? 0 : 64;
    }
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(length));
    if (std::find(words.begin(), words.end(), "--help") != words.end()) {
        std::cout << usage_of(program, *command);
        return 0;
    }
    const auto arguments = read_arguments(*command, words);
    if (!arguments) return usage_error(program, (length == 0 ? "" : command->name + " : ") + arguments.error().detail);
    if (program.prepare) program.prepare(before);
    return run_command(program, *command, *arguments);
}

}  // namespace cli
