// SPDX-License-Identifier: AGPL-3.0-or-later
// Who an elector is in the logs: the same word in every worker, made of his address under a key, so that lines about one person are found
// together and nobody without the key can say who that is.
#pragma once

#include <string>
#include <string_view>

#include "util/log.hpp"
#include "util/secret.hpp"
#include "web/settings.hpp"

namespace web {

class Env;

class Pseudonyms {
public:
    // Nobody has a name.
    Pseudonyms() = default;
    // Throws std::runtime_error without the secret pseudonym_key.
    explicit Pseudonyms(const Settings& settings);

    // 16 hexadecimal digits; empty for an empty address. `address`: as domain::normalise_address gives it, an elector's or not.
    std::string of(std::string_view address) const;

private:
    util::SecretText key_;
};

// One act of the catalogue (systemd/EVENTS.md): what, in which request, by or about whom; `detail` is a word of ours.
void log_act(util::Level level, std::string_view act, const Env& env, std::string_view address, std::string detail = "");
// By who is signed in.
void log_act(util::Level level, std::string_view act, const Env& env);

}  // namespace web
