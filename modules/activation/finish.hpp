// SPDX-License-Identifier: AGPL-3.0-or-later
// The journey's ends: the account is created or its password replaced, the owner is told, the elector is signed in with
// a new session identifier and lands on « Mon espace électeur » with a word of success, or, where a question défi is asked once the password is
// kept, on its page.
#pragma once

#include <optional>
#include <string>

#include "activation/journey.hpp"
#include "activation/keys.hpp"
#include "web/env.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace activation {

struct Defi {
    std::string question, answer_hash;
};

inline constexpr const char* k_question_page = "/portail/question-defi.htm";

// Nothing if the elector got an account, was struck off or disappeared meanwhile: the journey is void.
std::optional<web::Response> create_account(web::Env& env, const Keys& keys, const web::Request& request, const Journey& journey,
                                            const std::optional<Defi>& defi);
// « ACCÈS SANS ACTIVATION »: signed in once, nothing kept.
std::optional<web::Response> enter_without_account(web::Env& env, const Keys& keys, const web::Request& request,
                                                   const Journey& journey);
// The answer of who is signed in and has chosen his password. False if he has a question already.
bool keep_question(web::Env& env, web::Response& response, domain::VoterId voter, const Defi& defi);
// After a reset link: the other connections are closed. Nothing as above.
std::optional<web::Response> replace_password(web::Env& env, const Keys& keys, const web::Request& request, const Journey& journey);

// Argon2id of a password or of a défi answer, in the pool. Nothing when the pool is full.
std::optional<std::string> hash_in_pool(web::Env& env, const Keys& keys, std::string_view secret);

}  // namespace activation
