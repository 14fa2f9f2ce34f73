// SPDX-License-Identifier: AGPL-3.0-or-later
// The sending of a new code, and the page that says where it went. The code itself is on no page.
#include "domain/local_time.hpp"
#include "domain/secret_hash.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/security_gate.hpp"
#include "reassort/store.hpp"
#include "util/bytes.hpp"
#include "web/outbox.hpp"
#include "web/throttle.hpp"
#include "web/pseudonym.hpp"

namespace reassort {
namespace {

// An honest number serves a household or a school office; a prefix that empties the budget rings first. All together: what a bad hour may cost.
constexpr unsigned k_messages_per_number_a_day = 6;
constexpr unsigned k_messages_per_prefix_an_hour = 5000;
constexpr unsigned k_messages_per_country_an_hour = 300;  // abroad: few electors, dear messages
constexpr unsigned k_messages_an_hour = 10'000;
constexpr unsigned k_hour = 3600;
constexpr unsigned k_answers_an_hour = 20;  // per elector: each costs an Argon2id, also beyond the counted tries

bool may_send(web::Env& env, const Demand& demand) {
    const unsigned per_prefix = demand.abroad ? k_messages_per_country_an_hour : k_messages_per_prefix_an_hour;
    return web::throttle_allows(env, "sms-number", demand.phone, k_messages_per_number_a_day, 24 * k_hour) &&
           web::throttle_allows(env, "sms-prefix", demand.prefix, per_prefix, k_hour) &&
           web::throttle_allows(env, "sms-all", "", k_messages_an_hour, k_hour);
}

std::optional<std::uint64_t> announce(web::Env& env, const Demand& demand, std::string_view voting_code, unsigned remaining) {
    const std::string once = "reassort|" + std::to_string(env.session.voter->value) + "|" + std::to_string(remaining);
    const util::Json view{{"voting_code", voting_code}, {"new_code", new_code_name(env)}, {"host", host_of(env.settings.base_url)}};
    const bool queued = web::queue_sms(env, {demand.phone, "reassort", view, env.session.voter, once});
    const auto message = queued ? std::optional(env.db.last_insert_id()) : std::nullopt;
    web::tell_owner(env, web::owner_of(env.session), "reassort-envoye", once,
                    {{"new_code", new_code_name(env)},
                     {"phone_end", phone_end(demand.phone)},
                     {"remaining", std::to_string(remaining)},
                     {"freeze_url", env.settings.base_url + "/reassort/gel"}});
    return message;
}

// The form again with one neutral sentence: it does not say which of the data is wrong.
web::Response mismatch_page(const web::Request& request, unsigned remaining, web::Env& env, const Keys& keys) {
    web::FormErrors errors;
    errors.add(
        "numen",
        defi_of(env)
            ? "Le NUMEN, la date de naissance ou la réponse secrète ne correspondent pas à votre dossier. Vérifiez les trois."
            : "Le NUMEN et la date de naissance ne correspondent pas à ceux de votre dossier. Vérifiez les deux.");
    count_wrong_demand(request, env);
    return form_page(request, typed_in(request), errors, remaining, env, keys);
}

std::string_view word_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::sent: return "sent";
        case Verdict::mismatch: return "mismatch";
        case Verdict::too_many_tries: return "too-many-tries";
        case Verdict::none_left: return "none-left";
        case Verdict::frozen: return "frozen";
        case Verdict::busy: return "busy";
        case Verdict::not_ready: return "not-ready";
    }
    return {};
}

web::Response page_of(const Issued& issued, const web::Request& request, web::Env& env, const Keys& keys) {
    switch (issued.verdict) {
        case Verdict::sent: return web::Response::redirect("/reassort/envoi");
        case Verdict::mismatch: return mismatch_page(request, issued.remaining, env, keys);
        case Verdict::too_many_tries: return refusal_page(Refusal::too_many_tries, env);
        case Verdict::none_left: return refusal_page(Refusal::none_left, env);
        case Verdict::frozen: return refusal_page(Refusal::frozen, env);
        case Verdict::busy: return refusal_page(Refusal::busy, env);
        case Verdict::not_ready: break;
    }
    return refusal_page(Refusal::not_ready, env);
}

}  // namespace

// 303 to /reassort/envoi, also for the same form sent twice; 400 with the form when the data are not the elector's; 403, 429
// when nothing can be asked; 503 when too many answers are being checked or the elector's codes are not made.
Answer send_code(const web::Request& request, web::Env& env, const Keys& keys) {
    if (!env.calendar.is_reassort_open(env.now)) {
        return refusal_page(env.calendar.reached(domain::CalendarEvent::vote_closes, env.now) ? Refusal::closed : Refusal::not_yet,
                            env);
    }
    if (lacks_question(env)) return refusal_page(Refusal::no_question, env);
    web::FormErrors errors;
    const auto defi = defi_of(env);
    const auto demand = read_demand(typed_in(request), defi.has_value(), declared_countries(env.settings), errors);
    const bool passes = passes_security(request, env, keys, /*spend=*/demand.has_value(), errors);
    if (!demand || !passes) return form_page(request, typed_in(request), errors, k_requests_allowed, env, keys);
    bool defi_holds = true;
    if (defi) {
        if (!web::throttle_allows(env, "reassort-answer", std::to_string(env.session.voter->value), k_answers_an_hour, k_hour))
            return util::failure(util::Fault::throttled, "answers of one elector");
        const bool ran = env.hash_pool.run(
            [&] { defi_holds = domain::verify_secret(keys.password_pepper.view(), demand->answer, defi->answer_hash); },
            web::HashPool::Seat::member);
        if (!ran) return util::failure(util::Fault::busy, "hash pool full");
    }
    const std::string key = util::sha256_hex("reassort|" + std::to_string(env.session.voter->value) + "|" + env.form_key);
    const Post post{[&] { return may_send(env, *demand); },
                    [&](std::string_view code, unsigned remaining) { return announce(env, *demand, code, remaining); }};
    const Issued issued = issue_code(env.db, keys, *env.session.voter, *demand, defi_holds, key, env.now, post);
    web::log_act(util::Level::info, "reassort", env, env.session.voter_email, std::string(word_of(issued.verdict)));
    return page_of(issued, request, env, keys);
}

// 200; 303 to the form when no code was sent.
Answer show_envoi(const web::Request&, web::Env& env) {
    const auto sent = last_sent(env.db, *env.session.voter);
    if (!sent) return web::Response::redirect("/reassort");
    const History history = history_of(env.db, *env.session.voter, env.now);
    const unsigned remaining = history.sent < k_requests_allowed ? k_requests_allowed - history.sent : 0;
    util::Json view{{"title", "Votre " + new_code_name(env) + " est envoyé"},
                    {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
                    {"new_code", new_code_name(env)},
                    {"code", code_name(env)},
                    {"phone_end", sent->phone_end},
                    {"sent_at", domain::paris_full(sent->at)},
                    {"email", env.session.voter_email},
                    {"has_remaining", remaining > 0},
                    {"remaining", std::to_string(remaining)},
                    {"frozen", history.frozen}};
    put_delivery(view, sent->message_id, env);
    return web::Response::page("reassort/envoi", std::move(view));
}

}  // namespace reassort
