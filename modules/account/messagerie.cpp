// SPDX-License-Identifier: AGPL-3.0-or-later
// Where each académie's professional mailbox is.
#include "account/pages.hpp"
#include "account/store.hpp"

namespace account {

// 200.
Answer show_messagerie(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Ouvrir ma messagerie professionnelle"},
                    {"back", {{"href", "/aide"}, {"label", "Aide"}}},
                    {"academies", util::Json::array()}};
    for (const auto& academie : store::list_academies(env.db))
        view["academies"].push_back({{"name", academie.name},
                                     {"webmail_url", academie.webmail_url},
                                     {"has_recovery", !academie.recovery_url.empty()},
                                     {"recovery_url", academie.recovery_url},
                                     {"phone", academie.phone},
                                     {"hours", academie.hours}});
    return web::Response::shared_page("account/messagerie", std::move(view));
}

}  // namespace account
