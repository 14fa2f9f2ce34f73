// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a holder's passphrase comes from: the terminal, without echo, or a file that only its owner reads (which may be
// /dev/fd/N, for a hardware token). Never the command line, never the environment. Failures are sentences for the holder.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "util/secret.hpp"

namespace cli {

inline constexpr std::size_t k_least_passphrase = 16;  // characters

// The passphrase given opens nothing: exit status 77, with the sentence. Thrown, since no step can go on without the secret; cli::run
// alone catches it.
struct WrongPassphrase : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The row of every command that takes one.
inline const Option k_passphrase_option{"--passphrase-file", "FICHIER",
                                        "première ligne d’un fichier lisible de vous seul ; sans elle, demandée au clavier"};

// An existing passphrase. `question`: « Phrase de passe du porteur 2 ».
util::Result<util::SecretText> ask_passphrase(const Arguments& arguments, std::string_view question,
                                              std::string_view option = "--passphrase-file");

// A new one: says what a good one is, asks twice, refuses a poor one.
util::Result<util::SecretText> choose_passphrase(const Arguments& arguments, std::string_view question,
                                                 std::string_view option = "--passphrase-file");

// What is wrong with it, or nothing to say.
std::string passphrase_fault(std::string_view passphrase);

// A word typed at the terminal after `question`; refused when there is no terminal, with `without` as the sentence.
util::Result<std::string> ask_line(std::string_view question, std::string_view without);

}  // namespace cli
