// SPDX-License-Identifier: AGPL-3.0-or-later
// What a browser keeps while its person waits to be let in: the place in the line and what was typed, sealed for this portal and bound to the
// browser's session. Nobody else reads the password in it; without that session it is worth nothing, and it lets in once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"
#include "web/session.hpp"
#include "web/waiting_line.hpp"

namespace account {

inline constexpr std::string_view k_entry_cookie = "__Host-portail-file", k_line_page = "/connexion/attente";

struct SignInEntry {
    web::WaitingLine::Ticket ticket;
    std::string address, password, next;  // as typed
    web::Machine machine = web::Machine::own;
};

// A cookie's value. Nothing if what was typed is too long for one.
std::optional<std::string> seal_entry(std::string_view pepper, std::string_view session_id, const SignInEntry& entry);
// Nothing for any value that is not one of ours for this session, or is too old.
std::optional<SignInEntry> open_entry(std::string_view pepper, std::string_view session_id, std::string_view cookie,
                                      util::Instant now);

}  // namespace account
