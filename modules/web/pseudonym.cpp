// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/pseudonym.hpp"

#include "util/bytes.hpp"
#include "web/env.hpp"

namespace web {

Pseudonyms::Pseudonyms(const Settings& settings) {
    // Lines of the worker that takes ballots name nobody: their order would say who voted when, to the second.
    if (settings.worker != "vote") key_ = settings.secret("pseudonym_key");
}

std::string Pseudonyms::of(std::string_view address) const {
    if (key_.empty() || address.empty()) return {};
    return util::to_hex(util::hmac_sha256(key_.view(), "elector|" + std::string(address))).substr(0, 16);
}

void log_act(util::Level level, std::string_view act, const Env& env, std::string_view address, std::string detail) {
    util::log(level, act, {{"request", env.request_id}, {"elector", env.pseudonyms.of(address)}, {"detail", std::move(detail)}});
}

void log_act(util::Level level, std::string_view act, const Env& env) { log_act(level, act, env, env.session.voter_email); }

}  // namespace web
