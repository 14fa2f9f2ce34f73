// SPDX-License-Identifier: AGPL-3.0-or-later
// One scrutin of the elector with its candidate lists: the same box for all, in the order of the draw.
#include <charconv>

#include "domain/local_time.hpp"
#include "scrutins/memory.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/standing.hpp"

namespace scrutins {
namespace {

// More lists than these have a summary before them, and their candidates folded.
constexpr std::size_t k_few_lists = 6;

util::Json list_cards(const std::vector<CandidateList>& lists) {
    util::Json cards = util::Json::array();
    for (const auto& list : lists) {
        cards.push_back({{"position", std::to_string(list.position)},
                         {"name", list.name},
                         {"union_name", list.union_name},
                         {"has_logo", !list.logo.empty()},
                         {"logo", list.logo},
                         {"logo_width", std::to_string(list.logo_width)},
                         {"logo_height", std::to_string(list.logo_height)},
                         {"is_common", !list.unions.empty()},
                         {"sharing", domain::words_of_unions(list.unions)},
                         {"has_profession", list.has_profession},
                         {"has_candidates", !list.candidates.empty()},
                         {"count", std::to_string(list.candidates.size())},
                         {"candidates", candidate_rows(list.candidates)}});
    }
    return cards;
}

std::optional<unsigned> position_of(std::string_view text) {
    unsigned position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return position;
}

}  // namespace

// 200; 404 if it is not one of the elector's scrutins.
Answer show_scrutin(const web::Request& request, web::Env& env, Memory& memory) {
    const auto mine = my_scrutin(env, memory, request.param("code"));
    if (!mine) return util::failure(util::Fault::not_found, "scrutin");
    const bool shown = domain::lists_are_shown(env.calendar, env.now);
    return web::Response::kept_page(
        "scrutins/scrutin", card_key(*mine, env) + (shown ? "shown" : "") + '|' + env.session.academie_code,
        [&env, shown, mine = *mine] {
            const auto lists = shown ? candidate_lists(env.db, mine.scrutin.id) : std::vector<CandidateList>{};
            util::Json view = scrutin_card(mine, env);
            view["back"] = back_link("/scrutins", "Mes scrutins");
            view["vote_dates"] = vote_dates(env);
            view["lists_shown"] = shown;
            view["lists_date"] = domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::lists_shown));
            view["has_lists"] = !lists.empty();
            view["is_long"] = lists.size() > k_few_lists;
            view["lists_count"] = std::to_string(lists.size());
            view["by_decree"] = env.settings.lists_by_decree;
            view["lists"] = list_cards(lists);
            return view;
        },
        card_own(*mine, env));
}

// 200 with the PDF; 404 if the scrutin is not the elector's, the lists are not shown yet, or there is none.
Answer show_profession_de_foi(const web::Request& request, web::Env& env, Memory& memory) {
    const auto mine = my_scrutin(env, memory, request.param("code"));
    const auto position = position_of(request.param("position"));
    if (!mine || !position || !domain::lists_are_shown(env.calendar, env.now)) {
        return util::failure(util::Fault::not_found, "profession de foi");
    }
    auto pdf = profession_de_foi(env.db, mine->scrutin.id, *position);
    if (!pdf) return util::failure(util::Fault::not_found, "profession de foi");
    const std::string name = "profession-de-foi-" + mine->scrutin.code + "-" + std::to_string(*position) + ".pdf";
    return web::Response::document(std::move(*pdf), "application/pdf", name);
}

}  // namespace scrutins
