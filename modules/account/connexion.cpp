// SPDX-License-Identifier: AGPL-3.0-or-later
// « Se connecter »: address and password on one page, one message for every refusal.
#include "account/door.hpp"
#include "account/pages.hpp"
#include "account/sign_in.hpp"
#include "domain/identity.hpp"
#include "util/log.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/known_device.hpp"
#include "web/pseudonym.hpp"
#include "web/session.hpp"
#include "web/throttle.hpp"

namespace account {

namespace {

// Why the connection before ended: which limit, in words.
std::string limit_in_words(const web::Session& ended) {
    const auto limit = ended.was_idle ? web::idle_limit(ended.machine) : web::whole_limit(ended.machine);
    const auto hours = limit.count() / 60;
    return hours > 0 ? std::to_string(hours) + "\u00a0heures" : std::to_string(limit.count()) + "\u00a0minutes";
}

web::Response sign_in_page(const web::Env& env, const SignInEntry& typed, bool refused) {
    web::FormErrors errors;
    if (refused) errors.add("adresse", "L’adresse et le mot de passe ne vont pas ensemble, ou les essais sont trop rapprochés.");
    util::Json view{{"title", "Se connecter"},
                    {"refused", refused},
                    {"expired", env.session.expired && !refused},
                    {"was_idle", env.session.was_idle},
                    {"limit", env.session.expired ? limit_in_words(env.session) : ""},
                    {"suite", typed.next},
                    {"is_shared", typed.machine == web::Machine::shared},
                    {"adresse", web::field_view("adresse", "Adresse professionnelle", typed.address, errors,
                                                "Format attendu : prenom.nomxx@ac-xxxx.fr")},
                    {"mot_de_passe", web::field_view("mot_de_passe", env.edition.word_capital("password"), {}, errors)}};
    errors.put_into(view);
    if (typed.address.empty() && typed.next.empty() && !refused)
        return web::Response::shared_page("account/connexion", std::move(view));
    return web::Response::page("account/connexion", std::move(view), refused ? 400 : 200);
}

// The browser's name for this address, while it may still try apart from all others.
std::optional<std::string> device_of(const web::Request& request, web::Env& env, const Keys& keys, const std::string& address) {
    auto device = web::known_device(keys.password_pepper.view(), request.cookie(web::k_device_cookie), address, env.now);
    if (device && !device_has_room(env, *device)) device.reset();
    return device;
}

// What a network may do before its tries cost an effort.
web::Networks::Budget budget_of(const web::Request& request, const web::Env& env) {
    return env.settings.networks.budget(request.client_ip, k_failures_per_network);
}

// The page of the calculation, if this try costs one and brings none: nothing at normal load, and never for whose browser is known.
std::optional<web::Response> effort_first(const web::Request& request, web::Env& env, Door& door, const SignInEntry& entry,
                                          const Try& attempt) {
    if (attempt.device) return std::nullopt;
    const auto budget = budget_of(request, env);
    const bool costs = door.spray.is_suspect(budget.network, env.now) ||
                       !door.budget.has_room(budget.network, budget.limit, env.now) ||
                       !web::network_has_room(env, "sign-in-failures", request.client_ip, k_failures_per_network, k_network_window);
    if (!costs || door.effort.is_made(request, env)) return std::nullopt;
    return door.effort.page(env, {"/connexion",
                                  {{"adresse", entry.address},
                                   {"mot_de_passe", entry.password},
                                   {"suite", entry.next},
                                   {"poste_partage", entry.machine == web::Machine::shared ? "oui" : ""}},
                                  true});
}

// Takes a place for what this try costs.
Answer join_line(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry,
                 const Try& attempt) {
    const auto sealed = seal_entry(keys.password_pepper.view(), env.session.id, entry);
    if (!sealed) return util::failure(util::Fault::busy, "no room for passwords, and too much was typed to be kept");
    if (!door.line->join(entry.ticket, prepare_check(env, keys, attempt), env.now))
        return util::failure(util::Fault::busy, "the waiting line is full");
    door.budget.take(budget_of(request, env).network, env.now);
    env.hash_pool.help(door.line);
    auto response = web::Response::redirect(std::string(k_line_page));
    response.cookies.push_back({k_entry_cookie, *sealed});
    return response;
}

// What a try tells of its network.
void note_outcome(web::Env& env, Door& door, std::string_view client_ip, const web::Networks::Budget& budget,
                  const std::string& address, bool right) {
    if (!right) web::network_allows(env, "sign-in-failures", client_ip, k_failures_per_network, k_network_window);
    if (door.spray.note(budget.network, address, right, budget.limit / k_failures_per_network, env.now))
        util::log(util::Level::warning, "spray-suspected", {{"request", env.request_id}, {"network", budget.network}});
}

}  // namespace

// 200; 303 onwards for who is signed in already.
Answer show_connexion(const web::Request& request, web::Env& env) {
    if (env.session.voter) return web::Response::redirect(safe_path(request.field("suite")));
    return sign_in_page(env, {{}, {}, {}, std::string(request.field("suite"))}, false);
}

Try attempt_of(const web::Request& request, web::Env& env, const Keys& keys, const SignInEntry& entry) {
    const std::string address = domain::normalise_address(entry.address).value_or("");
    return {address, entry.password, device_of(request, env, keys, address)};
}

Answer wait_in_line(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry) {
    const Try attempt = attempt_of(request, env, keys, entry);
    if (auto first = effort_first(request, env, door, entry, attempt)) return std::move(*first);
    return join_line(request, env, keys, door, entry, attempt);
}

Answer knock(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry) {
    if (!door.line->is_empty(env.now) || env.hash_pool.room() == 0) return wait_in_line(request, env, keys, door, entry);
    const Try attempt = attempt_of(request, env, keys, entry);
    if (auto first = effort_first(request, env, door, entry, attempt)) return std::move(*first);
    return enter(request, env, keys, door, entry, attempt);
}

Answer enter(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry, const Try& attempt,
             const PasswordCheck* made) {
    const auto result = check_sign_in(env, keys, attempt, made);
    if (result.outcome == SignIn::busy) return join_line(request, env, keys, door, entry, attempt);
    door.line->spend(entry.ticket);
    const auto budget = budget_of(request, env);
    const bool refused = result.outcome == SignIn::refused;
    note_outcome(env, door, request.client_ip, budget, attempt.address, !refused);
    auto response = refused ? sign_in_page(env, entry, true) : web::Response::redirect(safe_path(entry.next));
    if (!refused) {
        if (made) door.budget.give_back(budget.network, env.now);
        web::sign_in(env, response, result.voter, request.user_agent, entry.machine, [&] { settle(env, result); });
        // A machine that others use is nobody's own.
        if (entry.machine == web::Machine::own)
            web::remember_device(response, keys.password_pepper.view(), request.cookie(web::k_device_cookie), attempt.address,
                                 env.now);
    }
    if (!request.cookie(k_entry_cookie).empty()) response.cookies.push_back({k_entry_cookie, ""});
    web::log_act(util::Level::info, refused ? "sign-in-refused" : "signed-in", env, attempt.address);
    return response;
}

// 303 to `suite` or the elector's space, with a new session, or to the line when many come at once; 400 with the neutral message;
// 429 with a calculation to do first, while too many tries of the network fail.
Answer post_connexion(const web::Request& request, web::Env& env, const Keys& keys, Door& door) {
    const auto held = entry_of(request, env, keys, door);  // who goes back and types again keeps his place
    return knock(request, env, keys, door,
                 {held ? held->ticket : door.line->issue(env.now), std::string(util::trim(request.field("adresse"))),
                  std::string(request.field("mot_de_passe")), std::string(request.field("suite")),
                  request.field("poste_partage").empty() ? web::Machine::own : web::Machine::shared});
}

// 303 to the page of the activation worker, which makes the links.
Answer go_to_forgotten(const web::Request&, web::Env&) { return web::Response::redirect("/portail/mot-de-passe-oublie.htm"); }

}  // namespace account
