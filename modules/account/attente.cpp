// SPDX-License-Identifier: AGPL-3.0-or-later
// The line before the door: place, time left, and the turn. Nothing is typed again; the page comes back by itself, with or without a script.
#include "account/door.hpp"
#include "account/pages.hpp"
#include "account/sign_in.hpp"

namespace account {

namespace {

constexpr std::string_view k_line_page = "/connexion/attente";

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
    if (entry && door.line.is_spent(entry->ticket)) return std::nullopt;
    return entry;
}

Answer wait_in_line(web::Env& env, const Keys& keys, Door& door, const SignInEntry& entry) {
    const auto sealed = seal_entry(keys.password_pepper.view(), env.session.id, entry);
    if (!sealed) return util::failure(util::Fault::busy, "hash pool full, and too much was typed to be kept");
    static_cast<void>(door.line.ask(entry.ticket, env.now, env.hash_pool.room()));
    auto response = web::Response::redirect(std::string(k_line_page));
    response.cookies.push_back({k_entry_cookie, *sealed});
    return response;
}

// 200 with place and time left; 303 to sign-in for who holds no ticket, onwards for who is in.
Answer show_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door) {
    const auto entry = entry_of(request, env, keys, door);
    if (env.session.voter) return web::Response::redirect(safe_path(entry ? entry->next : ""));
    if (!entry) return web::Response::redirect("/connexion");
    const auto place = door.line.ask(entry->ticket, env.now, env.hash_pool.room());
    auto response =
        web::Response::page("account/attente", {{"title", place.is_called ? "C’est votre tour" : "Votre place dans la file"},
                                                {"is_called", place.is_called},
                                                {"is_next", place.ahead == 0},
                                                {"is_one", place.ahead == 1},
                                                {"ahead", grouped(place.ahead)},
                                                {"wait", spoken_wait(place.left)},
                                                {"every", std::to_string(place.look_again.count())},
                                                {"address", entry->address}});
    if (!place.is_called) response.refresh_after = place.look_again;
    return response;
}

// 303 back into the line when there is no room yet; otherwise as sign-in answers.
Answer post_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door) {
    const auto entry = entry_of(request, env, keys, door);
    if (env.session.voter) return web::Response::redirect(safe_path(entry ? entry->next : ""));  // sent twice
    if (!entry) return web::Response::redirect("/connexion");
    return knock(request, env, keys, door, *entry, /*has_ticket=*/true);
}

}  // namespace account
