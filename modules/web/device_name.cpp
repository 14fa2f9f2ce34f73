// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/device_name.hpp"

namespace web {

std::string device_name(std::string_view user_agent) {
    const auto has = [&](std::string_view word) { return user_agent.find(word) != std::string_view::npos; };
    // Order matters: Edge says it is Chrome, Chrome says it is Safari.
    const std::string browser = has("Edg/")       ? "Edge"
                                : has("Firefox/") ? "Firefox"
                                : has("Chrome/")  ? "Chrome"
                                : has("Safari/")  ? "Safari"
                                                  : "Navigateur";
    const std::string system = has("Android")                 ? "Android"
                               : has("iPhone") || has("iPad") ? "iOS"
                               : has("Windows")               ? "Windows"
                               : has("Mac OS")                ? "macOS"
                               : has("Linux")                 ? "Linux"
                                                              : "";
    return system.empty() ? browser : browser + " sur " + system;
}

}  // namespace web
