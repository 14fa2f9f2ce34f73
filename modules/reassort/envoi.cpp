// SPDX-License-Identifier: AGPL-3.0-or-later
// The sending of a new code, and the page that says where it went. The code itself is on no page.
#include "domain/local_time.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/proof.hpp"
#include "reassort/security_gate.hpp"
#include "reassort/store.hpp"
#include "util/bytes.hpp"
#include "web/outbox.hpp"
#include "web/pseudonym.hpp"
#include "web/question_defi.hpp"

namespace reassort {
namespace {

// The purge takes what became of an SMS a week after the last word on it: from then on the page would say that it waits.
constexpr std::chrono::hours k_delivery_told{6 * 24};

std::optional<std::uint64_t> announce(web::Env& env, const Demand& demand, std::string_view voting_code, unsigned remaining) {
    const std::string once = "reassort|" + std::to_string(env.session.voter->value) + "|" + std::to_string(remaining);
    const util::Json view{{"voting_code", voting_code}, {"new_code", new_code_name(env)}, {"host", host_of(env.settings.base_url)}};
    const bool queued = web::queue_sms(env, {demand.to.address, "reassort", view, env.session.voter, once});
    const auto message = queued ? std::optional(env.db.last_insert_id()) : std::nullopt;
    web::tell_owner(env, web::owner_of(env.session), "reassort-envoye", once,
                    {{"new_code", new_code_name(env)},
                     {"phone_end", phone_end(demand.to.address)},
                     {"remaining", std::to_string(remaining)},
                     {"freeze_url", env.settings.base_url + "/reassort/gel"}});
    return message;
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
// when nothing can be asked; 503 when too many answers are being checked or the elector's codes are not made; 303 to /reassort where codes are shown on screen.
Answer send_code(const web::Request& request, web::Env& env, const Keys& keys) {
    if (web::shows_new_code(env)) return web::Response::redirect("/reassort");
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
    const auto defi_holds = answer_holds(demand->answer, defi, env, keys);
    if (!defi_holds) return defi_holds.error();
    const std::string key = util::sha256_hex("reassort|" + std::to_string(env.session.voter->value) + "|" + env.form_key);
    const Post post{[&] { return may_send(env, demand->to); },
                    [&](std::string_view code, unsigned remaining) { return announce(env, *demand, code, remaining); }};
    const Issued issued = issue_code(env.db, keys, *env.session.voter, *demand, *defi_holds, key, env.now, post);
    web::log_act(util::Level::info, "reassort", env, env.session.voter_email, std::string(word_of(issued.verdict)));
    return page_of(issued, request, env, keys);
}

// 200, also for a code that was shown and is shown no more; 303 to the form when none was given.
Answer show_envoi(const web::Request&, web::Env& env) {
    const auto given = last_given(env.db, *env.session.voter);
    if (!given) return web::Response::redirect("/reassort");
    const bool on_screen = given->outcome == Outcome::shown;
    const History history = history_of(env.db, *env.session.voter, env.now);
    const unsigned remaining = history.sent < k_requests_allowed ? k_requests_allowed - history.sent : 0;
    util::Json view{{"title", "Votre " + new_code_name(env) + (on_screen ? " a été affiché" : " est envoyé")},
                    {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
                    {"new_code", new_code_name(env)},
                    {"code", code_name(env)},
                    {"phone_end", given->phone_end},
                    {"sent_at", domain::full_for(env.session.place, given->at)},
                    {"email", env.session.voter_email},
                    {"has_remaining", remaining > 0},
                    {"remaining", std::to_string(remaining)},
                    {"frozen", history.frozen}};
    const bool is_told = env.now < given->at + k_delivery_told;
    put_delivery(view, is_told ? given->message_id : std::nullopt, env);
    return web::Response::page(on_screen ? "reassort/affiche" : "reassort/envoi", std::move(view));
}

}  // namespace reassort
