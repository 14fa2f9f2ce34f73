// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about what people ask for: réclamations and requests for help, listed, shown, taken in hand and answered for an académie.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/desk.hpp"

namespace bureau {

enum class RequestKind { claim, help };  // R-…, A-…
// By the number's first letter.
std::optional<RequestKind> request_kind_of(std::string_view number);
domain::DeskRight right_for(RequestKind kind);

struct ListedRequest {
    std::string number, state, subject;
    util::Instant created_at{};
    std::optional<util::Instant> answered_at;
    unsigned member = 0;  // who took it in hand, by his number; 0: nobody here
};
// The oldest first, `limit` at most. `state`: a word of the column, « traitee » for all that are answered, or empty.
std::vector<ListedRequest> list_requests(db::Connection& db, RequestKind kind, std::string_view academie, std::string_view state,
                                         unsigned limit);

struct ShownRequest : ListedRequest {
    std::string academie, body, answer, email, civility, last_name, first_name,
        affectation;  // names are empty where nobody was signed in
};
std::optional<ShownRequest> find_request(db::Connection& db, std::string_view number);

struct RequestStep {
    util::Instant at{};
    std::string state, answer;
};
std::vector<RequestStep> request_steps(db::Connection& db, std::string_view number);

struct RequestFile {
    unsigned position = 0;
    std::string name, kind, content;  // kind: "pdf", "jpeg", "png"; content: of find_request_file alone
};
std::vector<RequestFile> request_files(db::Connection& db, std::string_view number);
std::optional<RequestFile> find_request_file(db::Connection& db, std::string_view number, unsigned position);

// In the caller's transaction. False: taken or answered before.
bool take_request(db::Connection& db, std::string_view number, util::Instant now);
void assign_request(db::Connection& db, std::string_view number, unsigned member, util::Instant now);
// The same. False: answered before.
bool answer_request(db::Connection& db, std::string_view number, const RequestStep& step);

// How many of an académie's electors there are, and have no space yet.
struct Activation {
    std::uint64_t electors = 0, without_space = 0;
};
Activation activation_of(db::Connection& db, std::string_view academie);

struct Cause {
    std::string subject;
    std::uint64_t asked = 0, waiting = 0;  // waiting: not answered yet
};
// What is asked for most, ten causes at most.
std::vector<Cause> causes_of(db::Connection& db, RequestKind kind, std::string_view academie);

}  // namespace bureau
