// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/local_time.hpp"
#include "vote/pages.hpp"

namespace vote {

// The reference is not here and cannot be: nothing in the house leads from an elector to a ballot.
web::Response accuse_page(const MyScrutin& scrutin) {
    return web::Response::page("vote/accuse", {{"title", "Vous avez voté"},
                                               {"back", {{"href", "/vote"}, {"label", "Mes scrutins"}}},
                                               {"scrutin_title", scrutin.title},
                                               {"voted_when", domain::paris_full(*scrutin.voted_at)},
                                               {"urne_href", "/urne/" + scrutin.code}});
}

Answer show_accuse(const web::Request& request, web::Env& env, Context&) {
    const auto scrutin = my_scrutin(env.db, voter_of(env), request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "not on the roll");
    if (!scrutin->voted_at) return web::Response::redirect("/vote");
    return accuse_page(*scrutin);
}

}  // namespace vote
