// SPDX-License-Identifier: AGPL-3.0-or-later
// « Qui vote où ? »: the public table, the same for everybody.
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_qui_vote_ou(const web::Request&, web::Env&, const Texts& texts) {
    util::Json view = texts.who_votes_where;
    view["title"] = "Qui vote où ?";
    view["back"] = {{"href", "/aide"}, {"label", "Aide"}};
    return web::Response::shared_page("account/qui_vote_ou", std::move(view));
}

}  // namespace account
