// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/audit.hpp"

#include "util/bytes.hpp"

namespace domain {

std::string audit_hash(std::string_view previous, std::string_view at, std::string_view actor, std::string_view action,
                       std::string_view detail) {
    std::string text(previous);
    for (const std::string_view field : {at, actor, action, detail}) text.append("|").append(field);
    return util::sha256_hex(text);
}

std::string journal_origin(std::string_view base_url) {
    const std::size_t scheme = base_url.find("://");
    return std::string(scheme == std::string_view::npos ? base_url : base_url.substr(scheme + 3)) + "/journal";
}

}  // namespace domain
