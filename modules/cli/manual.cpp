// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/manual.hpp"

#include <algorithm>
#include <map>

#include "util/text.hpp"

namespace cli {

namespace {

// A text that roff shows as it is: no escape, no request at the start of a line, no dash that would not be found again.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if ((out.empty() || out.back() == '\n') && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else out += c;
    }
    return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string synopsis(const Option& option) { return bold(option.name) + (option.value.empty() ? "" : " " + italic(option.value)); }

std::string options_of(const std::vector<Option>& options) {
    std::string text;
    for (const Option& option : options) text += ".TP\n" + synopsis(option) + "\n" + roff(option.help) + ".\n";
    return text;
}

std::string command_section(const Program& program, const Command& command) {
    std::string text = ".SS " + roff(command.name + (command.arguments.empty() ? "" : " " + std::string(command.arguments))) + "\n";
    if (command.name == program.otherwise) text += "Le mot " + bold(command.name) + " peut être omis.\n.PP\n";
    return text + roff(command.help) + ".\n.PP\n" + roff(command.manual) + "\n" + options_of(command.options);
}

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::vector<std::string> names_of(const std::vector<Option>& options, bool with_value_only) {
    std::vector<std::string> names;
    for (const Option& option : options)
        if (!with_value_only || !option.value.empty()) names.emplace_back(option.name);
    return names;
}

// One line of the script's table: what may follow these words, commands before options, and which options take a value. Where options
// alone are offered, files are too.
std::string completion_row(const std::string& words, const std::vector<std::string>& offered,
                           const std::vector<std::string>& valued) {
    return "    '" + words + "') offered='" + joined(offered) + "' valued='" + joined(valued) + "' ;;\n";
}

}  // namespace

std::string man_page(const Program& program, std::string_view section) {
    std::string title(program.name);
    std::transform(title.begin(), title.end(), title.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    std::string text = ".\\\" Made by « " + std::string(program.name) + " --man » from its table of commands.\n.TH " + title + " " +
                       roff(section) + " \"\" portail \"Portail de vote\"\n.nh\n.SH NOM\n" + std::string(program.name) + " \\- " +
                       roff(program.heading) + "\n.SH SYNOPSIS\n" + bold(program.name);
    for (const Option& option : program.options) text += " [" + synopsis(option) + "]";
    text += " " + italic("COMMANDE") + " [" + italic("ARGUMENTS") + "]\n";
    for (const Command& command : program.commands)
        if (command.name == program.otherwise)
            text += ".PP\n" + bold(program.name) + " " + italic(command.arguments) + " [" + italic("OPTIONS") + "]\n";
    if (!program.options.empty()) text += ".SH OPTIONS\n" + options_of(program.options);
    text += ".SH COMMANDES\n" + bold("--help") + " après une commande dit la même chose que cette page.\n";
    for (const Command& command : program.commands) text += command_section(program, command);
    return text + ".SH NOTES\n" + roff(program.closing);
}

std::string bash_completion(const Program& program) {
    const std::string name(program.name);
    std::string function = "_" + name;
    std::replace(function.begin(), function.end(), '-', '_');
    std::vector<std::string> first, valued = names_of(program.options, true);
    std::map<std::string, std::vector<std::string>> seconds;
    std::string rows, otherwise;
    for (const Command& command : program.commands) {
        const std::size_t space = command.name.find(' ');
        const std::string word = command.name.substr(0, space);
        if (command.name != program.otherwise && std::find(first.begin(), first.end(), word) == first.end()) first.push_back(word);
        if (space != std::string::npos) seconds[word].push_back(command.name.substr(space + 1));
        std::vector<std::string> offered = names_of(command.options, false);
        offered.emplace_back("--help");
        rows += completion_row(command.name, offered, names_of(command.options, true));
        if (command.name != program.otherwise) continue;
        first.insert(first.end(), offered.begin(), offered.end() - 1);
        for (const std::string& one : names_of(command.options, true)) valued.push_back(one);
        otherwise = "    *) offered='" + joined(offered) + "' valued='" + joined(names_of(command.options, true)) + "' ;;\n";
    }
    for (const Option& option : program.options) first.emplace_back(option.name);
    first.emplace_back("--help");
    for (const auto& [word, second] : seconds) rows += completion_row(word, second, {});
    rows += completion_row("", first, valued) + otherwise;
    std::string before, family;
    for (const std::string& one : names_of(program.options, true)) before += (before.empty() ? "" : "|") + one;
    if (!before.empty()) before += ") ((i++)) ;;\n    ";
    for (const auto& [word, second] : seconds) family += (family.empty() ? "" : "|") + word;
    if (!family.empty())
        family += ") named=${COMP_WORDS[i]}; ((i + 1 < COMP_CWORD)) && named+=\" ${COMP_WORDS[i + 1]}\"; break ;;\n    ";
    return "# Completion of " + name + " for bash, made by « " + name + " --completion bash » from its table of commands.\n" +
           function + R"(() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} named='' offered='' valued='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
    )" + before +
           family + R"(-*) break ;;
    *) named=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $named in
)" + rows + R"(  esac
  COMPREPLY=()
  # Nothing offered: readline goes on with names of files.
  case " $valued " in *" $previous "*) return ;; esac
  case $offered in --*) [[ $current == -* ]] || return ;; esac
  mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
}
complete -o default -F )" +
           function + " " + name + "\n";
}

}  // namespace cli
