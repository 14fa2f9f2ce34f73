// SPDX-License-Identifier: AGPL-3.0-or-later
// The electoral rolls of the elector's own scrutins: search by name, pages of 50, no address, no export. Each
// reading is counted and logged; names searched are personal data and stay out of the log.
#include <map>
#include <mutex>

#include "domain/local_time.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/roll_search.hpp"
#include "util/log.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/pseudonym.hpp"
#include "web/throttle.hpp"

namespace scrutins {
namespace {

// 120 pages in ten minutes: more than a reader, far less than a copier of a roll.
constexpr unsigned k_pages_allowed = 120;
constexpr unsigned k_pages_window = 600;

// Counting a roll of a million rows takes a good part of a second: once per data version and process is enough.
std::uint64_t remembered_roll_size(web::Env& env, domain::ScrutinId scrutin) {
    struct Size {
        std::uint32_t version;
        std::uint64_t electors;
    };
    static std::mutex mutex;
    static std::map<domain::ScrutinId, Size> sizes;
    {
        const std::lock_guard lock(mutex);
        const auto known = sizes.find(scrutin);
        if (known != sizes.end() && known->second.version == env.election.data_version) return known->second.electors;
    }
    const std::uint64_t electors = roll_size(env.db, scrutin);
    const std::lock_guard lock(mutex);
    sizes[scrutin] = {env.election.data_version, electors};
    return electors;
}

std::string percent_encoded(std::string_view text) {
    static constexpr char k_digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (plain) {
            out += c;
        } else {
            out += {'%', k_digits[byte >> 4], k_digits[byte & 15]};
        }
    }
    return out;
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
    return "/listes-electorales/" + mine.scrutin.code + "?nom=" + percent_encoded(name) + "&page=" + to_text(cursor);
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
Answer show_listes_electorales(const web::Request&, web::Env& env) {
    util::Json rolls = util::Json::array();
    for (const auto& mine : my_scrutins(env.db, *env.session.voter)) {
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
Answer show_liste_electorale(const web::Request& request, web::Env& env) {
    const auto mine = my_scrutin(env.db, *env.session.voter, request.param("code"));
    if (!mine) return util::failure(util::Fault::not_found, "roll");
    const std::string_view name = util::trim(request.field("nom"));
    const KeyRange range = range_of(name);
    const auto cursor = request.field("page").empty() ? RollCursor{range.from, 0} : parse_cursor(request.field("page"));
    if (!cursor || cursor->key < range.from || cursor->key >= range.until) return util::failure(util::Fault::invalid, "roll page");
    if (!web::throttle_allows(env, "roll", std::to_string(env.session.voter->value), k_pages_allowed, k_pages_window)) {
        return util::failure(util::Fault::throttled, "roll");
    }
    auto rows = roll_rows(env.db, mine->scrutin.id, cursor->key, cursor->skip, range.until, k_roll_page + 1);
    std::string previous_href, next_href;
    if (rows.size() > k_roll_page) {
        rows.pop_back();
        next_href = page_href(*mine, name, cursor_after(rows, *cursor));
    }
    if (const auto before = cursor_before(env.db, mine->scrutin.id, range, *cursor))
        previous_href = page_href(*mine, name, *before);
    log_reading(request, env, *mine, !name.empty(), rows.size());
    util::Json view = roll_view(*mine, name, rows, remembered_roll_size(env, mine->scrutin.id));
    view["is_paged"] = !previous_href.empty() || !next_href.empty();
    view["pager"] = pager(rows, previous_href, next_href);
    return web::Response::page("scrutins/liste_electorale", std::move(view));
}

}  // namespace scrutins
