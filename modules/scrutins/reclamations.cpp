// SPDX-License-Identifier: AGPL-3.0-or-later
// The elector's réclamations and each one's state and answer.
#include "domain/local_time.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/reclamation_form.hpp"
#include "scrutins/reclamation_page.hpp"
#include "util/text.hpp"
#include "web/paragraphs.hpp"

namespace scrutins {
namespace {

std::string_view badge_of_state(std::string_view state) {
    if (state == "acceptee") return "success";
    if (state == "rejetee") return "error";
    return "info";
}

util::Json reclamation_view(const Reclamation& reclamation, const domain::Place* place) {
    return {
        {"number", reclamation.number},
        {"object", object_label(reclamation.object)},
        {"has_scrutin", !reclamation.scrutin_title.empty()},
        {"scrutin_title", reclamation.scrutin_title},
        {"created_at", domain::full_for(place, reclamation.created_at)},
        {"badge", {{"label", state_label(reclamation.state)}, {"kind", badge_of_state(reclamation.state)}}},
        {"has_answer", !reclamation.answer.empty()},
        {"answer", web::paragraphs(reclamation.answer)},
        {"answered_at", reclamation.answered_at ? domain::full_for(place, *reclamation.answered_at) : std::string()},
        {"body", web::paragraphs(reclamation.body)},
    };
}

}  // namespace

// 200.
Answer show_reclamations(const web::Request&, web::Env& env) {
    util::Json mine = util::Json::array();
    for (const auto& reclamation : my_reclamations(env.db, *env.session.voter))
        mine.push_back(reclamation_view(reclamation, env.session.place));
    util::Json view{{"title", "Mes réclamations"},
                    {"back", back_link("/espace", "Mon espace électeur")},
                    {"has_reclamations", !mine.empty()},
                    {"reclamations", std::move(mine)},
                    {"is_open", env.calendar.is_reclamation_open(env.now)},
                    {"closes_at", domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::reclamations_close))}};
    put_reclamation_period(view, env);
    web::put_assistance(view, env.session);
    return web::Response::page("scrutins/reclamations", std::move(view));
}

web::Response reclamation_page(const Reclamation& mine, const web::FormErrors& errors, web::Env& env) {
    util::Json view = reclamation_view(mine, env.session.place);
    view["title"] = "Réclamation " + mine.number;
    view["back"] = back_link("/reclamations", "Mes réclamations");
    // The page shows the newest answer by itself; here are the steps, and answers that were replaced.
    const auto steps = steps_of(env.db, mine.number);
    view["steps"] = util::Json::array();
    for (const auto& step : steps) {
        const bool is_replaced = !step.answer.empty() && &step != &steps.back();
        view["steps"].push_back({{"label", util::capitalised(state_label(step.state))},
                                 {"at", domain::full_for(env.session.place, step.at)},
                                 {"was_replaced", is_replaced},
                                 {"answer", web::paragraphs(is_replaced ? step.answer : std::string())}});
    }
    view["is_pending"] = is_pending(mine);
    view["email"] = env.session.voter_email;
    put_attachments(view, mine, errors, env);
    errors.put_into(view);
    return web::Response::page("scrutins/reclamation", std::move(view), errors.empty() ? 200 : 400);
}

// 200; 404 if it is not the elector's.
Answer show_reclamation(const web::Request& request, web::Env& env) {
    const auto mine = my_reclamation(env.db, *env.session.voter, request.param("number"));
    if (!mine) return util::failure(util::Fault::not_found, "reclamation");
    return reclamation_page(*mine, {}, env);
}

}  // namespace scrutins
