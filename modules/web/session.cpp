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

constexpr std::chrono::hours k_absolute{4};
constexpr std::chrono::hours k_visitor{1};
constexpr std::size_t k_max_data = 2000;

}  // namespace

void sign_in(Env& env, Response& response, domain::VoterId voter, std::string_view user_agent) {
    if (env.session.stored) store::delete_session(env.db, env.session.id_hash);
    Session fresh;
    name_session(fresh, member_id());
    fresh.stored = true;
    fresh.voter = voter;
    fresh.signed_in_at = env.now;
    store::insert_session(env.db, fresh.id_hash, voter, env.now, env.now + k_absolute, device_name(user_agent), "{}");
    response.cookies.emplace_back(k_session_cookie, fresh.id);
    env.session = std::move(fresh);
}

void renew_session(Env& env) {
    Session& session = env.session;
    if (!session.voter) return;
    const std::string shown = hash_of_id(session.id);
    if (session.previous_until) {
        // Renewed before. Again only when the answer that bore the new identifier seems lost: a minute has passed, and the browser
        // still shows the old one, alone.
        const auto left = *session.previous_until - env.now;
        if (shown == session.id_hash || left <= k_identifier_grace || left > k_absolute - k_identifier_grace) return;
    }
    std::string fresh = member_id();
    if (!store::renew_session(env.db, session.id_hash, hash_of_id(fresh), shown, env.now + k_absolute)) return;  // another tab did
    name_session(session, std::move(fresh));
    session.older_csrf = csrf_of(shown);
}

void sign_out(Env& env, Response& response) {
    if (env.session.stored) store::delete_session(env.db, env.session.id_hash);
    env.session = Session{};
    name_session(env.session, util::random_token(16));
    response.cookies.emplace_back(k_session_cookie, env.session.id);
    response.wipe_browser = true;
}

void save_session_data(Env& env, Response& response, const util::Json& data) {
    const std::string text = data.dump();
    ENSURE(text.size() <= k_max_data);
    if (env.session.stored) {
        store::update_session_data(env.db, env.session.id_hash, text);
    } else {
        store::delete_session(env.db, env.session.id_hash);  // a dead row of the same cookie
        store::insert_session(env.db, env.session.id_hash, std::nullopt, env.now, env.now + k_visitor, "", text);
        response.cookies.emplace_back(k_session_cookie, env.session.id);
        env.session.stored = true;
    }
    env.session.data = data;
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
