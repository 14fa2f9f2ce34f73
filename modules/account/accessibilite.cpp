// SPDX-License-Identifier: AGPL-3.0-or-later
// The declaration of accessibility, computed from the grid of its criteria; its particulars as in mentions_legales.cpp.
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_accessibilite(const web::Request&, web::Env&, const Texts& texts) {
    util::Json view = texts.accessibility;
    view["title"] = "Accessibilité : " + view["state"].get<std::string>();
    view["lines"] = texts.mentions.at("accessibility");
    return web::Response::shared_page("account/accessibilite", std::move(view));
}

}  // namespace account
