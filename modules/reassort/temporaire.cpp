// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a new code is shown on screen: the proofs are checked, and a temporary code leaves. The code de vote stays what it is.
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/proof.hpp"
#include "reassort/security_gate.hpp"
#include "reassort/store_temporary.hpp"
#include "reassort/temporary.hpp"
#include "util/bytes.hpp"
#include "web/outbox.hpp"
#include "web/pseudonym.hpp"
#include "web/question_defi.hpp"

namespace reassort {
namespace {

std::optional<std::uint64_t> send_message(web::Env& env, const Destination& to, std::string_view code, const std::string& once) {
    const util::Json view{{"code", as_read(code)},
                          {"plain_code", code},
                          {"new_code", new_code_name(env)},
                          {"host", host_of(env.settings.base_url)}};
    const web::Message message{to.address, "temporaire", view, env.session.voter, once};
    const auto queue_mail = [&] {
        web::Text text = web::email_text(env, message);
        return queue_personal_mail(env.db, *env.session.voter,
                                   {std::move(text.idempotency_key), to.address, std::move(text.subject), std::move(text.body)},
                                   env.now);
    };
    const bool queued = to.is_mail ? queue_mail() : web::queue_sms(env, message);
    return queued ? std::optional(env.db.last_insert_id()) : std::nullopt;
}

void warn_owner(web::Env& env, const Destination& to, const std::string& once) {
    web::tell_owner(env, web::owner_of(env.session), "reassort-demande", once,
                    {{"new_code", new_code_name(env)},
                     {"where", destination_words(to)},
                     {"freeze_url", env.settings.base_url + "/reassort/gel"}});
}

std::string_view word_of(Asked asked) {
    switch (asked) {
        case Asked::sent: return "temporary-sent";
        case Asked::mismatch: return "mismatch";
        case Asked::too_many_tries: return "too-many-tries";
        case Asked::none_left: return "none-left";
        case Asked::frozen: return "frozen";
        case Asked::busy: return "busy";
        case Asked::too_many_codes: return "too-many-temporary";
        case Asked::too_soon: return "too-soon";
        case Asked::nothing_to_resend: return "nothing-to-resend";
        case Asked::not_ready: return "not-ready";
    }
    return {};
}

Refusal refusal_of(Asked asked) {
    switch (asked) {
        case Asked::too_many_tries: return Refusal::too_many_tries;
        case Asked::none_left: return Refusal::none_left;
        case Asked::frozen: return Refusal::frozen;
        case Asked::busy: return Refusal::busy;
        case Asked::too_many_codes: return Refusal::too_many_codes;
        default: return Refusal::not_ready;
    }
}

// The form's key is the elector's: another's form of the same key is another form.
std::string key_of(std::string_view act, const web::Env& env) {
    return util::sha256_hex(std::string(act) + "|" + std::to_string(env.session.voter->value) + "|" + env.form_key);
}

}  // namespace

// 303 to /reassort/code, also for the same form sent twice, and to /reassort where codes go by SMS; 400 with the form; 403, 429 when nothing
// can be asked; 503 when too many answers are being checked or the elector's codes are not made.
Answer send_temporary(const web::Request& request, web::Env& env, const Keys& keys) {
    if (!web::shows_new_code(env)) return web::Response::redirect("/reassort");
    unsigned remaining = 0;
    if (const auto refusal = standing_refusal(env, remaining)) return refusal_page(*refusal, env);
    web::FormErrors errors;
    const auto demand = read_temporary_demand(typed_in(request), env.session.voter_email, declared_countries(env.settings), errors);
    const bool passes = passes_security(request, env, keys, /*spend=*/demand.has_value(), errors);
    if (!demand || !passes) return form_page(request, typed_in(request), errors, remaining, env, keys);
    const auto defi_holds = answer_holds(demand->answer, defi_of(env), env, keys);
    if (!defi_holds) return defi_holds.error();
    const std::string key = key_of("reassort-temporary", env);
    const TemporaryPost post{[&](const Destination& to) { return may_send(env, to); },
                             [&](const Destination& to, std::string_view code) {
                                 warn_owner(env, to, key);
                                 return send_message(env, to, code, key);
                             }};
    const Asked asked = ask_temporary(env.db, keys, *env.session.voter, *demand, *defi_holds, key, env.now, post);
    web::log_act(util::Level::info, "reassort", env, env.session.voter_email, std::string(word_of(asked)));
    if (asked == Asked::sent) return web::Response::redirect("/reassort/code");
    if (asked == Asked::mismatch) return mismatch_page(request, remaining, env, keys);
    return refusal_page(refusal_of(asked), env);
}

// 303 to /reassort/code, also when it is too soon (the page says when); to /reassort when there is nothing to send again; 403, 429 as above.
Answer resend(const web::Request&, web::Env& env, const Keys& keys) {
    if (!web::shows_new_code(env)) return web::Response::redirect("/reassort");
    unsigned remaining = 0;
    if (const auto refusal = standing_refusal(env, remaining)) return refusal_page(*refusal, env);
    const std::string key = key_of("reassort-resend", env);
    const TemporaryPost post{[&](const Destination& to) {
                                 const auto phone = domain::normalise_phone(to.address, declared_countries(env.settings));
                                 return may_send(env, {to.is_mail, to.address, phone.prefix, phone.abroad});
                             },
                             [&](const Destination& to, std::string_view code) { return send_message(env, to, code, key); }};
    const Asked asked = resend_temporary(env.db, keys, *env.session.voter, key, env.now, post);
    web::log_act(util::Level::info, "reassort", env, env.session.voter_email, std::string(word_of(asked)));
    if (asked == Asked::sent || asked == Asked::too_soon) return web::Response::redirect("/reassort/code");
    if (asked == Asked::nothing_to_resend) return web::Response::redirect("/reassort");
    return refusal_page(refusal_of(asked), env);
}

}  // namespace reassort
