// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session.hpp"

#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"
#include "web/dispatch.hpp"
#include "web/env.hpp"
#include "web/session_reader.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr std::chrono::minutes k_idle{20};
constexpr std::chrono::hours k_absolute{4};
constexpr std::chrono::hours k_visitor{1};
constexpr std::chrono::seconds k_touch{60};  // last_seen_at is written at most so often
constexpr std::chrono::seconds k_grace{60};  // of the identifier before the entry to the vote, once the new one was seen
constexpr std::size_t k_max_data = 2000;

bool looks_like_id(std::string_view value) {
    return value.size() == 22 && util::from_base64url(value).has_value();
}

std::string hash_of(std::string_view id) { return util::sha256_hex(id); }

std::string csrf_of(std::string_view id_hash) { return util::to_base64url(util::sha256("csrf|" + std::string(id_hash))); }

void name_session(Session& session, std::string id) {
    session.id = std::move(id);
    session.id_hash = hash_of(session.id);
    session.csrf = csrf_of(session.id_hash);
}

// The browser has shown its new identifier: the one before it has a minute left.
bool is_news(const store::SessionRow& row, util::Instant now) {
    return row.previous_until && *row.previous_until > now + k_grace;
}

}  // namespace

void read_session(Session& session, std::string_view cookie, db::Connection& db, util::Instant now) {
    if (!looks_like_id(cookie)) {
        name_session(session, util::random_token(16));
        return;
    }
    name_session(session, std::string(cookie));
    const std::string hash = session.id_hash;
    auto row = store::find_session(db, hash);
    if (row && is_news(*row, now)) store::end_previous(db, hash, now + k_grace);
    if (!row) row = store::find_renewed_session(db, hash, now);
    if (!row) return;
    if (now >= row->expires_at || (row->voter && now - row->last_seen_at >= k_idle)) {
        session.expired = row->voter.has_value();
        return;
    }
    session.stored = true;
    session.id_hash = row->id_hash;
    session.csrf = csrf_of(row->id_hash);
    if (row->previous_hash) session.older_csrf = csrf_of(*row->previous_hash);
    session.previous_until = row->previous_until;
    session.voter = row->voter;
    session.signed_in_at = row->created_at;
    session.data = util::parse_json(row->data).value_or(util::Json::object());
    session.voter_email = std::move(row->email);
    session.civility = std::move(row->civility);
    session.first_name = std::move(row->first_name);
    session.last_name = std::move(row->last_name);
    session.academie_code = std::move(row->academie_code);
    session.assistance = std::move(row->assistance);
    if (now - row->last_seen_at >= k_touch) store::touch_session(db, row->id_hash, now);
}

void sign_in(Env& env, Response& response, domain::VoterId voter, std::string_view user_agent) {
    if (env.session.stored) store::delete_session(env.db, env.session.id_hash);
    Session fresh;
    name_session(fresh, util::random_token(16));
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
    const std::string shown = hash_of(session.id);
    if (session.previous_until) {
        // Renewed before. Again only when the answer that bore the new identifier seems lost: a minute has passed, and the browser
        // still shows the old one, alone.
        const auto left = *session.previous_until - env.now;
        if (shown == session.id_hash || left <= k_grace || left > k_absolute - k_grace) return;
    }
    std::string fresh = util::random_token(16);
    if (!store::renew_session(env.db, session.id_hash, hash_of(fresh), shown, env.now + k_absolute)) return;  // another tab did
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

void close_other_sessions(Env& env, domain::VoterId voter) {
    store::delete_other_sessions(env.db, voter, env.session.id_hash);
}

std::string device_name(std::string_view user_agent) {
    const auto has = [&](std::string_view word) { return user_agent.find(word) != std::string_view::npos; };
    // Order matters: Edge says it is Chrome, Chrome says it is Safari.
    const std::string browser = has("Edg/")       ? "Edge"
                                : has("Firefox/") ? "Firefox"
                                : has("Chrome/")  ? "Chrome"
                                : has("Safari/")  ? "Safari"
                                                  : "Navigateur";
    const std::string system = has("Android")                   ? "Android"
                               : has("iPhone") || has("iPad") ? "iOS"
                               : has("Windows")                 ? "Windows"
                               : has("Mac OS")                  ? "macOS"
                               : has("Linux")                   ? "Linux"
                                                                : "";
    return system.empty() ? browser : browser + " sur " + system;
}

}  // namespace web
