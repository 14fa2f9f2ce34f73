// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/sign_in.hpp"

#include <algorithm>
#include <optional>

#include "account/store.hpp"
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

// From a known browser: its own count, raised before and lowered by nothing but time.
Counted count_on_device(web::Env& env, const Try& attempt, const std::optional<store::Credentials>& found) {
    const bool within = web::throttle_allows(env, "sign-in-device", *attempt.device, k_failures_per_device, k_device_window);
    const bool usable = found && !found->struck_off && !found->password_hash.empty();
    if (!usable || !within) return {};
    return {found, found->failed_count};
}

Counted count_try(web::Env& env, const Try& attempt) {
    Counted counted;
    const auto found = store::find_credentials(env.db, attempt.address);
    if (attempt.device) return count_on_device(env, attempt, found);
    const bool usable =
        found && !found->struck_off && !found->password_hash.empty() && (!found->retry_at || env.now >= *found->retry_at);
    const unsigned before = usable ? found->failed_count : 0, after = before + 1;
    const auto delay = delay_after(after);
    const auto retry_at = delay.count() > 0 ? std::optional(env.now + delay) : std::nullopt;
    env.db.transaction([&] {
        counted = {};
        // The counter of the address is written for known and unknown ones: both commits cost the same.
        const bool within = web::throttle_allows(env, "sign-in-address", attempt.address, k_sign_ins_per_address, k_address_window);
        const bool moved = store::move_failures(env.db, usable ? found->voter : domain::VoterId{0}, before, after, retry_at);
        if (usable && moved && within) counted = {found, after};
        return true;
    });
    return counted;
}

}  // namespace

bool device_has_room(web::Env& env, const std::string& device) {
    return web::throttle_has_room(env, "sign-in-device", device, k_failures_per_device, k_device_window);
}

PasswordCheck::PasswordCheck(const Keys& keys, std::string_view password, std::string hash)
    : pepper_(std::string(keys.password_pepper.view())), password_(std::string(password)), hash_(std::move(hash)) {}

void PasswordCheck::run() {
    const util::SecretText key = std::move(pepper_), password = std::move(password_);
    const auto pepper = key.view();
    try {
        right_ =
            hash_.empty() ? domain::verify_dummy(pepper, password.view()) : domain::verify_secret(pepper, password.view(), hash_);
        if (right_ && domain::is_outdated(hash_)) stronger_ = domain::hash_secret(pepper, password.view());
        made_ = true;
    } catch (const std::bad_alloc&) {
        right_ = false;
    }
}

std::shared_ptr<PasswordCheck> prepare_check(web::Env& env, const Keys& keys, const Try& attempt) {
    auto found = store::find_credentials(env.db, attempt.address);
    return std::make_shared<PasswordCheck>(keys, attempt.password, found ? std::move(found->password_hash) : std::string());
}

SignInResult check_sign_in(web::Env& env, const Keys& keys, const Try& attempt, const PasswordCheck* made) {
    const Counted counted = count_try(env, attempt);
    PasswordCheck now(keys, attempt.password, counted.owner ? counted.owner->password_hash : std::string());
    bool ran = made != nullptr && made->is_made() && (!counted.owner || made->hash() == now.hash());
    if (!ran) {
        made = &now;
        ran = env.hash_pool.run([&] { now.run(); });
    }
    if (!ran || !made->is_made()) {
        if (counted.owner && !attempt.device)
            store::move_failures(env.db, counted.owner->voter, counted.failures, counted.owner->failed_count,
                                 counted.owner->retry_at);
        return {SignIn::busy, {}, {}, {}};
    }
    if (counted.owner && made->is_right()) {
        return {SignIn::accepted, counted.owner->voter, counted.owner->password_hash, made->stronger()};
    }
    if (counted.owner && !attempt.device && counted.failures == k_tell_owner_at) {
        const store::Credentials& owner = *counted.owner;
        web::tell_owner(env, {owner.voter, owner.email, owner.civility, owner.last_name}, "essais-connexion",
                        "tries|" + util::to_sql(env.now));
    }
    return {SignIn::refused, {}, {}, {}};
}

void settle(web::Env& env, const SignInResult& accepted) {
    store::clear_failures(env.db, accepted.voter);
    if (!accepted.stronger.empty()) store::renew_hash(env.db, accepted.voter, accepted.old_hash, accepted.stronger);
}

}  // namespace account
