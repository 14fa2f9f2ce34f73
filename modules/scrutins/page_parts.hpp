// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts of views that several pages of this worker share. Knows no SQL but what store.hpp gives, and no HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scrutins/store.hpp"
#include "util/json.hpp"
#include "util/text.hpp"
#include "web/env.hpp"
#include "web/render.hpp"

namespace scrutins {

// Context of partials/back_link.
util::Json back_link(std::string_view href, std::string_view label);

// « du jeudi 3 décembre 2026 à 10 h 00 au … (heure de Paris) », with the elector's own hours where they are others.
std::string vote_dates(const web::Env& env);

// Of the pages that say so when no réclamation is taken: `is_early`, `period`.
void put_reclamation_period(util::Json& view, const web::Env& env);

// « 1 415 000 ».
inline std::string number(std::uint64_t value) { return util::french_number(static_cast<long long>(value)); }

// « 3 sièges », « 1 siège ».
// Of a list, in its order: {name, affectation}.
util::Json candidate_rows(const std::vector<Candidate>& candidates);
std::string seats_text(unsigned seats);

// A scrutin as a card for all who stand alike before it: code, title, instance, level, seats, badge, what is open. What it depends on beside the
// election's identity, and what is each elector's own: `reason`, `voted_at`.
util::Json scrutin_card(const MyScrutin& mine, const web::Env& env);
std::string card_key(const MyScrutin& mine, const web::Env& env);
std::vector<web::Renderer::Own> card_own(const MyScrutin& mine, const web::Env& env);

}  // namespace scrutins
