// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    scrutinctl - the election office's command line

SYNOPSIS
    scrutinctl [--config FILE] [--secrets DIR] COMMAND [ARGUMENTS]
    scrutinctl --help | scrutinctl COMMAND --help

DESCRIPTION
    Makes an election from files, seals it, opens and closes its scrutins, counts, proclaims and exports it. It alone moves the
    state of a scrutin, and forward only. Each act says what it does, shows progress when long, may be run twice without harm,
    and leaves one entry in the hash-chained audit log. Screens are French, for the officers; README-import.md has the files' form.

SECURITY
    Run by hand by an officer, as the system user portail-scrutinctl. Rights: sql/grants/scrutinctl.sql; it can read the urne's
    ballots and cannot add, change or remove one, nor an émargement; it reads no password, escrow, message nor session. Holders' keys are made, kept and used on the holders' machines by
    the `trustee` commands, which need no database; here, `decrypt` and `trustee demo-ceremony` serve demonstrations only.
    Codes de vote exist once, in the notices file that `seal` writes with mode 0600.
    Secrets: numen_pepper, escrow_public_key, binding_key, receipt_public_key, log_public_key; db_password in development.
    Trusts its files' bytes as little as a page trusts a form: everything imported is checked.

CONFIGURATION
    portail.toml, see modules/web/settings.hpp. Default: /etc/portail/portail.toml, and the secrets of $CREDENTIALS_DIRECTORY.

DIAGNOSTICS
    Exit status: 0 done; 1 refused by the election's rules or by the disk, or not complete (verify: a check failed); 2 no archive (verify);
    64 usage; 65 bad data; 69 no database; 70 internal; 77 wrong passphrase (trustee).

SEE ALSO
    modules/scrutinctl/README-import.md, README-ceremonie.md (the holders' keys), tests/cli/election.sh (a whole election, command
    by command), tests/cli/ceremony.sh (a whole ceremony and the count away from the server)
*/
#include <cstdlib>
#include <iostream>

#include "scrutinctl/command.hpp"
#include "scrutinctl/small_file.hpp"

namespace {

int exit_code_of(util::Fault fault) {
    switch (fault) {
        case util::Fault::invalid: return 65;
        case util::Fault::not_found: return 65;
        case util::Fault::unavailable: return 69;
        case util::Fault::throttled: return 77;
        default: return 1;
    }
}

int usage_error(const std::string& sentence) {
    std::cerr << "scrutinctl : " << sentence << "\n« scrutinctl --help » donne la liste des commandes.\n";
    return 64;
}

// The command named by the first one or two words, and how many words that took.
std::pair<const scrutinctl::Command*, std::size_t> find_command(const std::vector<std::string>& words) {
    for (const std::size_t length : {2U, 1U}) {
        if (words.size() < length) continue;
        const std::string name = length == 2 ? words[0] + " " + words[1] : words[0];
        for (const scrutinctl::Command& command : scrutinctl::commands()) {
            if (command.name == name) return {&command, length};
        }
    }
    return {nullptr, 0};
}

}  // namespace

int main(int argc, char** argv) {
    const char* const credentials = std::getenv("CREDENTIALS_DIRECTORY");
    std::string config = "/etc/portail/portail.toml";
    std::string secrets = credentials != nullptr ? credentials : "/etc/portail/secrets/scrutinctl";
    std::vector<std::string> words(argv + 1, argv + argc);
    while (words.size() >= 2 && (words[0] == "--config" || words[0] == "--secrets")) {
        (words[0] == "--config" ? config : secrets) = words[1];
        words.erase(words.begin(), words.begin() + 2);
    }
    if (words.empty() || words[0] == "--help" || words[0] == "help") {
        std::cout << scrutinctl::usage();
        return words.empty() ? 64 : 0;
    }
    const auto [command, length] = find_command(words);
    if (command == nullptr) {
        const std::string family = scrutinctl::family_usage(words[0]);
        if (family.empty()) return usage_error("commande inconnue : " + words[0]);
        const bool asked = words.size() == 2 && words[1] == "--help";
        (asked ? std::cout : std::cerr) << family;
        return asked ? 0 : 64;
    }
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(length));
    for (const std::string& word : words) {
        if (word == "--help") {
            std::cout << scrutinctl::usage_of(*command);
            return 0;
        }
    }
    const auto arguments = scrutinctl::read_arguments(*command, words);
    if (!arguments) return usage_error(std::string(command->name) + " : " + arguments.error().detail);

    scrutinctl::Office office(config, secrets);
    try {
        const util::Status done = command->run(office, *arguments);
        if (done) return 0;
        std::cerr << "scrutinctl " << command->name << " : " << done.error().detail << "\n";
        if (command->name == "verify" && done.error().fault == util::Fault::not_found) return 2;
        return exit_code_of(done.error().fault);
    } catch (const db::Error& error) {
        std::cerr << "scrutinctl " << command->name << " : la base de données a refusé : " << error.what() << "\n";
        return error.is_connection_lost() ? 69 : 70;
    } catch (const std::system_error& error) {
        std::cerr << "scrutinctl " << command->name << " : " << scrutinctl::disk_trouble(error) << "\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << "scrutinctl " << command->name << " : " << error.what() << "\n";
        return 70;
    }
}
