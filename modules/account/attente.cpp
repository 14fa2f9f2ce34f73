// SPDX-License-Identifier: AGPL-3.0-or-later
// The line before the door: place, time left, and the turn. Nothing is typed again; the page comes back by itself, with or without a script.
#include "account/door.hpp"
#include "account/pages.hpp"
#include "account/sign_in.hpp"

namespace account {

namespace {

// « 1 234 »: groups of three with a narrow no-break space.
std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, "\u202f");
    return digits;
}

std::string spoken_wait(std::chrono::seconds left) {
    const auto minutes = (left.count() + 59) / 60;
    return left < std::chrono::seconds{60} ? "moins d’une minute" : "environ " + std::to_string(minutes) + " minutes";
}

}  // namespace

std::optional<SignInEntry> entry_of(const web::Request& request, const web::Env& env, const Keys& keys, const Door& door) {
    auto entry = open_entry(keys.password_pepper.view(), env.session.id, request.cookie(k_entry_cookie), env.now);
    if (entry && door.line->is_spent(entry->ticket)) return std::nullopt;
    return entry;
}

// 200 with place and time left; 303 to sign-in for who holds no ticket, onwards for who is in.
Answer show_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door) {
    const auto entry = entry_of(request, env, keys, door);
    if (env.session.voter) return web::Response::redirect(safe_path(entry ? entry->next : ""));
    if (!entry) return web::Response::redirect("/connexion");
    const auto place = door.line->look(entry->ticket, env.now);
    if (!place) return wait_in_line(request, env, keys, door, *entry);
    const bool is_called = place->done != nullptr;
    const std::string ahead = place->ahead == 0   ? "personne\u00a0: vous êtes le prochain"
                              : place->ahead == 1 ? "1 personne"
                                                  : grouped(place->ahead) + " personnes";
    auto response = web::Response::kept_page(
        "account/attente", is_called ? "called" : "waits",
        [is_called] {
            return util::Json{{"title", is_called ? "C’est votre tour" : "Votre place dans la file"}, {"is_called", is_called}};
        },
        {{"ahead", ahead},
         {"wait", spoken_wait(place->left)},
         {"every", std::to_string(place->look_again.count())},
         {"address", entry->address}});
    if (!is_called) response.refresh_after = place->look_again;
    return response;
}

// As sign-in answers, when the turn has come; otherwise 303 back into the line.
Answer post_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door) {
    const auto entry = entry_of(request, env, keys, door);
    if (env.session.voter) return web::Response::redirect(safe_path(entry ? entry->next : ""));  // sent twice
    if (!entry) return web::Response::redirect("/connexion");
    const auto place = door.line->look(entry->ticket, env.now);
    if (!place) return wait_in_line(request, env, keys, door, *entry);
    if (!place->done) return web::Response::redirect(std::string(k_line_page));
    return enter(request, env, keys, door, *entry, attempt_of(request, env, keys, *entry),
                 static_cast<const PasswordCheck*>(place->done.get()));
}

}  // namespace account
