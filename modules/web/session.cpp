// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session.hpp"

#include "util/ensure.hpp"
#include "util/random.hpp"
#include "web/device_name.hpp"
#include "web/env.hpp"
#include "web/session_id.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr std::chrono::hours k_visitor{1};
constexpr std::size_t k_max_data = 2000;

}  // namespace

namespace {

// What follows the session shown: its identifier, and what stays under the old one for two minutes, by which the same form finds its answer again.
struct Successor {
    std::string id;
    std::optional<util::Instant> until;  // of what stays, if anything does
    std::string left;
};

Successor successor(const Env& env, const Response& response, util::Json left, bool is_member) {
    if (env.form.empty()) return {is_member ? member_id() : util::random_token(16), {}, {}};
    const AnsweredForm note{env.form,  response.location,     util::random_token(16),
                            is_member, response.wipe_browser, env.now + k_answer_kept};
    put_answered(left, note);
    return {successor_of(env.session.id, note), note.until, left.dump()};
}

// In the transaction that writes what begins: a commit waits for the disk, and in a cluster for the other nodes.
void end_shown(Env& env, const Successor& next) {
    if (env.session.stored) store::delete_session(env.db, env.session.id_hash);
    if (!next.until) return;
    const std::string shown = hash_of_id(env.session.id);
    store::delete_session(env.db, shown);  // a dead row of the same cookie
    store::insert_session(env.db, shown, std::nullopt, env.now, *next.until, "", next.left);
}

void show(Env& env, Response& response, Session fresh) {
    response.cookies.push_back({k_session_cookie, fresh.id});
    env.session = std::move(fresh);
}

// For the session that begins with this answer: the same form may come under the new identifier, too.
std::optional<AnsweredForm> note_of(const Env& env, const Response& response) {
    if (env.form.empty() || response.kind != Response::Kind::redirect) return std::nullopt;
    return AnsweredForm{env.form, response.location, {}, false, false, env.now + k_answer_kept};
}

std::string text_of(const SessionData& data) {
    std::string text = data.text();
    ENSURE(text.size() <= k_max_data);
    return text;
}

}  // namespace

void sign_in(Env& env, Response& response, domain::VoterId voter, std::string_view user_agent, Machine machine,
             const std::function<void()>& also) {
    const Successor next = successor(env, response, util::Json::object(), true);
    Session fresh;
    name_session(fresh, next.id);
    fresh.stored = true;
    fresh.voter = voter;
    // Who signs in after the close does not vote: this hour is not left to the machine's clock either.
    const util::Instant now = env.clock.hour_by(store::database_hour(env.db));
    fresh.signed_in_at = now;
    fresh.idle_end = now + idle_limit(machine);
    fresh.whole_end = now + whole_limit(machine);
    fresh.machine = machine;
    fresh.data.set_answered(note_of(env, response));
    env.db.transaction([&] {
        if (also) also();
        end_shown(env, next);
        store::insert_session(env.db, fresh.id_hash, voter, now, now + whole_limit(machine), device_name(user_agent),
                              text_of(fresh.data));
        return true;
    });
    show(env, response, std::move(fresh));
}

void renew_session(Env& env) {
    Session& session = env.session;
    if (!session.voter) return;
    const std::string shown = hash_of_id(session.id);
    if (session.previous_until) {
        // Renewed before. Again only when the answer that bore the new identifier seems lost: a minute has passed, and the browser
        // still shows the old one, alone.
        const auto left = *session.previous_until - env.now;
        if (shown == session.id_hash || left <= k_identifier_grace || left > k_session_lives - k_identifier_grace) return;
    }
    std::string fresh = member_id();
    if (!store::renew_session(env.db, session.id_hash, hash_of_id(fresh), shown, env.now + k_session_lives))
        return;  // another tab did
    name_session(session, std::move(fresh));
    session.older_csrf = csrf_of(shown);
}

void leave_session(Env& env, Response& response, const util::Json& left) {
    const Successor next = successor(env, response, left, false);
    env.db.transaction([&] {
        end_shown(env, next);
        return true;
    });
    Session fresh;
    name_session(fresh, next.id);
    show(env, response, std::move(fresh));
}

void sign_out(Env& env, Response& response) {
    response.wipe_browser = true;
    const Successor next = successor(env, response, util::Json::object(), false);
    Session fresh;
    name_session(fresh, next.id);
    const auto note = note_of(env, response);
    if (note) fresh.data.set_answered(note);
    env.db.transaction([&] {
        end_shown(env, next);
        if (note) store::insert_session(env.db, fresh.id_hash, std::nullopt, env.now, note->until, "", text_of(fresh.data));
        return true;
    });
    show(env, response, std::move(fresh));
}

void save_session_data(Env& env, Response& response, const util::Json& data) {
    if (auto note = note_of(env, response)) env.session.data.set_answered(std::move(note));
    env.session.data.set_journey(data);
    const std::string text = text_of(env.session.data);
    if (env.session.stored) {
        store::update_session_data(env.db, env.session.id_hash, text);
    } else {
        store::delete_session(env.db, env.session.id_hash);  // a dead row of the same cookie
        store::insert_session(env.db, env.session.id_hash, std::nullopt, env.now, env.now + k_visitor, "", text);
        response.cookies.push_back({k_session_cookie, env.session.id});
        env.session.stored = true;
    }
}

void put_assistance(util::Json& view, const Session& session) {
    const Assistance& assistance = session.assistance;
    view["has_assistance"] = !assistance.academie.empty();
    view["academie"] = assistance.academie;
    view["assistance_phone"] = assistance.phone;
    view["assistance_email"] = assistance.email;
    view["assistance_hours"] = assistance.hours;
}

void close_other_sessions(Env& env, domain::VoterId voter) { store::delete_other_sessions(env.db, voter, env.session.id_hash); }

}  // namespace web
