// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines of the roll of an académie, found by name or address and never listed. Each look is an entry of the journal, by whom and for which académie; what was
// looked for stays out of it, and out of addresses.
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/roll_parts.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

constexpr unsigned k_line_looks_allowed = 60, k_line_looks_window = 3600, k_lines_shown = 20, k_changes_of_line = 20;
constexpr std::size_t k_least_name_letters = 3;
// No name holds U+10FFFF: it ends every range in the column's binary order.
constexpr std::string_view k_past_every_name = "\xF4\x8F\xBF\xBF";

util::Json search_view(web::Env& env, std::string_view typed, const web::FormErrors& errors) {
    util::Json view{{"title", "Électeurs"},
                    {"back", back_link("/bureau/changements", "Changements de la liste")},
                    {"may_inscribe", !is_anything_sealed(env.db)},
                    {"searched", false},
                    {"has_rows", false},
                    {"has_more", false},
                    {"rows", util::Json::array()},
                    {"nom",
                     web::field_view("nom", "Nom ou adresse de l’électeur", typed, errors,
                                     "Le nom, puis le prénom si vous le souhaitez ; ou l’adresse professionnelle entière.")}};
    errors.put_into(view);
    return view;
}

std::vector<DeskLine> lines_found(web::Env& env, std::string_view academie, std::string_view typed) {
    if (const auto address = typed.find('@') == std::string_view::npos ? std::nullopt : domain::normalise_address(typed)) {
        const auto line = line_by_address(env.db, academie, *address);
        return line ? std::vector{*line} : std::vector<DeskLine>{};
    }
    const std::string key = util::fold(util::trim(typed));
    return lines_by_name(env.db, academie, key, key + std::string(k_past_every_name), k_lines_shown + 1);
}

}  // namespace

// 200; 404 to who manages no académie's roll.
Answer show_electeurs(const web::Request&, web::Env& env, const Desk& desk) {
    if (desk.places(domain::DeskRight::roll).empty()) return util::failure(util::Fault::not_found, "desk lines");
    return web::Response::page("bureau/electeurs", search_view(env, {}, {}));
}

// 200 with what was found; 400 for fewer than three letters; 404 as above; 429 past 60 looks in an hour.
Answer find_electeurs(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto academies = desk.places(domain::DeskRight::roll);
    if (academies.empty()) return util::failure(util::Fault::not_found, "desk lines");
    const std::string_view typed = request.field("nom");
    web::FormErrors errors;
    if (util::count_code_points(util::fold(util::trim(typed))) < k_least_name_letters)
        errors.add("nom", "Saisissez au moins trois lettres du nom, ou une adresse entière.");
    util::Json view = search_view(env, typed, errors);
    if (!errors.empty()) return web::Response::page("bureau/electeurs", std::move(view), 400);
    if (!web::throttle_allows(env, "desk-lines", std::to_string(env.session.voter->value), k_line_looks_allowed,
                              k_line_looks_window))
        return util::failure(util::Fault::throttled, "desk lines");
    bool has_more = false;
    for (const std::string& academie : academies) {
        auto found = lines_found(env, academie, typed);
        if (found.size() > k_lines_shown) has_more = true, found.pop_back();
        record_alone(env, *desk.role_for(domain::DeskRight::roll, academie), "roll",
                     "académie « " + academie + " » : électeur cherché, " + std::to_string(found.size()) +
                         (found.size() > 1 ? " lignes" : " ligne"));
        for (const DeskLine& line : found)
            view["rows"].push_back({{"href", path_of_line(env, names, line.voter)},
                                    {"name", util::printable(line.last_name + " " + line.first_name, 200)},
                                    {"affectation", line.affectation},
                                    {"academie", academie},
                                    {"is_struck_off", line.struck_off_at.has_value()}});
    }
    view["searched"] = true;
    view["has_rows"] = !view["rows"].empty();
    view["has_more"] = has_more;
    return web::Response::page("bureau/electeurs", std::move(view));
}

// 200: a line as it stands, what was proposed for it, and what may be; 404 for one that is not of his académies.
Answer show_electeur(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto held = held_line(env, desk, names, request.param("ligne"));
    if (!held) return held.error();
    const DeskLine& line = held->line;
    const std::string_view claim = request.field("demande");
    if (!claim.empty() && elector_of_claim(env.db, claim) != line.voter) return util::failure(util::Fault::not_found, "desk line");
    util::Json proposals = util::Json::array();
    std::string why_none;
    for (const char* kind : {"correct", "strike", "reinstate", "reopen"}) {
        const ChangeWords& words = *words_of_change(kind);
        if (std::string why = why_no_change(env, kind, line); !why.empty()) {
            if (words.kind == "correct") why_none = why;
            continue;
        }
        proposals.push_back(
            {{"href", held->path + "/" + std::string(words.path) + (claim.empty() ? "" : "?demande=" + std::string(claim))},
             {"label", words.title}});
    }
    const auto changes = changes_of_elector(env.db, line.voter, k_changes_of_line);
    util::Json view{{"title", "Ligne d’un électeur"},
                    {"back", claim.empty() ? back_link("/bureau/electeurs", "Chercher un électeur")
                                           : back_link("/bureau/demandes/" + std::string(claim), "Demande " + std::string(claim))},
                    {"name", util::printable(line.civility + " " + line.first_name + " " + line.last_name, 200)},
                    {"email", line.email},
                    {"corps", line.corps},
                    {"affectation", line.affectation},
                    {"notice_place", line.notice_place},
                    {"is_struck_off", line.struck_off_at.has_value()},
                    {"struck_off_at", line.struck_off_at ? domain::paris_full(*line.struck_off_at) : ""},
                    {"struck_off_reason", util::printable(line.struck_off_reason, 300)},
                    {"has_proposals", !proposals.empty()},
                    {"proposals", std::move(proposals)},
                    {"has_why_none", !why_none.empty()},
                    {"why_none", why_none},
                    {"has_changes", !changes.empty()},
                    {"changes", change_rows(changes, env.now)}};
    return web::Response::page("bureau/electeur", std::move(view));
}

}  // namespace bureau
