// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/request_link.hpp"

#include "activation/store.hpp"
#include "util/bytes.hpp"
#include "util/random.hpp"
#include "web/outbox.hpp"
#include "web/session.hpp"
#include "web/throttle.hpp"
#include "web/pseudonym.hpp"

namespace activation {

namespace {

// Stands for an elector where there is none: id 0 is no row's.
const store::Person k_nobody{domain::VoterId{0}, "personne@exemple.invalid", "Mme", "Personne", false, false, false};

bool send_link(web::Env& env, const store::Person& person, const std::string& token, bool forgotten) {
    const auto voter = person.voter.value != 0 ? std::optional(person.voter) : std::nullopt;
    return web::tell_owner(env, {voter, person.email, person.civility, person.last_name},
                           person.has_account ? "reinitialisation" : "activation", "link|" + env.form_key,
                           {{"token", token}, {"forgotten", forgotten}});
}

}  // namespace

bool network_may_ask(web::Env& env, std::string_view client_ip) {
    return web::network_allows(env, "link-network", client_ip, k_requests_per_network, k_network_window);
}

void request_link(web::Env& env, web::Response& response, std::string_view typed, std::string_view address, bool forgotten) {
    // Counted apart: who comes to sign in by this door all day may still have forgotten his password in the evening.
    const bool within = web::throttle_allows(env, "link-address", std::string(address) + (forgotten ? "|forgotten" : ""),
                                             k_requests_per_address, k_address_window);
    // All together: told in the log and never refused, which would keep people out. Counted whosever the address is, so that it takes the same time.
    static_cast<void>(web::throttle_allows(env, "link-all", "", k_requests_of_all, k_address_window));
    const Waiting waiting{std::string(typed), env.now, forgotten, !within};
    const auto found = store::find_by_address(env.db, address);

    // Nobody may learn from the time of an answer whether an address is an elector's: for an unknown address, a struck-off elector, one who came by the door of the identification and has a
    // password to type, or too many requests, the same statements run on nobody and the mail is taken back before the commit. The session's row makes the commit cost the same in every case.
    const bool served = found && !found->struck_off && within && (forgotten || !found->has_account);
    const store::Person& person = served ? *found : k_nobody;
    const web::Session session_before = env.session;
    const web::Response response_before = response;
    const bool kept = env.db.transaction([&] {
        env.session = session_before;  // the transaction may run again
        response = response_before;
        const std::string token = util::random_token();
        const Purpose purpose = person.has_account ? Purpose::reset : Purpose::activation;
        store::supersede_links(env.db, person.voter, env.now);
        store::add_link(env.db, util::sha256_hex(token), person.voter, purpose, env.now);
        store::set_mark(env.db);
        // The same form sent twice: the first one's link must live, so nothing of the second stays.
        if (!send_link(env, person, token, forgotten)) return false;
        served ? store::keep_since_mark(env.db) : store::undo_since_mark(env.db);
        web::save_session_data(env, response, to_data(waiting));
        return true;
    });
    if (!kept) {
        env.session = session_before;
        response = response_before;
        web::save_session_data(env, response, to_data(waiting));
    }
    web::log_act(util::Level::info, "link-requested", env, address, within ? "" : "too many of this address: none sent");
}

}  // namespace activation
