// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/credential_binding.hpp"
#include "domain/local_time.hpp"
#include "domain/public_number.hpp"
#include "util/log.hpp"
#include "util/random.hpp"
#include "vote/pages.hpp"
#include "vote/refusal.hpp"
#include "web/outbox.hpp"
#include "web/throttle.hpp"

namespace vote {

namespace {

// A page sends ballots that hold, and who tries again by hand does it a few times. A program that sends thousands would keep the
// processors from others' votes.
constexpr const char* k_rule = "refused-ballot";
constexpr unsigned k_refused_ballots = 10, k_window_seconds = 60;

util::Instant minute_of(const web::Env& env) { return std::chrono::floor<std::chrono::minutes>(env.now); }

// The elector under a name that the binding key alone can compute: the counts must not tell a thief who sends ballots when.
void count_refusal(web::Env& env, Context& context) {
    const auto subject = domain::credential_binding(context.keys.binding_key.view(), k_rule, voter_of(env).value);
    if (!web::throttle_allows(env, k_rule, subject, k_refused_ballots - 1, k_window_seconds))
        context.held_up.add(voter_of(env), minute_of(env));
}

// The mail leaves ten to thirty minutes later, by lot: whoever carries it must not see who voted after whom, and the vote's answer waits
// for no relay.
constexpr unsigned k_soonest_seconds = 10 * 60, k_latest_seconds = 30 * 60;

// A mail that cannot be made hinders no vote.
std::optional<Mail> mail_of(web::Env& env, const MyScrutin& scrutin, util::Instant voted_at) {
    try {
        const web::Session& session = env.session;
        const bool has_civility = !session.civility.empty(), has_phone = !session.assistance.phone.empty();
        const web::Text text =
            web::email_text(env, {session.voter_email,
                                  "vote-enregistre",
                                  std::string(has_civility ? "civility" : "") + (has_phone ? "|phone" : "|"),
                                  [&] {
                                      return util::Json{{"has_civility", has_civility}, {"has_phone", has_phone}};
                                  },
                                  {{"civility", session.civility},
                                   {"last_name", session.last_name},
                                   {"scrutin", scrutin.title},
                                   {"at", domain::full_for(session.place, voted_at)},
                                   {"academie", session.assistance.academie},
                                   {"phone", session.assistance.phone},
                                   {"hours", session.assistance.hours}},
                                  scrutin.uuid});
        const std::chrono::seconds delay{k_soonest_seconds + util::random_below(k_latest_seconds - k_soonest_seconds)};
        return Mail{
            domain::random_message_number(), text.idempotency_key, session.voter_email, text.subject, text.body, voted_at + delay};
    } catch (const std::exception& error) {
        util::log(util::Level::error, "vote-mail-not-made", {{"reason", error.what()}});
        return std::nullopt;
    }
}

}  // namespace

Answer take_ballot(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env, context, request.param("code"));
    if (!scrutin) return refusal(util::Fault::not_found);
    const auto cast = cast_ballot(env.db, context.sealed, context.keys,
                                  {.scrutin = *scrutin,
                                   .voter = voter_of(env),
                                   .phase = phase_for(*scrutin, env),
                                   .now = env.now,
                                   .ballot = request.field("ballot"),
                                   .is_held_up = context.held_up.has(voter_of(env), minute_of(env)),
                                   .mail = [&](util::Instant voted_at) { return mail_of(env, *scrutin, voted_at); },
                                   .over_from = env.clock.database_at(env.calendar.over_from())});
    if (cast && cast->was_opened) return opened_refusal();
    if (cast && cast->is_suspended) return suspended_refusal();
    if (cast) return web::Response::json({{"receipt", cast->receipt}});
    const util::Fault fault = cast.error().fault;
    if (fault == util::Fault::throttled) return too_many_ballots_refusal();
    if (fault == util::Fault::invalid || fault == util::Fault::forbidden) count_refusal(env, context);
    return logged_refusal(env, *scrutin, cast.error());
}

}  // namespace vote
