// SPDX-License-Identifier: AGPL-3.0-or-later
// What a step of the ceremony says to the person who runs it: whose step, what was checked, which files were made and for
// whom, what comes next. Also the French for the protocol's refusals, and fingerprints that can be read aloud.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "crypto/trustees/refusal.hpp"
#include "trustee/ceremony_folder.hpp"

namespace trustee {

// « K7QM 2XPA … »: 8 groups of 4 symbols of the codes de vote's alphabet (158 bits of SHA-256), for reading aloud.
std::string spoken_fingerprint(std::string_view text);
// The same, however it was typed: case, spaces and hyphens are forgiven.
bool is_same_fingerprint(std::string_view typed, std::string_view spoken);

// A refusal of crypto::ceremony in French, with the holder's name.
std::string in_french(const Opening& opening, const crypto::Refusal& refusal);
// invalid: the sentence, after « contrôle refusé : ».
util::Failure ceremony_refused(const Opening& opening, const crypto::Refusal& refusal);

// « scrutin-trustee COMMAND PATH », fit to be copied into a shell.
std::string trustee_line(std::string_view command, const std::filesystem::path& path);

void say_heading(const Opening& opening, std::string_view step);
void say_checked(std::string_view sentence);
// A file made now, or found as it was made before.
void say_file(const std::filesystem::path& path, bool made_now, std::string_view advice);
void say_next(std::string_view sentence);

}  // namespace trustee
