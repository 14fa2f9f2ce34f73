// SPDX-License-Identifier: AGPL-3.0-or-later
// The decision of a sign-in: one outcome for every reason to refuse, after the same work. Knows no
// request and no page.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "account/keys.hpp"
#include "domain/ids.hpp"
#include "util/secret.hpp"
#include "web/env.hpp"
#include "web/waiting_line.hpp"

namespace account {

// The limits that main.cpp announces. Of a network (web/networks.hpp) and of a browser that its owner signed in with before, wrong passwords alone count.
inline constexpr unsigned k_failures_per_network = 300, k_network_window = 600;
inline constexpr unsigned k_sign_ins_per_address = 200, k_address_window = 3600;
inline constexpr unsigned k_failures_per_device = 8, k_device_window = 900;
inline constexpr unsigned k_tell_owner_at = 10;  // wrong passwords in a row

// The pause that follows the n-th wrong password in a row: none before the fifth, then 30 s doubled up to 15 minutes.
std::chrono::seconds delay_after(unsigned failures);

// Where to go after sign-in: `wanted` if it is a path of this portal, else « Mon espace ».
std::string safe_path(std::string_view wanted);

enum class SignIn {
    accepted,
    refused,  // unknown, not created, struck off, wrong password, or too soon: they look alike
    busy,     // too many passwords are being checked: nothing was counted
};
struct SignInResult {
    SignIn outcome = SignIn::refused;
    domain::VoterId voter;           // of accepted
    std::string old_hash, stronger;  // of accepted: what the account keeps, and today's hash where that is outdated
};
// Who tries: with an address as domain::normalise_address gives it (empty if it could not), from a browser that its owner signed in with
// before or from any other.
struct Try {
    std::string address;
    std::string_view password;
    std::optional<std::string> device;  // web/known_device.hpp
};
// What a try costs: a password against what is kept of it. Made where it stands, or before, in its turn of the line; what it found is told only
// after the try was counted.
class PasswordCheck final : public web::WaitingLine::Job {
public:
    // `hash`: of the account, or empty where there is none, which takes as long.
    PasswordCheck(const Keys& keys, std::string_view password, std::string hash);
    void run() override;

    const std::string& hash() const { return hash_; }
    bool is_made() const { return made_; }  // not when memory was short
    bool is_right() const { return right_; }
    const std::string& stronger() const { return stronger_; }  // today's hash of a right password, where its own is outdated

private:
    util::SecretText pepper_, password_;  // until it was looked at
    std::string hash_, stronger_;
    bool made_ = false, right_ = false;
};
// For the line: against what the account keeps now. Nothing is counted.
std::shared_ptr<PasswordCheck> prepare_check(web::Env& env, const Keys& keys, const Try& attempt);

// Counts the try before it looks at the password, so that tries at once cannot outrun the count; settle() clears it after a right one. From a known browser
// neither the count nor the delay of the account hold, which anybody can bring about: it has its own.
// `made`: in the line; made again if the account keeps another hash by now.
SignInResult check_sign_in(web::Env& env, const Keys& keys, const Try& attempt, const PasswordCheck* made = nullptr);

// What a right password leaves with the account: no wrong ones, and a stronger hash if its own is outdated. In the transaction of what it opens.
void settle(web::Env& env, const SignInResult& accepted);

// Whether the tries of this browser are still counted apart: a few wrong ones in a quarter of an hour.
bool device_has_room(web::Env& env, const std::string& device);

}  // namespace account
