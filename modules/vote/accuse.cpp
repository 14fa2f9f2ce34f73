// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/receipt.hpp"
#include "domain/batch_words.hpp"
#include "domain/local_time.hpp"
#include "vote/pages.hpp"
#include "vote/receipt_paper.hpp"
#include "vote/refusal.hpp"

namespace vote {

// The reference is not here and cannot be: nothing in the house leads from an elector to a ballot.
web::Response accuse_page(const MyScrutin& scrutin, const web::Env& env) {
    return web::Response::page("vote/accuse", {{"title", "Vous avez voté"},
                                               {"back", {{"href", "/vote"}, {"label", "Mes scrutins"}}},
                                               {"scrutin_title", scrutin.title},
                                               {"voted_when", domain::full_for(env.session.place, *scrutin.voted_at)},
                                               {"rhythm", domain::batch_words(env.settings.log_minimum, env.settings.log_every)},
                                               {"urne_href", "/urne/" + scrutin.code}});
}

Answer show_accuse(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env, context, request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "not on the roll");
    if (!scrutin->voted_at) return web::Response::redirect("/vote");
    return accuse_page(*scrutin, env);
}

// The browser sends back the receipt that it was given: here alone, and nothing of it is kept. Whoever asks is the elector who cast it.
Answer give_receipt_paper(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env, context, request.param("code"));
    if (!scrutin) return refusal(util::Fault::not_found);
    auto receipt = crypto::read_receipt(request.field("preuve"));
    const std::string& key = context.sealed.receipt_key();
    if (!receipt || receipt->scrutin != scrutin->uuid || !crypto::is_signed(*receipt, key)) {
        return web::Response::json({{"error", "receipt"}, {"message", "Ce n’est pas la preuve d’un vote à ce scrutin."}}, 400);
    }
    return web::Response::document(make_receipt_paper({.election = env.election.title,
                                                       .scrutin = scrutin->title,
                                                       .scrutin_code = scrutin->code,
                                                       .base_url = env.settings.base_url,
                                                       .receipt_key = key,
                                                       .receipt = *std::move(receipt)}),
                                   "application/pdf", "preuve-de-vote-" + scrutin->code + ".pdf");
}

}  // namespace vote
