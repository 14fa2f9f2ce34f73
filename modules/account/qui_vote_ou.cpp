// SPDX-License-Identifier: AGPL-3.0-or-later
// « Qui vote où ? »: the public table, the same for everybody, made of the rules that made the rolls.
#include "account/pages.hpp"
#include "account/store.hpp"
#include "account/who_votes_where.hpp"

namespace account {

// 200.
Answer show_qui_vote_ou(const web::Request&, web::Env& env) {
    return web::Response::kept_page("account/qui_vote_ou", "", [&env] {
        util::Json view = who_votes_where(store::list_rules(env.db));
        view["title"] = "Qui vote où ?";
        view["back"] = {{"href", "/aide"}, {"label", "Aide"}};
        return view;
    });
}

}  // namespace account
