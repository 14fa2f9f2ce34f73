// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is at the desk: the gate that every page of it stands behind, and the acts that it leaves in the office's journal.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bureau/factor_box.hpp"
#include "bureau/store.hpp"
#include "domain/desk.hpp"
#include "web/env.hpp"
#include "web/route.hpp"

namespace bureau {

// A member whose second factor was given in this connection. His roles are those of this very moment.
struct Desk {
    std::vector<Membership> roles;
    util::Instant until{};  // when the second factor is asked again

    // The role by which he may do this there; null: he may not.
    const Membership* role_for(domain::DeskRight right, std::string_view place) const;
    // Bureaux, or académies, where he may do it; sorted, each once.
    std::vector<std::string> places(domain::DeskRight right) const;
};

using DeskHandler = std::function<web::Answer(const web::Request&, web::Env&, const Desk&)>;

// 404 to who is no member, as for what does not exist; 303 to /bureau/code where the second factor is missing or too old.
web::Handler at_desk(DeskHandler handler);
// The same without the second factor: for the pages that take it. 303 to /bureau where it is given already.
web::Handler at_door(DeskHandler handler);

// A journal entry « desk-… » of this member, in the caller's transaction; `detail` names no elector.
void record(web::Env& env, const Membership& by, std::string_view act, std::string_view detail);
// The same in one of its own.
void record_alone(web::Env& env, const Membership& by, std::string_view act, std::string_view detail);

}  // namespace bureau
