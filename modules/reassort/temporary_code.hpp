// SPDX-License-Identifier: AGPL-3.0-or-later
// What a temporary code is, and what belongs to it under the worker's key. Pure functions: knows no SQL and no page.
// The code goes where its asker says, so it proves nothing of him: NUMEN, birth date and the answer to his question do. It makes each
// new code cost a message, leave a trace and take the time in which its owner reads the warning.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "util/clock.hpp"
#include "util/secret.hpp"

namespace reassort {

inline constexpr std::chrono::minutes k_temporary_lives{15};
inline constexpr std::chrono::seconds k_resend_after{60};
inline constexpr unsigned k_wrong_tries_allowed = 5;  // of a code; then another is asked for
inline constexpr unsigned k_temporaries_a_day = 6;    // per elector, in 24 hours

// Eight digits, by lot.
std::string make_temporary_code();
// « 1234 5678 »
std::string as_read(std::string_view temporary_code);
// The eight digits of what was typed (blanks and hyphens forgiven), or nothing.
std::optional<std::string> normalise_temporary_code(std::string_view typed);

// What the database keeps of a code: hex, worthless without the key, of this elector and this second only.
std::string check_of(const Keys& keys, domain::VoterId voter, util::Instant sent_at, std::string_view temporary_code);

// A destination as the database keeps it: for this worker's eyes and this elector's codes alone. Nothing if another wrote it.
std::string seal_destination(const Keys& keys, domain::VoterId voter, const Destination& to);
std::optional<Destination> open_destination(const Keys& keys, domain::VoterId voter, std::string_view sealed);

// The new code de vote that this form gets for this envelope: the same when it is sent again, because an answer may be lost. It is stored
// nowhere: the form's key (128 bits) is in the elector's browser alone, ours in this worker alone.
util::SecretText shown_code(const Keys& keys, domain::VoterId voter, unsigned generation, std::string_view form_key,
                            std::string_view temporary_code);

}  // namespace reassort
