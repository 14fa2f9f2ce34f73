// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about lines of the roll and their changes: lines are read and never written here, proposals are added and decided (triggers refuse what
// is not of the member's académie, and a decision by who proposed). scrutinctl's desk apply makes the change.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/roll_change.hpp"
#include "util/clock.hpp"

namespace bureau {

struct DeskLine : domain::RollTexts {
    domain::VoterId voter;
    std::string email, academie, struck_off_reason;
    std::optional<util::Instant> struck_off_at;
};
std::optional<DeskLine> find_line(db::Connection& db, domain::VoterId voter);
// The same in the caller's transaction: nobody proposes for it, or changes it, meanwhile.
std::optional<DeskLine> lock_line(db::Connection& db, domain::VoterId voter);
// Of an académie: whose name, folded, is from `from` to before `until`; or whose address it is. By name.
std::vector<DeskLine> lines_by_name(db::Connection& db, std::string_view academie, std::string_view from, std::string_view until,
                                    unsigned limit);
std::optional<DeskLine> line_by_address(db::Connection& db, std::string_view academie, std::string_view address);
// Whose réclamation it is.
std::optional<domain::VoterId> elector_of_claim(db::Connection& db, std::string_view number);

bool is_anything_sealed(db::Connection& db);
// He stopped his requests for a new code, and nothing has reopened them.
bool has_stopped_reassort(db::Connection& db, domain::VoterId voter);
// Those who may decide of an académie's proposals beside this person.
unsigned count_other_deciders(db::Connection& db, std::string_view academie, std::string_view address);

struct RollProposal {
    domain::VoterId voter;  // nobody yet, of a late elector
    std::string kind, detail, reason;
    unsigned member = 0;
    std::optional<std::string> request;
    std::string form_hash;
    util::Instant at{}, expires_at{};
    std::string academie = {};  // of a late elector's; of another change read back, its line's
};
struct DeskChange : RollProposal {
    unsigned id = 0;
    std::string state, proposed_by, proposer_email, decided_by, outcome, last_name, first_name;
    std::optional<util::Instant> decided_at, ended_at;
    bool waits(util::Instant now) const { return state == "proposed" && now < expires_at; }
};
unsigned add_proposal(db::Connection& db, const RollProposal& proposal);
std::optional<unsigned> proposal_of_form(db::Connection& db, std::string_view form_hash);
// One of this kind that waits for a decision or for being made, of a member or of an officer.
std::optional<unsigned> waiting_change_of(db::Connection& db, domain::VoterId voter, std::string_view kind, util::Instant now);
std::optional<DeskChange> find_change(db::Connection& db, unsigned id);
// The newest first, `limit` at most: of an académie, or of one elector.
std::vector<DeskChange> changes_of_academie(db::Connection& db, std::string_view academie, unsigned limit);
std::vector<DeskChange> changes_of_elector(db::Connection& db, domain::VoterId voter, unsigned limit);
// In the caller's transaction. False: decided meanwhile.
bool decide_proposal(db::Connection& db, unsigned id, std::string_view state, unsigned member, std::string_view outcome,
                     util::Instant now);

}  // namespace bureau
