// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/command.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "util/text.hpp"

namespace scrutinctl {

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

const web::Settings& Office::settings() {
    if (!settings_) settings_ = web::Settings::load(config_, secrets_, "scrutinctl");
    return *settings_;
}

db::Connection& Office::db() {
    if (!db_) {
        db::Settings database = settings().database;
        database.read_timeout_seconds = 3600;  // rolls of a million lines
        db_ = std::make_unique<db::Connection>(std::move(database));
    }
    return *db_;
}

const std::string& Office::actor() {
    if (actor_.empty()) {
        const passwd* const entry = getpwuid(getuid());
        const char* const sudo = std::getenv("SUDO_USER");
        actor_ = entry != nullptr && getuid() != 0 ? entry->pw_name : sudo != nullptr ? sudo : "root";
        std::replace(actor_.begin(), actor_.end(), '|', '_');  // the chain's separator
        actor_.resize(std::min<std::size_t>(actor_.size(), 80));
    }
    return actor_;
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

std::string usage_of(const Command& command) {
    std::string text = "scrutinctl " + std::string(command.name);
    if (!command.arguments.empty()) text.append(" ").append(command.arguments);
    for (const Option& option : command.options) {
        text.append(" [").append(option.name);
        if (!option.value.empty()) text.append(" ").append(option.value);
        text += "]";
    }
    text.append("\n\n").append(command.manual).append("\n");
    if (!command.options.empty()) text += "\n";
    for (const Option& option : command.options) {
        text.append("  ").append(option.name);
        if (!option.value.empty()) text.append(" ").append(option.value);
        text.append("\n      ").append(option.help).append("\n");
    }
    return text;
}

namespace {
std::string row_of(const Command& command) {
    std::string name = "  " + std::string(command.name);
    name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
    return name.append(command.help).append("\n");
}
}  // namespace

std::string family_usage(std::string_view word) {
    std::string rows;
    for (const Command& command : commands())
        if (command.name.starts_with(std::string(word) + " ")) rows += row_of(command);
    if (rows.empty()) return "";
    return "scrutinctl " + std::string(word) + " COMMANDE [ARGUMENTS] ; « scrutinctl " + std::string(word) +
           " COMMANDE --help » dit ce que fait une commande.\n\n" + rows;
}

std::string usage() {
    std::string text =
        "scrutinctl [--config FICHIER] [--secrets DOSSIER] COMMANDE [ARGUMENTS]\n\n"
        "L’outil du bureau des élections. « scrutinctl COMMANDE --help » dit ce que fait une commande.\n\n";
    for (const Command& command : commands()) text += row_of(command);
    text +=
        "\nÉtats d’un scrutin : draft → published → sealed → open → closed → tallied → proclaimed → archived, vers l’avant seulement.\n"
        "Codes de retour : 0 fait ; 1 refusé par les règles ou incomplet ; 2 pas d’archive à lire (verify) ; 64 commande mal\n"
        "écrite ; 65 données refusées ; 69 base de données absente ; 70 erreur interne ; 77 phrase de passe refusée.\n";
    return text;
}

}  // namespace scrutinctl
