// SPDX-License-Identifier: AGPL-3.0-or-later
// Where people are let in: by the form of sign-in, or in their turn by the line before it.
#pragma once

#include "account/entry_ticket.hpp"
#include "account/keys.hpp"
#include "account/spray_watch.hpp"
#include "web/effort.hpp"
#include "web/handler.hpp"
#include "web/waiting_line.hpp"

namespace account {

// Of the whole process.
struct Door {
    static constexpr double k_first_rate = 20;  // sign-ins a second, until some were counted
    web::WaitingLine line{k_first_rate};
    SprayWatch spray;
    web::Effort effort;
};

// The ticket that this browser holds, and what was typed; nothing for one that was used.
std::optional<SignInEntry> entry_of(const web::Request& request, const web::Env& env, const Keys& keys, const Door& door);

// Lets in, refuses, or gives a place in the line.
web::Answer knock(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry,
                  bool has_ticket);
web::Answer wait_in_line(web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry);

}  // namespace account
