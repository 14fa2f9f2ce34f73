// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/proof.hpp"

#include "domain/secret_hash.hpp"
#include "web/throttle.hpp"

namespace reassort {
namespace {

// An honest number serves a household or a school office; a prefix that empties the budget rings first. All together: what a bad hour may cost.
constexpr unsigned k_messages_per_number_a_day = 6;
constexpr unsigned k_messages_per_prefix_an_hour = 5000;
constexpr unsigned k_messages_per_country_an_hour = 300;  // abroad: few electors, dear messages
constexpr unsigned k_messages_an_hour = 10'000;
constexpr unsigned k_mails_per_address_a_day = 6;
constexpr unsigned k_hour = 3600;
constexpr unsigned k_answers_an_hour = 20;  // per elector: each costs an Argon2id, also beyond the counted tries

}  // namespace

util::Result<bool> answer_holds(const std::string& answer, const std::optional<Defi>& defi, web::Env& env, const Keys& keys) {
    if (!defi) return true;
    if (!web::throttle_allows(env, "reassort-answer", std::to_string(env.session.voter->value), k_answers_an_hour, k_hour))
        return util::failure(util::Fault::throttled, "answers of one elector");
    bool holds = false;
    const bool ran =
        env.hash_pool.run([&] { holds = domain::verify_secret(keys.password_pepper.view(), answer, defi->answer_hash); },
                          web::HashPool::Seat::member);
    if (!ran) return util::failure(util::Fault::busy, "hash pool full");
    return holds;
}

bool may_send(web::Env& env, const Destination& to) {
    if (to.is_mail) return web::throttle_allows(env, "mail-personal", to.address, k_mails_per_address_a_day, 24 * k_hour);
    const unsigned per_prefix = to.abroad ? k_messages_per_country_an_hour : k_messages_per_prefix_an_hour;
    return web::throttle_allows(env, "sms-number", to.address, k_messages_per_number_a_day, 24 * k_hour) &&
           web::throttle_allows(env, "sms-prefix", to.prefix, per_prefix, k_hour) &&
           web::throttle_allows(env, "sms-all", "", k_messages_an_hour, k_hour);
}

}  // namespace reassort
