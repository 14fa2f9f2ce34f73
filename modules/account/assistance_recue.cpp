// SPDX-License-Identifier: AGPL-3.0-or-later
// The number of a request for help, and whom to call meanwhile.
#include "account/pages.hpp"
#include "account/store.hpp"

namespace account {

// 200; 303 to the form when nothing was asked in this browser.
Answer show_assistance_recue(const web::Request&, web::Env& env) {
    const auto asked = env.session.data.journey().find("assistance");
    if (asked == env.session.data.journey().end()) return web::Response::redirect("/assistance");
    const auto academie = store::find_academie(env.db, asked->at("academie").get<std::string>()).value_or(store::Academie{});
    util::Json view{{"title", "Votre demande est enregistrée"},
                    {"number", asked->at("number")},
                    {"is_mailed", env.session.voter.has_value()},
                    {"address", asked->at("address")},
                    {"academie", academie.name},
                    {"phone", academie.phone},
                    {"email", academie.email},
                    {"hours", academie.hours}};
    return web::Response::page("account/assistance_recue", view);
}

}  // namespace account
