// SPDX-License-Identifier: AGPL-3.0-or-later
// The temporary code is typed, and the new code de vote is on the page that answers: once, kept nowhere.
#include "domain/local_time.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/temporary.hpp"
#include "web/outbox.hpp"
#include "web/pseudonym.hpp"
#include "web/question_defi.hpp"

namespace reassort {
namespace {

constexpr std::size_t k_form_key = 32;  // hex digits: what the same form sent twice is known by, and nobody can guess

web::Response code_page(const Pending& pending, const web::FormErrors& errors, unsigned remaining, web::Env& env) {
    const auto resend_at = pending.sent_at + k_resend_after;
    const auto wait = std::chrono::duration_cast<std::chrono::seconds>(resend_at - env.now).count();
    util::Json view{{"title", "Saisir le code temporaire"},
                    {"back", back_link(env)},
                    {"new_code", new_code_name(env)},
                    {"code", code_name(env)},
                    {"where", destination_words(pending.to)},
                    {"is_mail", pending.to.is_mail},
                    {"is_live", pending.is_live},
                    {"sent_at", domain::time_for(env.session.place, pending.sent_at)},
                    {"good_until", domain::time_for(env.session.place, pending.sent_at + k_temporary_lives)},
                    {"email", env.session.voter_email},
                    {"is_last", remaining == 1},
                    {"must_wait", wait > 0},
                    {"wait", std::to_string(wait)},
                    {"temporaire", web::field_view("temporaire", "Code temporaire", "", errors, "Huit chiffres")}};
    put_delivery(view, pending.to.is_mail ? std::nullopt : pending.message_id, env);
    errors.put_into(view);
    return web::Response::page("reassort/code", std::move(view), errors.empty() ? 200 : 400);
}

web::Response new_code_page(const Shown& shown, web::Env& env) {
    const bool open = env.calendar.is_vote_open(env.now);
    return web::Response::page("reassort/nouveau_code", {{"title", "Votre " + new_code_name(env)},
                                                         {"new_code", new_code_name(env)},
                                                         {"code", code_name(env)},
                                                         {"voting_code", shown.code.view()},
                                                         {"email", env.session.voter_email},
                                                         {"next_href", open ? "/vote" : "/espace"},
                                                         {"next_label", open ? "Je vote" : "Mon espace électeur"}});
}

std::string_view word_of(Look look) {
    switch (look) {
        case Look::shown: return "shown";
        case Look::shown_before: return "shown-before";
        case Look::wrong: return "temporary-wrong";
        case Look::expired: return "temporary-expired";
        case Look::dead: return "temporary-dead";
        case Look::no_code: return "no-temporary";
        case Look::none_left: return "none-left";
        case Look::frozen: return "frozen";
        case Look::not_ready: return "not-ready";
    }
    return {};
}

std::string sentence_of(Look look) {
    if (look == Look::expired) return "Ce code est juste, mais il a plus de 15 minutes. Demandez un nouvel envoi ci-dessous.";
    if (look == Look::dead)
        return "Cinq codes faux ont été saisis : le code temporaire ne sert plus. Demandez un nouvel envoi ci-dessous.";
    return "Ce n’est pas le code temporaire envoyé. Relisez les huit chiffres du dernier message.";
}

web::Response page_of(const Shown& shown, unsigned remaining, web::Env& env, const Keys& keys) {
    switch (shown.look) {
        case Look::shown: return new_code_page(shown, env);
        case Look::shown_before: return web::Response::redirect("/reassort/envoi");
        case Look::none_left: return refusal_page(Refusal::none_left, env);
        case Look::frozen: return refusal_page(Refusal::frozen, env);
        case Look::not_ready: return refusal_page(Refusal::not_ready, env);
        case Look::no_code:
        case Look::wrong:
        case Look::expired:
        case Look::dead: break;
    }
    const auto pending = pending_of(env.db, keys, *env.session.voter, env.now);
    if (!pending) return web::Response::redirect("/reassort");
    web::FormErrors errors;
    errors.add("temporaire", sentence_of(shown.look));
    return code_page(*pending, errors, remaining, env);
}

}  // namespace

// 200; 303 to /reassort when no temporary code is under way, to /reassort/envoi when the last one has served; 403, 429 as the form of the demand.
Answer show_code_form(const web::Request&, web::Env& env, const Keys& keys) {
    if (!web::shows_new_code(env)) return web::Response::redirect("/reassort");
    const auto pending = pending_of(env.db, keys, *env.session.voter, env.now);
    const auto given = last_given(env.db, *env.session.voter);
    if (!pending) return web::Response::redirect(given && given->outcome == Outcome::shown ? "/reassort/envoi" : "/reassort");
    unsigned remaining = 0;
    if (const auto refusal = standing_refusal(env, remaining)) return refusal_page(*refusal, env);
    return code_page(*pending, {}, remaining, env);
}

// 200 with the new code, and again for two minutes to the same form; 303 to /reassort/envoi when it was shown before; 400 with the form when the
// temporary code does not serve; 403 when nothing can be asked.
Answer give_code(const web::Request& request, web::Env& env, const Keys& keys) {
    if (!web::shows_new_code(env)) return web::Response::redirect("/reassort");
    if (env.calendar.reached(domain::CalendarEvent::vote_closes, env.now)) return refusal_page(Refusal::closed, env);
    if (!env.calendar.is_reassort_open(env.now)) return refusal_page(Refusal::not_yet, env);
    if (env.form_key.size() < k_form_key) return util::failure(util::Fault::invalid, "a form without a key of its own");
    unsigned remaining = 0;
    standing_refusal(env, remaining);
    const auto typed = normalise_temporary_code(request.field("temporaire"));
    if (!typed) {
        const auto pending = pending_of(env.db, keys, *env.session.voter, env.now);
        if (!pending) return web::Response::redirect("/reassort/code");
        web::FormErrors errors;
        errors.add("temporaire", "Saisissez les huit chiffres du code temporaire.");
        return code_page(*pending, errors, remaining, env);
    }
    const auto tell = [&](unsigned left) {
        web::tell_owner(env, web::owner_of(env.session), "reassort-affiche", env.form_key,
                        {{"new_code", new_code_name(env)},
                         {"remaining", std::to_string(left)},
                         {"freeze_url", env.settings.base_url + "/reassort/gel"}});
    };
    const Shown shown = show_code(env.db, keys, *env.session.voter, *typed, env.form_key, env.now, tell);
    web::log_act(util::Level::info, "reassort", env, env.session.voter_email, std::string(word_of(shown.look)));
    return page_of(shown, remaining, env, keys);
}

}  // namespace reassort
