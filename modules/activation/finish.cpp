// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/finish.hpp"

#include <functional>

#include "activation/store.hpp"
#include "domain/local_time.hpp"
#include "domain/secret_hash.hpp"
#include "web/known_device.hpp"
#include "web/outbox.hpp"
#include "web/pseudonym.hpp"
#include "web/question_defi.hpp"
#include "web/session.hpp"

namespace activation {

namespace {

// The word of success is shown by /espace for two minutes: it is not wiped by the showing, for a page is often asked for twice.
constexpr std::chrono::minutes k_flash{2};

void tell_owner(web::Env& env, const store::Person& person, const char* template_name) {
    web::tell_owner(env, {person.voter, person.email, person.civility, person.last_name}, template_name, env.form_key);
}

void leave_word(web::Env& env, web::Response& response, const char* flash) {
    const auto until = (env.now + k_flash).time_since_epoch().count();
    web::save_session_data(env, response, {{"flash", {{"word", flash}, {"until", until}}}});
}

// Runs `write`, then signs the elector in, all in one transaction. Without a word (`flash`) the question défi follows.
std::optional<web::Response> finish(web::Env& env, const Keys& keys, const web::Request& request, const Journey& journey,
                                    const char* act, const char* flash, const std::function<bool(const store::Person&)>& write) {
    const auto person = store::find_by_id(env.db, journey.voter);
    if (!person || person->struck_off) return std::nullopt;
    const web::Session session_before = env.session;
    web::Response response;
    const bool done = env.db.transaction([&] {
        env.session = session_before;  // the transaction may run again
        response = web::Response::redirect(flash ? "/espace" : k_question_page);
        if (!write(*person)) return false;
        web::sign_in(env, response, person->voter, request.user_agent);
        web::remember_device(response, keys.password_pepper.view(), request.cookie(web::k_device_cookie), person->email, env.now);
        if (flash) leave_word(env, response, flash);
        else web::save_session_data(env, response, to_data(Journey{person->voter, journey.purpose, env.now + k_journey, {}, true}));
        return true;
    });
    if (!done) {
        env.session = session_before;
        return std::nullopt;
    }
    web::log_act(util::Level::info, act, env, person->email);
    return response;
}

}  // namespace

std::optional<web::Response> create_account(web::Env& env, const Keys& keys, const web::Request& request, const Journey& journey,
                                            const std::optional<Defi>& defi) {
    store::NewAccount account{journey.voter, journey.password_hash, std::nullopt, std::nullopt};
    if (defi) {
        account.defi_question = defi->question;
        account.defi_answer_hash = defi->answer_hash;
    }
    const char* word = defi ? "activated_with_defi" : web::asks_defi(env) ? nullptr : "activated";
    return finish(env, keys, request, journey, "account-created", word, [&](const store::Person& person) {
        if (!store::add_account(env.db, account, env.now)) return false;
        store::supersede_links(env.db, person.voter, env.now);
        tell_owner(env, person, "compte-active");
        return true;
    });
}

std::optional<web::Response> enter_without_account(web::Env& env, const Keys& keys, const web::Request& request,
                                                   const Journey& journey) {
    return finish(env, keys, request, journey, "entered-without-account", "not_activated",
                  [](const store::Person& person) { return !person.has_account; });
}

std::optional<web::Response> replace_password(web::Env& env, const Keys& keys, const web::Request& request,
                                              const Journey& journey) {
    const auto owner = store::find_by_id(env.db, journey.voter);
    const bool question_follows = owner && !owner->has_question && web::asks_defi(env);
    return finish(env, keys, request, journey, "password-reset", question_follows ? nullptr : "password_changed",
                  [&](const store::Person& person) {
                      if (!store::replace_password(env.db, person.voter, journey.password_hash, env.now)) return false;
                      store::supersede_links(env.db, person.voter, env.now);
                      web::close_other_sessions(env, person.voter);
                      tell_owner(env, person, "mot-de-passe-modifie");
                      return true;
                  });
}

bool keep_question(web::Env& env, web::Response& response, domain::VoterId voter, const Defi& defi) {
    const web::Session session_before = env.session;
    const bool kept = env.db.transaction([&] {
        env.session = session_before;  // the transaction may run again
        response = web::Response::redirect("/espace");
        if (!store::add_question(env.db, voter, defi.question, defi.answer_hash)) return false;
        leave_word(env, response, "activated_with_defi");
        return true;
    });
    if (!kept) env.session = session_before;
    return kept;
}

std::optional<std::string> hash_in_pool(web::Env& env, const Keys& keys, std::string_view secret) {
    std::string hash;
    if (!env.hash_pool.run([&] { hash = domain::hash_secret(keys.password_pepper.view(), secret); })) return std::nullopt;
    return hash;
}

}  // namespace activation
