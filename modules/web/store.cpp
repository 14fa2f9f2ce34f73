// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/store.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/guest.hpp"
#include "web/election_cache.hpp"

namespace web::store {

namespace {

std::optional<std::uint32_t> value_of(std::optional<domain::VoterId> voter) {
    return voter ? std::optional(voter->value) : std::nullopt;
}

}  // namespace

domain::SchemaVersion read_schema_version(db::Connection& db) {
    const auto row = db.select_one("SELECT version, compatible_from FROM schema_version");
    if (!row) return {};
    return {static_cast<unsigned>(row->number(0)), static_cast<unsigned>(row->number(1))};
}

Election read_election(db::Connection& db) {
    const auto row = db.select_one("SELECT title, edition, administration, demonstration, data_version FROM election WHERE id = 1");
    if (!row) throw NoElection();
    Election election;
    election.title = row->text(0);
    election.edition = row->text(1);
    election.administration = row->text(2);
    election.demonstration = row->flag(3);
    election.data_version = static_cast<std::uint32_t>(row->number(4));
    election.identity = std::to_string(election.data_version) + '|' + election.edition + '|' +
                        (election.demonstration ? "d|" : "|") + election.title + '|' + election.administration;
    std::size_t known = 0;
    for (const auto& event : db.select("SELECT event, at FROM calendar WHERE election_id = 1 ORDER BY event")) {
        const auto name = domain::calendar_event_of(event.text(0));
        if (!name) throw std::runtime_error("calendar event not understood: " + event.text(0));
        election.calendar.set(*name, event.instant(1));
        election.identity += '|' + event.text(0) + '=' + util::to_sql(event.instant(1));
        ++known;
    }
    if (known != domain::k_calendar_events) throw std::runtime_error("the calendar does not name every event");
    return election;
}

Assistances read_assistances(db::Connection& db) {
    Assistances assistances;
    for (const auto& row : db.select("SELECT code, name, assistance_phone, assistance_email, assistance_hours FROM academie"))
        assistances[row.text(0)] = {row.text(1), row.text(2), row.text(3), row.text(4)};
    return assistances;
}

std::optional<bool> read_asks_defi(db::Connection& db) {
    const auto row = db.select_one("SELECT asks_defi FROM election WHERE id = 1");
    return row && !row->is_null(0) ? std::optional(row->flag(0)) : std::nullopt;
}

std::optional<bool> read_shows_new_code(db::Connection& db) {
    const auto row = db.select_one("SELECT shows_new_code FROM election WHERE id = 1");
    return row && !row->is_null(0) ? std::optional(row->flag(0)) : std::nullopt;
}

namespace {

// Between a session's columns and the lines of a roll, and within such a line: no text of an import has these, and JSON writes neither as it is.
constexpr char k_line_end = '\n', k_field_end = '\t';

std::string_view take_until(std::string_view& text, char end) {
    const std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(taken.size() + 1, text.size()));
    return taken;
}

std::vector<RollLine> rolls_of(std::string_view lines) {
    std::vector<RollLine> rolls;
    while (!lines.empty()) {
        std::string_view line = take_until(lines, k_line_end);
        const std::string scrutin(take_until(line, k_field_end)), voted_at(take_until(line, k_field_end));
        RollLine roll{domain::ScrutinId{static_cast<std::uint16_t>(std::stoul(scrutin))}, std::nullopt, std::string(line)};
        if (!voted_at.empty()) {
            roll.voted_at = util::from_sql(voted_at);
            if (!roll.voted_at) throw std::runtime_error("an émargement has no time");
        }
        rolls.push_back(std::move(roll));
    }
    return rolls;
}

// The columns of a session's row, which come as one: client and server describe and copy each column of each answer, and a page has one answer.
class Columns {
public:
    explicit Columns(std::string_view text) : left_(text) {}
    std::string_view next() { return take_until(left_, k_line_end); }
    std::string_view rest() const { return left_; }
    std::optional<util::Instant> next_instant() {
        const std::string_view text = next();
        if (text.empty()) return std::nullopt;
        const auto at = util::from_sql(text);
        if (!at) throw std::runtime_error("a session's time is none: " + std::string(text));
        return at;
    }

private:
    std::string_view left_;
};

// Of a session that nobody is signed in under there is no column of a voter, for CONCAT_WS passes over what is NULL: each that it need not be told
// to keep is a function less for the server to prepare at each page. Without a name of its own the column would have its expression as one, which the
// connector copies, in capitals, at each answer.
SessionRow session_of(Columns& columns) {
    SessionRow session;
    session.database_hour = columns.next_instant().value();
    session.created_at = columns.next_instant().value();
    session.last_seen_at = columns.next_instant().value();
    session.expires_at = columns.next_instant().value();
    session.data = columns.next();
    session.id_hash = columns.next();
    if (const std::string_view previous = columns.next(); !previous.empty()) session.previous_hash = previous;
    session.previous_until = columns.next_instant();
    const std::string voter(columns.next());
    if (voter.empty()) return session;
    session.voter = domain::VoterId{static_cast<std::uint32_t>(std::stoul(voter))};
    session.email = columns.next();
    session.civility = columns.next();
    session.first_name = columns.next();
    session.last_name = columns.next();
    session.academie_code = columns.next();
    // A line end in a name moves what follows it by a line: then this is none of the two, and nobody is taken for an elector who is not.
    const std::string_view is_on_roll = columns.next();
    if (is_on_roll != "0" && is_on_roll != "1") throw std::runtime_error("a session's columns stand in each other's places");
    session.struck_off = is_on_roll == "0" && !domain::is_guest(*session.voter);
    session.struck_off_reason = columns.next();
    return session;
}

std::optional<SessionRow> session_in(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    Columns columns(row->text(0));
    SessionRow session = session_of(columns);
    if (session.voter) session.rolls = rolls_of(columns.rest());
    return session;
}

std::optional<SessionRow> session_with_one_roll_in(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    Columns columns(row->text(0));
    SessionRow session = session_of(columns);
    if (!session.voter || columns.rest().empty()) return session;
    const std::string scrutin(columns.next()), reason(columns.next());
    session.rolls.push_back({domain::ScrutinId{static_cast<std::uint16_t>(std::stoul(scrutin))}, columns.next_instant(), reason});
    return session;
}

}  // namespace

std::optional<SessionRow> find_session(db::Connection& db, std::string_view id_hash) {
    return session_in(db.select_one(
        "SELECT CONCAT_WS('\n', UTC_TIMESTAMP(), s.created_at, s.last_seen_at, s.expires_at, s.data, s.id_hash, "
        "COALESCE(s.previous_hash, ''), COALESCE(s.previous_until, ''), s.voter_id, v.email, v.civility, v.first_name, v.last_name, "
        "COALESCE(v.academie_code, ''), v.struck_off_at IS NULL, v.struck_off_reason) AS line "
        "FROM session s LEFT JOIN voter v ON v.id = s.voter_id WHERE s.id_hash = ?",
        {id_hash}));
}

std::optional<SessionRow> find_session_with_rolls(db::Connection& db, std::string_view id_hash) {
    return session_in(db.select_one(
        "SELECT CONCAT_WS('\n', UTC_TIMESTAMP(), s.created_at, s.last_seen_at, s.expires_at, s.data, s.id_hash, "
        "COALESCE(s.previous_hash, ''), COALESCE(s.previous_until, ''), s.voter_id, v.email, v.civility, v.first_name, v.last_name, "
        "COALESCE(v.academie_code, ''), v.struck_off_at IS NULL, v.struck_off_reason, "
        "(SELECT GROUP_CONCAT(CONCAT_WS('\t', r.scrutin_id, COALESCE(e.voted_at, ''), r.reason) SEPARATOR '\n') FROM voter_scrutin r "
        "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id WHERE r.voter_id = s.voter_id)) AS line "
        "FROM session s LEFT JOIN voter v ON v.id = s.voter_id WHERE s.id_hash = ?",
        {id_hash}));
}

std::optional<SessionRow> find_session_with_roll(db::Connection& db, std::string_view id_hash, domain::ScrutinId scrutin) {
    return session_with_one_roll_in(db.select_one(
        "SELECT CONCAT_WS('\n', UTC_TIMESTAMP(), s.created_at, s.last_seen_at, s.expires_at, s.data, s.id_hash, "
        "COALESCE(s.previous_hash, ''), COALESCE(s.previous_until, ''), s.voter_id, v.email, v.civility, v.first_name, v.last_name, "
        "COALESCE(v.academie_code, ''), v.struck_off_at IS NULL, v.struck_off_reason, r.scrutin_id, "
        "r.reason, e.voted_at) AS line FROM session s LEFT JOIN voter v ON v.id = s.voter_id "
        "LEFT JOIN voter_scrutin r ON r.voter_id = s.voter_id AND r.scrutin_id = ? "
        "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id WHERE s.id_hash = ?",
        {scrutin.value, id_hash}));
}

std::vector<RollLine> find_rolls(db::Connection& db, domain::VoterId voter) {
    std::vector<RollLine> rolls;
    for (const auto& row : db.select("SELECT r.scrutin_id, e.voted_at, r.reason FROM voter_scrutin r LEFT JOIN emargement e ON "
                                     "e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id WHERE r.voter_id = ?",
                                     {voter.value}))
        rolls.push_back({domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))}, row.instant_or_null(1), row.text(2)});
    return rolls;
}

std::optional<SessionRow> find_renewed_session(db::Connection& db, std::string_view previous_hash) {
    return session_in(db.select_one(
        "SELECT CONCAT_WS('\n', UTC_TIMESTAMP(), s.created_at, s.last_seen_at, s.expires_at, s.data, s.id_hash, "
        "COALESCE(s.previous_hash, ''), COALESCE(s.previous_until, ''), s.voter_id, v.email, v.civility, v.first_name, v.last_name, "
        "COALESCE(v.academie_code, ''), v.struck_off_at IS NULL, v.struck_off_reason) AS line "
        "FROM session s LEFT JOIN voter v ON v.id = s.voter_id WHERE s.previous_hash = ?",
        {previous_hash}));
}

util::Instant database_hour(db::Connection& db) { return db.select_one("SELECT UTC_TIMESTAMP()")->instant(0); }

bool renew_session(db::Connection& db, std::string_view id_hash, std::string_view fresh_hash, std::string_view previous,
                   util::Instant previous_until) {
    return db.execute("UPDATE session SET id_hash = ?, previous_hash = ?, previous_until = ? WHERE id_hash = ?",
                      {fresh_hash, previous, util::to_sql(previous_until), id_hash}) == 1;
}

void end_previous(db::Connection& db, std::string_view id_hash, util::Instant at) {
    db.execute("UPDATE session SET previous_until = ? WHERE id_hash = ?", {util::to_sql(at), id_hash});
}

void insert_session(db::Connection& db, std::string_view id_hash, std::optional<domain::VoterId> voter, util::Instant now,
                    util::Instant expires_at, std::string_view device, std::string_view data) {
    db.execute(
        "INSERT INTO session (id_hash, voter_id, created_at, last_seen_at, expires_at, device, data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        {id_hash, value_of(voter), util::to_sql(now), util::to_sql(now), util::to_sql(expires_at), device, data});
}

void touch_session(db::Connection& db, std::string_view id_hash, util::Instant now) {
    db.execute("UPDATE session SET last_seen_at = ? WHERE id_hash = ?", {util::to_sql(now), id_hash});
}

void update_session_data(db::Connection& db, std::string_view id_hash, std::string_view data) {
    db.execute("UPDATE session SET data = ? WHERE id_hash = ?", {data, id_hash});
}

void delete_session(db::Connection& db, std::string_view id_hash) {
    db.execute("DELETE FROM session WHERE id_hash = ?", {id_hash});
}

void delete_other_sessions(db::Connection& db, domain::VoterId voter, std::string_view kept_id_hash) {
    db.execute("DELETE FROM session WHERE voter_id = ? AND id_hash <> ?", {voter.value, kept_id_hash});
}

bool insert_message(db::Connection& db, const OutboxRow& row, util::Instant now) {
    return db.insert_unique(
        "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {row.idempotency_key, row.channel, row.recipient, row.subject, row.body, value_of(row.voter), util::to_sql(now),
         util::to_sql(now)});
}

// An UPDATE of a row that is there locks that row alone. An INSERT that finds it taken would also lock the gap before it, and with
// hundreds at once on one row make others wait who count something else. The count comes from the statement itself: read
// afterwards it would hold what others counted meanwhile.
unsigned count_try(db::Connection& db, std::string_view key_hash, util::Instant window_start) {
    const auto window = util::to_sql(window_start);
    if (db.execute("UPDATE throttle SET count = LAST_INSERT_ID(count + 1) WHERE key_hash = ? AND window_start = ?",
                   {key_hash, window}) == 0)
        db.execute(
            "INSERT INTO throttle (key_hash, window_start, count) VALUES (?, ?, LAST_INSERT_ID(1)) "
            "ON DUPLICATE KEY UPDATE count = LAST_INSERT_ID(count + 1)",
            {key_hash, window});
    return static_cast<unsigned>(db.last_insert_id());
}

unsigned tries_counted(db::Connection& db, std::string_view key_hash, util::Instant window_start) {
    const auto row =
        db.select_one("SELECT count FROM throttle WHERE key_hash = ? AND window_start = ?", {key_hash, util::to_sql(window_start)});
    return row ? static_cast<unsigned>(row->number(0)) : 0;
}

}  // namespace web::store
