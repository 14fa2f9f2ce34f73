// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of the office's desk: réclamations and requests for help, read, taken in hand and answered; their mails queued.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

enum class Desk { claims, assistance };

// Which to list; an empty word asks for all.
struct RequestFilter {
    std::string academie, state;
    util::Instant until;  // asked by then
};

struct Request {
    std::string number, state, academie, subject;  // subject: a réclamation's object and scrutin, or what the person typed
    util::Instant created_at;
    std::optional<util::Instant> answered_at;
    std::string body, answer;                            // of one that is shown
    std::string email, civility, last_name, first_name;  // of one that is shown; of who was not signed in, the address alone
};

// The oldest first, without texts or names.
std::vector<Request> list_requests(db::Connection& db, Desk desk, const RequestFilter& filter);
std::optional<Request> find_request(db::Connection& db, Desk desk, std::string_view number);

struct Step {
    util::Instant at;
    std::string state, answer;
};
std::vector<Step> steps_of(db::Connection& db, std::string_view number);

// Files beside a réclamation; `content` of one that is asked for.
struct Attachment {
    unsigned position = 0;
    std::string name, kind;  // kind: "pdf", "jpeg" or "png"; the name is the person's
    std::uint64_t size = 0;
    std::string content;
};
std::vector<Attachment> attachments_of(db::Connection& db, std::string_view number);
std::optional<Attachment> find_attachment(db::Connection& db, std::string_view number, unsigned position);

// An address at which mails cannot be delivered; `kind`: "delayed", "full", "unknown" or "refused".
struct MailReturn {
    std::string address, academie, kind;
    util::Instant at;
};
// Electors' addresses, the newest first; an empty académie asks for all.
std::vector<MailReturn> list_returns(db::Connection& db, std::string_view academie);
std::optional<MailReturn> find_return(db::Connection& db, std::string_view address);

// Both change the request and add a step, in the caller's transaction. False if it was not in a state that they change: received (take);
// received or taken (answer), or answered (answer again).
bool take_request(db::Connection& db, Desk desk, std::string_view number, util::Instant now);
bool answer_request(db::Connection& db, Desk desk, std::string_view number, const Step& step, bool again);

// False if the same mail is there already.
bool queue_mail(db::Connection& db, std::string_view idempotency_key, std::string_view recipient, std::string_view subject,
                std::string_view body, util::Instant now);

}  // namespace scrutinctl::store
