// SPDX-License-Identifier: AGPL-3.0-or-later
// Where people are let in: by the form of sign-in, or in their turn by the line before it.
#pragma once

#include "account/entry_budget.hpp"
#include "account/entry_ticket.hpp"
#include "account/keys.hpp"
#include "account/sign_in.hpp"
#include "account/spray_watch.hpp"
#include "web/effort.hpp"
#include "web/handler.hpp"
#include "web/waiting_line.hpp"

namespace account {

// Of the whole process.
struct Door {
    static constexpr double k_first_rate = 40;  // passwords a second, until some were counted
    const std::shared_ptr<web::WaitingLine> line = std::make_shared<web::WaitingLine>(k_first_rate);
    EntryBudget budget;
    SprayWatch spray;
    web::Effort effort;
};

// The ticket that this browser holds, and what was typed; nothing for one that was used.
std::optional<SignInEntry> entry_of(const web::Request& request, const web::Env& env, const Keys& keys, const Door& door);

// Tries at once if nobody waits, or takes a place in the line.
web::Answer knock(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry);
// Takes a place: 303 to the page of the line, or first the calculation that this network's tries cost. Fault::busy when nothing is left.
web::Answer wait_in_line(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry);
// What is tried, from which browser.
Try attempt_of(const web::Request& request, web::Env& env, const Keys& keys, const SignInEntry& entry);
// Lets in or refuses. `made`: what his turn of the line found.
web::Answer enter(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry,
                  const Try& attempt, const PasswordCheck* made = nullptr);

}  // namespace account
