// SPDX-License-Identifier: AGPL-3.0-or-later
// The session: one __Host- cookie with 128 random bits, its hash in portail.session. Before sign-in a row exists only if
// a form needs to remember something. The identifier is new at sign-in, after a mailed link and at the entry to the vote, so
// that one seen before is worth nothing after; a signed-in session ends after 20 idle minutes, or 4 hours; on a machine that others use
// after, if its person says so at sign-in, after 5 idle minutes, or 30. The second end moves for who gives his password again (session_end.hpp).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/local_time.hpp"
#include "util/clock.hpp"
#include "util/json.hpp"
#include "web/election.hpp"
#include "web/response.hpp"
#include "web/session_data.hpp"

namespace web {

class Env;

inline constexpr std::chrono::minutes k_session_idle{20}, k_session_lives{4 * 60};
inline constexpr std::chrono::minutes k_shared_idle{5}, k_shared_lives{30};

// Whose the machine is, as its person said: his own (or nothing said), or one that others use after him.
enum class Machine { own, shared };
constexpr std::chrono::minutes idle_limit(Machine machine) { return machine == Machine::own ? k_session_idle : k_shared_idle; }
constexpr std::chrono::minutes whole_limit(Machine machine) { return machine == Machine::own ? k_session_lives : k_shared_lives; }
// The row says it by how long it may live.
constexpr Machine machine_of(util::Instant created_at, util::Instant expires_at) {
    return expires_at - created_at > k_shared_lives ? Machine::own : Machine::shared;
}

// A roll that the elector stands on.
struct RollLine {
    domain::ScrutinId scrutin;
    std::optional<util::Instant> voted_at;  // his émargement
    std::string reason;                     // why he votes there
};

struct Session {
    std::string id;                               // the cookie's value: a secret, never logged
    std::string id_hash;                          // names the row: of `id`, or of the identifier that replaced it
    std::string csrf;                             // the token that every POST of this browser must carry
    std::string older_csrf;                       // of pages opened before the entry to the vote: as good; empty if there was none
    std::optional<util::Instant> previous_until;  // set once renewed: the end of the identifier before
    bool stored = false;                          // has a row
    bool expired = false;                         // was signed in, and its time is over: the sign-in page says so
    bool was_idle = false;                        // of an expired one: nothing was done for too long
    bool struck_off = false;                      // was signed in, and is no longer an elector: pages of electors say so
    std::string struck_off_reason;
    Machine machine = Machine::own;         // of a signed-in session, and of an expired one
    util::Instant signed_in_at{};           // of a signed-in session: the grace after the close asks it
    util::Instant idle_end{}, whole_end{};  // of a signed-in session: when it ends if nothing more is done; whatever is done
    std::optional<domain::VoterId> voter;   // signed in as
    std::string voter_email, civility, first_name, last_name, academie_code;  // of the voter, for headers of pages
    Assistance assistance;                                                    // of his académie: whom he may call
    std::vector<RollLine> rolls;           // in no order; on routes that ask for them (Guard::rolls)
    const domain::Place* place = nullptr;  // his, where clocks are not set as in Paris
    SessionData data;                      // a journey's small state, and the form answered last
};

// These change the browser's cookie through `response` when needed. A POST that they end in a redirect (`response` is it already) may be
// sent again for two minutes, with either identifier: it is answered the same, and its handler does not run.
// `also`: written in the same transaction, so that one commit has all; run again with it when it met a deadlock.
void sign_in(Env& env, Response& response, domain::VoterId voter, std::string_view user_agent, Machine machine = Machine::own,
             const std::function<void()>& also = {});
void sign_out(Env& env, Response& response);
// A new identifier that nobody is signed in under, before rights are tied to it. `left` stays under the old one for two minutes.
void leave_session(Env& env, Response& response, const util::Json& left);
// Replaces the journey (at most 2,000 bytes as JSON); makes the row if there is none.
void save_session_data(Env& env, Response& response, const util::Json& data);
// The entry to the vote: a new identifier, once in a session. Call it before the page's view is made; web sends the cookie with
// the page. Nothing is lost on the way: pages opened before keep a good form token, the old identifier lives until the browser
// has shown the new one and a minute longer (requests in flight, a second tab), and if the answer was lost nothing happened.
void renew_session(Env& env);
// Whom to call, for a page: has_assistance, academie, assistance_phone, assistance_email, assistance_hours.
void put_assistance(util::Json& view, const Session& session);
// After a password change: ends every other session of this voter.
void close_other_sessions(Env& env, domain::VoterId voter);

}  // namespace web
