// SPDX-License-Identifier: AGPL-3.0-or-later
// Legal pages (F27). What the software does is in the templates; what only the administration knows comes from
// account/mentions.json, and a line it has not filled in is shown as missing.
#include "account/pages.hpp"

namespace account {

namespace {

web::Response legal_page(const char* template_name, const char* title, const util::Json& lines) {
    return web::Response::shared_page(template_name, {{"title", title}, {"lines", lines}});
}

}  // namespace

// 200, all three.
Answer show_mentions_legales(const web::Request&, web::Env&, const Keys& keys) {
    return legal_page("account/mentions_legales", "Mentions légales", keys.mentions.at("publisher"));
}
Answer show_accessibilite(const web::Request&, web::Env&, const Keys& keys) {
    return legal_page("account/accessibilite", "Accessibilité : non conforme", keys.mentions.at("accessibility"));
}
Answer show_donnees_personnelles(const web::Request&, web::Env&, const Keys& keys) {
    return legal_page("account/donnees_personnelles", "Données personnelles", keys.mentions.at("personal_data"));
}

}  // namespace account
