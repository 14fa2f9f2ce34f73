// SPDX-License-Identifier: AGPL-3.0-or-later
// The declaration of accessibility; its particulars as in mentions_legales.cpp.
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_accessibilite(const web::Request&, web::Env&, const Texts& texts) {
    return web::Response::shared_page("account/accessibilite",
                                      {{"title", "Accessibilité : non conforme"}, {"lines", texts.mentions.at("accessibility")}});
}

}  // namespace account
