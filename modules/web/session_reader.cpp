// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session_reader.hpp"

#include "util/random.hpp"
#include "web/session_id.hpp"
#include "web/store.hpp"

namespace web {

namespace {

// last_seen_at is written at most so often: once a minute, or in a quarter of one on a shared machine.
constexpr std::chrono::seconds touch_every(Machine machine) { return std::chrono::seconds(idle_limit(machine)) / 20; }

// The browser has shown its new identifier: the one before it has a minute left.
bool is_news(const store::SessionRow& row, util::Instant now) {
    return row.previous_until && *row.previous_until > now + k_identifier_grace;
}

}  // namespace

util::Instant read_session(Session& session, std::string_view cookie, const Reading& reading, db::Connection& db,
                           const util::Clock& clock) {
    if (!looks_like_id(cookie)) {
        name_session(session, util::random_token(16));
        return clock.now();
    }
    name_session(session, std::string(cookie));
    const std::string hash = session.id_hash;
    auto row = reading.one_roll      ? store::find_session_with_roll(db, hash, *reading.one_roll)
               : reading.wants_rolls ? store::find_session_with_rolls(db, hash)
                                     : store::find_session(db, hash);
    if (row && is_news(*row, clock.hour_by(row->database_hour)))
        store::end_previous(db, hash, clock.hour_by(row->database_hour) + k_identifier_grace);
    if (!row && is_member_id(cookie)) {  // nobody else enters the vote
        row = store::find_renewed_session(db, hash);
        if (row && (!row->previous_until || *row->previous_until <= clock.hour_by(row->database_hour))) row.reset();
        if (row && row->voter && reading.wants_rolls) row->rolls = store::find_rolls(db, *row->voter);
    }
    if (!row) return clock.now();
    const util::Instant now = clock.hour_by(row->database_hour);
    const auto assistance = reading.election.assistance.find(row->academie_code);
    if (assistance != reading.election.assistance.end()) session.assistance = assistance->second;
    if (row->voter) session.machine = machine_of(row->created_at, row->expires_at);
    const bool is_over = now >= row->expires_at;
    if (is_over || (row->voter && now - row->last_seen_at >= idle_limit(session.machine))) {
        session.expired = row->voter.has_value();
        session.was_idle = !is_over;
        return now;
    }
    if (row->struck_off) {
        session.struck_off = true;
        session.struck_off_reason = std::move(row->struck_off_reason);
        return now;
    }
    session.stored = true;
    session.id_hash = row->id_hash;
    if (row->id_hash != hash) session.csrf = csrf_of(row->id_hash);
    if (row->previous_hash) session.older_csrf = csrf_of(*row->previous_hash);
    session.previous_until = row->previous_until;
    session.voter = row->voter;
    session.signed_in_at = row->created_at;
    session.data = SessionData(std::move(row->data), now);
    session.voter_email = std::move(row->email);
    session.civility = std::move(row->civility);
    session.first_name = std::move(row->first_name);
    session.last_name = std::move(row->last_name);
    session.academie_code = std::move(row->academie_code);
    session.rolls = std::move(row->rolls);
    const bool touches = reading.looks == Looks::is_there && now - row->last_seen_at >= touch_every(session.machine);
    if (touches) store::touch_session(db, row->id_hash, now);
    session.idle_end = (touches ? now : row->last_seen_at) + idle_limit(session.machine);
    session.whole_end = row->expires_at;
    return now;
}

}  // namespace web
