// SPDX-License-Identifier: AGPL-3.0-or-later
// Browsers that an elector signed in with before. Such a browser's wrong passwords are counted apart from all others', so that nobody keeps the
// owner out of his own by trying passwords for his address. It opens nothing: the password is asked all the same.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"
#include "web/response.hpp"

namespace web {

inline constexpr std::string_view k_device_cookie = "__Host-portail-appareil";
inline constexpr std::chrono::hours k_device_kept{24 * 180};

// The name under which the tries of this browser for this address are counted; nothing if nobody signed in there with it.
// `key`: a secret of the house; `cookie`: the browser's, or empty; `address`: as domain::normalise_address gives it.
std::optional<std::string> known_device(std::string_view key, std::string_view cookie, std::string_view address, util::Instant now);

// Remembers the browser for this address, under the name it has already if it has one. Of a browser that several people use the last
// three stay known.
void remember_device(Response& response, std::string_view key, std::string_view cookie, std::string_view address,
                     util::Instant now);

}  // namespace web
