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

// Whether tries from there cost an effort: nothing at normal load, for nobody whose browser is known.
bool costs_effort(web::Env& env, Door& door, std::string_view client_ip, const std::string& network) {
    return door.spray.is_suspect(network, env.now) ||
           !web::network_has_room(env, "sign-in-failures", client_ip, k_failures_per_network, k_network_window);
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

// What others typed at the door waits outside the database: the line comes first, counts and throttle after it.
Answer knock(const web::Request& request, web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry, bool has_ticket) {
    const unsigned room = env.hash_pool.room();
    const bool may_try = has_ticket ? door.line.ask(entry.ticket, env.now, room).may_enter : door.line.is_clear(env.now, room);
    if (!may_try) return wait_in_line(env, keys, door, entry);
    const auto pepper = keys.password_pepper.view();
    const std::string address = domain::normalise_address(entry.address).value_or("");
    const Try attempt{address, entry.password, device_of(request, env, keys, address)};
    const auto budget = env.settings.networks.budget(request.client_ip, k_failures_per_network);
    if (!attempt.device && costs_effort(env, door, request.client_ip, budget.network) && !door.effort.is_made(request, env))
        return door.effort.page(env, {"/connexion",
                                      {{"adresse", entry.address},
                                       {"mot_de_passe", entry.password},
                                       {"suite", entry.next},
                                       {"poste_partage", entry.machine == web::Machine::shared ? "oui" : ""}},
                                      true});
    const auto result = check_sign_in(env, keys, attempt);
    if (result.outcome == SignIn::busy) return wait_in_line(env, keys, door, entry);
    door.line.spend(entry.ticket);
    door.line.count_entry(env.now);
    const bool refused = result.outcome == SignIn::refused;
    note_outcome(env, door, request.client_ip, budget, attempt.address, !refused);
    auto response = refused ? sign_in_page(env, entry, true) : web::Response::redirect(safe_path(entry.next));
    if (!refused) {
        web::sign_in(env, response, result.voter, request.user_agent, entry.machine);
        // A machine that others use is nobody's own.
        if (entry.machine == web::Machine::own)
            web::remember_device(response, pepper, request.cookie(web::k_device_cookie), attempt.address, env.now);
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
                 {held ? held->ticket : door.line.issue(env.now), std::string(util::trim(request.field("adresse"))),
                  std::string(request.field("mot_de_passe")), std::string(request.field("suite")),
                  request.field("poste_partage").empty() ? web::Machine::own : web::Machine::shared},
                 held.has_value());
}

// 303 to the page of the activation worker, which makes the links.
Answer go_to_forgotten(const web::Request&, web::Env&) { return web::Response::redirect("/portail/mot-de-passe-oublie.htm"); }

}  // namespace account
