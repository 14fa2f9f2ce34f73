// SPDX-License-Identifier: AGPL-3.0-or-later
// The electoral rolls of the elector's own scrutins: search by name, pages of 50, no address, no export. Each
// reading is counted and logged; names searched are personal data and stay out of the log.
#include <algorithm>

#include "domain/local_time.hpp"
#include "scrutins/memory.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/roll_search.hpp"
#include "util/log.hpp"
#include "util/percent.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/pseudonym.hpp"

namespace scrutins {
namespace {

// 120 pages in ten minutes: more than a reader, far less than a copier of a roll.
constexpr unsigned k_pages_allowed = 120;
constexpr unsigned k_pages_window = 600;

// The first page and the size: counting a roll of a million rows takes a good part of a second.
RollBeginning read_beginning(db::Connection& db, domain::ScrutinId scrutin) {
    const KeyRange whole = range_of("");
    return {roll_rows(db, scrutin, whole.from, 0, whole.until, k_roll_page + 1), roll_size(db, scrutin)};
}

std::shared_ptr<const RollBeginning> beginning_of(web::Env& env, Memory& memory, domain::ScrutinId scrutin) {
    const auto version = env.election.data_version;
    if (auto known = memory.rolls.find(version, scrutin)) return known;
    return memory.rolls.keep(version, scrutin, read_beginning(env.db, scrutin));
}

util::Json roll_table(const std::vector<RollRow>& rows) {
    util::Json table = util::Json::array();
    for (const auto& row : rows) {
        table.push_back(
            {{"last_name", row.last_name}, {"first_name", row.first_name}, {"affectation", row.affectation}, {"corps", row.corps}});
    }
    return table;
}

// A page's address: of its search, from its cursor on.
std::string page_href(const MyScrutin& mine, std::string_view name, const RollCursor& cursor) {
    return "/listes-electorales/" + mine.scrutin.code + "?nom=" + util::percent_escaped(name) + "&page=" + to_text(cursor);
}

util::Json pager(const std::vector<RollRow>& rows, const std::string& previous_href, const std::string& next_href) {
    return {{"has_previous", !previous_href.empty()},
            {"previous_href", previous_href},
            {"has_next", !next_href.empty()},
            {"next_href", next_href},
            {"label", rows.empty() ? std::string() : "De " + rows.front().last_name + " à " + rows.back().last_name}};
}

util::Json roll_view(const MyScrutin& mine, std::string_view name, const std::vector<RollRow>& rows, std::uint64_t electors) {
    return {
        {"title", "Liste électorale : " + mine.scrutin.title},
        {"scrutin_title", mine.scrutin.title},
        {"path", "/listes-electorales/" + mine.scrutin.code},
        {"back", back_link("/listes-electorales", "Listes électorales de mes scrutins")},
        {"nom", web::field_view("nom", "Rechercher un nom", name, {},
                                "Le nom, puis le prénom si vous le souhaitez. Exemple : durand alice")},
        {"is_search", !name.empty()},
        {"search", name},
        {"total", util::french_number(static_cast<long long>(electors)) + (electors > 1 ? " électeurs" : " électeur")},
        {"has_rows", !rows.empty()},
        {"rows", roll_table(rows)},
    };
}

// `roll.rows`: one more than are shown, if there are more.
util::Json page_view(const MyScrutin& mine, std::string_view name, RollBeginning roll, const RollCursor& cursor,
                     const std::optional<RollCursor>& before) {
    std::string next_href;
    if (roll.rows.size() > k_roll_page) {
        roll.rows.pop_back();
        next_href = page_href(mine, name, cursor_after(roll.rows, cursor));
    }
    const std::string previous_href = before ? page_href(mine, name, *before) : std::string();
    util::Json view = roll_view(mine, name, roll.rows, roll.electors);
    view["is_paged"] = !previous_href.empty() || !next_href.empty();
    view["pager"] = pager(roll.rows, previous_href, next_href);
    return view;
}

void log_reading(const web::Request& request, const web::Env& env, const MyScrutin& mine, bool is_search, std::size_t rows) {
    util::log(util::Level::info, "roll-read",
              {{"request", request.request_id},
               {"elector", env.pseudonyms.of(env.session.voter_email)},
               {"scrutin", mine.scrutin.code},
               {"search", is_search ? "yes" : "no"},
               {"rows", std::to_string(rows)}});
}

}  // namespace

// 200.
Answer show_listes_electorales(const web::Request&, web::Env& env, Memory& memory) {
    util::Json rolls = util::Json::array();
    for (const auto& mine : my_scrutins(env, memory)) {
        rolls.push_back({{"code", mine.scrutin.code}, {"title", mine.scrutin.title}, {"level", mine.scrutin.level}});
    }
    return web::Response::page("scrutins/listes_electorales",
                               {{"title", "Listes électorales de mes scrutins"},
                                {"back", back_link("/espace", "Mon espace électeur")},
                                {"has_rolls", !rolls.empty()},
                                {"rolls", std::move(rolls)},
                                {"reclamations_date",
                                 domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::reclamations_close))},
                                {"reclamations_open", env.calendar.is_reclamation_open(env.now)}});
}

// 200; 400 for a page address we did not make; 404 if it is not one of the elector's scrutins; 429 past 120 pages in
// ten minutes.
Answer show_liste_electorale(const web::Request& request, web::Env& env, Memory& memory) {
    const auto mine = my_scrutin(env, memory, request.param("code"));
    if (!mine) return util::failure(util::Fault::not_found, "roll");
    const std::string_view name = util::trim(request.field("nom"));
    const KeyRange range = range_of(name);
    const auto cursor = request.field("page").empty() ? RollCursor{range.from, 0} : parse_cursor(request.field("page"));
    if (!cursor || cursor->key < range.from || cursor->key >= range.until) return util::failure(util::Fault::invalid, "roll page");
    if (!memory.readings.allows(env, "roll", k_pages_allowed, k_pages_window)) return util::failure(util::Fault::throttled, "roll");
    const auto beginning = beginning_of(env, memory, mine->scrutin.id);
    if (name.empty() && request.field("page").empty()) {
        log_reading(request, env, *mine, false, std::min<std::size_t>(beginning->rows.size(), k_roll_page));
        return web::Response::kept_page("scrutins/liste_electorale", mine->scrutin.code,
                                        [mine = *mine, beginning, cursor = *cursor] {
                                            return page_view(mine, {}, *beginning, cursor, {});
                                        });
    }
    const auto rows = roll_rows(env.db, mine->scrutin.id, cursor->key, cursor->skip, range.until, k_roll_page + 1);
    log_reading(request, env, *mine, !name.empty(), std::min<std::size_t>(rows.size(), k_roll_page));
    return web::Response::page("scrutins/liste_electorale", page_view(*mine, name, {rows, beginning->electors}, *cursor,
                                                                      cursor_before(env.db, mine->scrutin.id, range, *cursor)));
}

}  // namespace scrutins
