// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/session_end.hpp"

#include <algorithm>
#include <array>

#include "domain/local_time.hpp"
#include "web/env.hpp"
#include "web/session.hpp"

namespace web {

namespace {

constexpr std::chrono::minutes k_warning{2};
// Ends of the classes p-session--…: a style sheet has the minutes, as no page may bring a style of its own.
constexpr std::array k_minutes{"m0",  "m1",  "m2",  "m3",  "m4",  "m5",  "m6",  "m7",  "m8", "m9",
                               "m10", "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18"};
static_assert(k_minutes.size() == static_cast<std::size_t>((k_session_idle - k_warning).count()) + 1);

}  // namespace

SessionEnd session_end(const Env& env) {
    const Session& session = env.session;
    if (!session.voter) return {};
    SessionEnd end;
    end.is_whole = session.whole_end <= session.idle_end;
    const util::Instant at = end.is_whole ? session.whole_end : session.idle_end;
    end.left = std::max(at - env.now, std::chrono::seconds{0});
    const auto minutes = std::max<std::int64_t>((end.left - k_warning) / std::chrono::minutes{1}, 0);
    end.warns = k_minutes.at(std::min(static_cast<std::size_t>(minutes), k_minutes.size() - 1));
    const std::string hour = domain::time_for(session.place, at);
    if (!end.is_whole) end.words = "Sans action de votre part, votre connexion se terminera à " + hour + ".";
    else if (may_move_whole_end(env))
        end.words = "Votre connexion se terminera à " + hour + ", sauf si vous redonnez votre mot de passe.";
    else end.words = "Votre connexion se terminera à " + hour + ".";
    return end;
}

bool may_move_whole_end(const Env& env) {
    return env.session.machine == Machine::own || !env.calendar.reached(domain::CalendarEvent::vote_closes, env.now);
}

}  // namespace web
