// SPDX-License-Identifier: AGPL-3.0-or-later
// The attendance, found by name and never listed. Each look is an entry of the journal, by whom and in which scrutin; the name stays out of it, and out of
// addresses.
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/store_turnout.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

constexpr unsigned k_looks_allowed = 60, k_looks_window = 3600, k_rows_shown = 20;
constexpr std::size_t k_least_letters = 3;
// U+10FFFF: no name holds it, so it ends every range in the column's binary order.
constexpr std::string_view k_last_letter = "\xF4\x8F\xBF\xBF";

util::Json attendance_view(const WatchedScrutin& scrutin, std::string_view name, const web::FormErrors& errors) {
    util::Json view{{"title", "Émargements : " + scrutin.title},
                    {"back", back_link("/bureau/scrutins/" + scrutin.code, "Participation de ce scrutin")},
                    {"scrutin_title", scrutin.title},
                    {"code", scrutin.code},
                    {"searched", false},
                    {"has_rows", false},
                    {"has_more", false},
                    {"rows", util::Json::array()},
                    {"nom", web::field_view("nom", "Nom de l’électeur", name, errors,
                                            "Le nom, puis le prénom si vous le souhaitez. Exemple : durand alice")}};
    errors.put_into(view);
    return view;
}

}  // namespace

// 200; 404 for a scrutin whose attendance he may not see.
Answer show_emargements(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto scrutin = watched_by(env, desk, domain::DeskRight::attendance, request.param("code"));
    if (!scrutin) return scrutin.error();
    return web::Response::page("bureau/emargements", attendance_view(*scrutin, {}, {}));
}

// 200 with what was found; 400 for fewer than three letters; 404 as above; 429 past 60 looks in an hour.
Answer find_emargements(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto scrutin = watched_by(env, desk, domain::DeskRight::attendance, request.param("code"));
    if (!scrutin) return scrutin.error();
    const std::string key = util::fold(util::trim(request.field("nom")));
    web::FormErrors errors;
    if (util::count_code_points(key) < k_least_letters)
        errors.add("nom", "Saisissez au moins trois lettres : la liste d’émargement se consulte par nom.");
    util::Json view = attendance_view(*scrutin, request.field("nom"), errors);
    if (!errors.empty()) return web::Response::page("bureau/emargements", std::move(view), 400);
    if (!web::throttle_allows(env, "desk-attendance", std::to_string(env.session.voter->value), k_looks_allowed, k_looks_window))
        return util::failure(util::Fault::throttled, "desk attendance");
    auto found = attendance_of(env.db, scrutin->id, key, key + std::string(k_last_letter), k_rows_shown + 1);
    const bool has_more = found.size() > k_rows_shown;
    if (has_more) found.pop_back();
    record_alone(env, *desk.role_for(domain::DeskRight::attendance, scrutin->bureau), "attendance",
                 scrutin->code + " : émargement cherché par nom, " + std::to_string(found.size()) +
                     (found.size() > 1 ? " lignes" : " ligne"));
    for (const auto& row : found)
        view["rows"].push_back({{"last_name", row.last_name},
                                {"first_name", row.first_name},
                                {"affectation", row.affectation},
                                {"has_voted", row.voted_at.has_value()},
                                {"voted_at", row.voted_at ? domain::paris_full(*row.voted_at) : std::string()}});
    view["searched"] = true;
    view["has_rows"] = !found.empty();
    view["has_more"] = has_more;
    return web::Response::page("bureau/emargements", std::move(view));
}

}  // namespace bureau
