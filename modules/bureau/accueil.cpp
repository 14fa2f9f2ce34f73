// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk's first page: who I am here, the counters of my bureaux' scrutins, the académies whose people I answer.
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "domain/figures.hpp"
#include "domain/local_time.hpp"

namespace bureau {

namespace {

util::Json scrutin_rows(web::Env& env, Memory& memory, std::string_view bureau) {
    util::Json rows = util::Json::array();
    for (const auto& scrutin : watched_scrutins(env.db, bureau)) {
        const auto counters = scrutin_counters(env.db, scrutin.id);
        const auto enrolled = enrolled_in(env, memory, scrutin.id);
        rows.push_back({{"code", scrutin.code},
                        {"title", scrutin.title},
                        {"state", label_of_state(scrutin.state)},
                        {"enrolled", number(enrolled)},
                        {"emargements", number(counters.emargements)},
                        {"ballots", number(counters.ballots)},
                        {"differs", counters.emargements != counters.ballots},
                        {"share", domain::percent(counters.emargements, enrolled)},
                        {"bar", domain::bar_length(counters.emargements, enrolled)}});
    }
    return rows;
}

// A candidature by its number.
std::string place_of(const Membership& role, const web::Election& election) {
    if (role.role == domain::DeskRole::delegue_liste) return "candidature n°\u00a0" + role.place;
    const auto academie = election.assistance.find(role.place);
    return academie == election.assistance.end() ? role.place : academie->second.academie;
}

}  // namespace

// 200.
Answer show_accueil(const web::Request&, web::Env& env, const Desk& desk, Memory& memory) {
    util::Json roles = util::Json::array(), bureaux = util::Json::array();
    for (const auto& role : desk.roles)
        roles.push_back(
            {{"label", domain::label_of(role.role)}, {"place", place_of(role, env.election)}, {"number", std::to_string(role.id)}});
    for (const auto& bureau : desk.places(domain::DeskRight::counters)) {
        auto rows = scrutin_rows(env, memory, bureau);
        bureaux.push_back({{"name", bureau}, {"has_scrutins", !rows.empty()}, {"scrutins", std::move(rows)}});
    }
    return web::Response::page("bureau/accueil", {{"title", "Bureau en ligne"},
                                                  {"until", domain::paris_time(desk.until)},
                                                  {"roles", std::move(roles)},
                                                  {"has_academies", !desk.places(domain::DeskRight::assistance).empty()},
                                                  {"has_rolls", !desk.places(domain::DeskRight::roll).empty()},
                                                  {"has_candidatures", !desk.places(domain::DeskRight::deposit).empty()},
                                                  {"has_bureaux", !bureaux.empty()},
                                                  {"has_daily_mail", has_daily_mail(env.db, env.session.voter_email)},
                                                  {"bureaux", std::move(bureaux)}});
}

// 303 to the desk's page; 404 to who sits at no bureau de vote: there is nothing to write to him.
Answer take_courriel(const web::Request& request, web::Env& env, const Desk& desk) {
    if (desk.places(domain::DeskRight::counters).empty()) return util::failure(util::Fault::not_found, "daily mail");
    ask_daily_mail(env.db, env.session.voter_email, !request.field("chaque_jour").empty());
    return web::Response::redirect("/bureau");
}

}  // namespace bureau
