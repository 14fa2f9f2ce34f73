// SPDX-License-Identifier: AGPL-3.0-or-later
// The view `site` that every template may use: the election, the edition's words, who is signed in, the form's tokens.
#pragma once

#include <string>
#include <string_view>

#include "domain/edition.hpp"
#include "util/json.hpp"
#include "web/election.hpp"
#include "web/settings.hpp"

namespace web {

class Env;

util::Json site_view(const Env& env, std::string_view page_title);

// 16 random bytes in hexadecimal, which tell one filling of a form from another: no secret, so each thread draws them for many pages at once.
std::string fresh_form_key();

// Where nobody is known to be signed in; `election` may be null.
util::Json site_view_without_session(std::string_view page_title, const Election* election, const Settings& settings,
                                     const domain::Edition& edition, std::string_view request_id);

}  // namespace web
