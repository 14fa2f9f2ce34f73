// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/sign_in.hpp"

#include <algorithm>
#include <optional>

#include "account/store.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "domain/secret_hash.hpp"
#include "util/log.hpp"
#include "web/outbox.hpp"
#include "web/throttle.hpp"

namespace account {

std::chrono::seconds delay_after(unsigned failures) {
    if (failures < 5) return std::chrono::seconds{0};
    const unsigned doublings = std::min(failures - 5, 5U);
    return std::min(std::chrono::seconds{30} * (1U << doublings), std::chrono::seconds{15 * 60});
}

std::string safe_path(std::string_view wanted) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/-_.?=&").find(c) != std::string_view::npos;
    };
    const bool local =
        wanted.size() >= 2 && wanted[0] == '/' && wanted[1] != '/' && std::all_of(wanted.begin(), wanted.end(), plain);
    const bool loops = wanted.starts_with("/connexion") || wanted.starts_with("/deconnexion");
    return local && !loops ? std::string(wanted) : "/espace";
}

namespace {

// What the try costs the account, written before the password is looked at.
struct Counted {
    std::optional<store::Credentials> owner;  // of a try that may succeed
    unsigned failures = 0;
};

Counted count_try(web::Env& env, const std::string& address) {
    Counted counted;
    const auto found = store::find_credentials(env.db, address);
    const bool usable =
        found && !found->struck_off && !found->password_hash.empty() && (!found->retry_at || env.now >= *found->retry_at);
    const unsigned before = usable ? found->failed_count : 0, after = before + 1;
    const auto delay = delay_after(after);
    const auto retry_at = delay.count() > 0 ? std::optional(env.now + delay) : std::nullopt;
    env.db.transaction([&] {
        counted = {};
        // The counter of the address is written for known and unknown ones: both commits cost the same.
        const bool within = web::throttle_allows(env, "sign-in-address", address, k_sign_ins_per_address, k_address_window);
        const bool moved = store::move_failures(env.db, usable ? found->voter : domain::VoterId{0}, before, after, retry_at);
        if (usable && moved && within) counted = {found, after};
        return true;
    });
    return counted;
}

}  // namespace

SignInResult check_sign_in(web::Env& env, const Keys& keys, std::string_view typed, std::string_view password) {
    const auto address = domain::normalise_address(typed).value_or("");
    const Counted counted = count_try(env, address);
    bool right = false;
    const bool ran = env.hash_pool.run([&] {
        const auto pepper = keys.password_pepper.view();
        right = counted.owner ? domain::verify_secret(pepper, password, counted.owner->password_hash)
                              : domain::verify_dummy(pepper, password);
    });
    if (!ran) {
        if (counted.owner)
            store::move_failures(env.db, counted.owner->voter, counted.failures, counted.owner->failed_count,
                                 counted.owner->retry_at);
        return {SignIn::busy, {}};
    }
    if (right && counted.owner) {
        store::clear_failures(env.db, counted.owner->voter);
        return {SignIn::accepted, counted.owner->voter};
    }
    if (counted.owner && counted.failures == k_tell_owner_at) {
        const store::Credentials& owner = *counted.owner;
        web::tell_owner(env, {owner.voter, owner.email, owner.civility, owner.last_name}, "essais-connexion",
                        "tries|" + util::to_sql(env.now));
    }
    return {SignIn::refused, {}};
}

}  // namespace account
