// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mentions légales ». What the software does is in the template; what only the administration knows comes from
// account/mentions.json, and a line it has not filled in is shown as missing.
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_mentions_legales(const web::Request&, web::Env&, const Texts& texts) {
    return web::Response::shared_page("account/mentions_legales",
                                      {{"title", "Mentions légales"}, {"lines", texts.mentions.at("publisher")}});
}

}  // namespace account
