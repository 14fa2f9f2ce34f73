// SPDX-License-Identifier: AGPL-3.0-or-later
// What pages about changes of the roll share: their words, what stands before and after, why one cannot be made now. Knows no SQL and no HTML.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bureau/desk.hpp"
#include "bureau/line_names.hpp"
#include "bureau/store_roll.hpp"
#include "util/json.hpp"
#include "web/form.hpp"

namespace bureau {

struct ChangeWords {
    std::string_view kind, path, title, act, reason, reason_hint;  // path: the last part of the form's address; act: of the button
};
// Of a member, in seconds: changes and late electors together.
inline constexpr unsigned k_proposals_allowed = 100, k_proposals_window = 3600;

// Context of partials/field_select: « Mme », « M. », or none; another one that a line has stays.
util::Json civility_field(const std::string& value, const web::FormErrors& errors);

// Null: the desk proposes no such change.
const ChangeWords* words_of_change(std::string_view kind);
const ChangeWords* words_of_change_at(std::string_view path);

// A line, if it is of an académie whose lines he may propose to change; else 404, as for one that does not exist.
struct HeldLine {
    DeskLine line;
    const Membership* by = nullptr;
    std::string path;  // « /bureau/electeurs/… »
};
util::Result<HeldLine> held_line(web::Env& env, const Desk& desk, const LineNames& names, std::string_view name);
std::string path_of_line(const web::Env& env, const LineNames& names, domain::VoterId voter);

// « attend la décision d’un autre gestionnaire jusqu’au … »
std::string words_of_state(const DeskChange& change, util::Instant now);
// number, kind, state, name, proposed_at of each.
util::Json change_rows(const std::vector<DeskChange>& changes, util::Instant now);
// label, before, after of each text that a correction changes.
util::Json corrected_rows(const util::Json& detail);

// Why this cannot be done at this hour, as a sentence; empty: it can.
std::string why_no_change(web::Env& env, std::string_view kind, const DeskLine& line);
// The same of a late elector: as far as the académie's own lines tell.
std::string why_no_inscription(web::Env& env, std::string_view academie, std::string_view address);
// The same of a proposal that waits: its line is still the one that it says.
std::string why_no_longer(web::Env& env, const DeskChange& change, const DeskLine& line);

// Names what somebody reads before he approves: hex. Another proposal, or a line changed since, has another.
std::string digest_of_reading(const DeskChange& change, const DeskLine& line);

}  // namespace bureau
