// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/site_view.hpp"

#include "util/bytes.hpp"
#include "util/random.hpp"
#include "web/env.hpp"
#include "web/session_end.hpp"

namespace web {

util::Json site_view_without_session(std::string_view page_title, const Election* election, const Settings& settings,
                                     const domain::Edition& edition, std::string_view request_id) {
    return {{"title", election ? election->title : "Élections professionnelles"},
            {"edition", edition.year},
            {"demonstration", election && election->demonstration},
            {"administration", election ? election->administration : ""},
            {"signed_in", false},
            {"voter_name", ""},
            {"session_left", ""},
            {"session_warns", ""},
            {"session_words", ""},
            {"csrf", ""},
            {"form_key", ""},
            {"base_url", settings.base_url},
            {"static", settings.static_path},
            {"request_id", request_id},
            {"help_label", edition.word("help")},
            {"password", edition.word("password")},
            {"voting_code", edition.word("voting_code")},
            {"page_title", page_title}};
}

std::string fresh_form_key() {
    constexpr std::size_t k_bytes = 16, k_drawn = 32 * k_bytes;
    static thread_local std::string drawn;
    if (drawn.empty()) drawn = util::random_bytes(k_drawn);
    std::string key = util::to_hex(std::string_view(drawn).substr(drawn.size() - k_bytes));
    drawn.resize(drawn.size() - k_bytes);
    return key;
}

util::Json site_view(const Env& env, std::string_view page_title) {
    util::Json view = site_view_without_session(page_title, &env.election, env.settings, env.edition, env.request_id);
    const Session& session = env.session;
    view["signed_in"] = session.voter.has_value();
    view["voter_name"] = session.voter ? session.first_name + " " + session.last_name : "";
    SessionEnd end = session_end(env);
    view["session_left"] = std::to_string(end.left.count());
    view["session_warns"] = end.warns;
    view["session_words"] = std::move(end.words);
    view["csrf"] = session.csrf;
    view["form_key"] = fresh_form_key();
    return view;
}

}  // namespace web
