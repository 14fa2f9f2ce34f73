// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether an address stays on this machine, where no network hears what goes in clear.
#pragma once

#include <string_view>

namespace courrier {

// The host of "scheme://user@host:port/path" is the loopback's.
inline bool is_this_machine(std::string_view url) {
    const auto scheme = url.find("://");
    std::string_view host = url.substr(scheme == std::string_view::npos ? 0 : scheme + 3);
    host = host.substr(0, host.find('/'));
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    return host.starts_with("127.") || host.starts_with("[::1]") || host == "localhost" || host.starts_with("localhost:");
}

}  // namespace courrier
