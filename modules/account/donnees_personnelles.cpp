// SPDX-License-Identifier: AGPL-3.0-or-later
// What is kept of an elector, why and how long; its particulars as in mentions_legales.cpp.
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_donnees_personnelles(const web::Request&, web::Env&, const Texts& texts) {
    return web::Response::shared_page("account/donnees_personnelles",
                                      {{"title", "Données personnelles"}, {"lines", texts.mentions.at("personal_data")}});
}

}  // namespace account
