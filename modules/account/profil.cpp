// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mon profil électeur »: what the portal knows of the elector, and where the notice will be handed over. Read only;
// NUMEN and birth date are not held in a form that could be shown.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "account/store.hpp"
#include "domain/local_time.hpp"

namespace account {
namespace {

// What a mail that came back means for its owner.
std::string_view words_of_return(std::string_view kind) {
    if (kind == "delayed") return "il attend encore à l’entrée de votre messagerie, qui ne le prend pas";
    if (kind == "full") return "votre messagerie est pleine. Supprimez des messages anciens";
    if (kind == "unknown") return "aucune messagerie n’est connue à cette adresse";
    return "votre messagerie l’a refusé";
}

}  // namespace

// 200; 404 if the elector's row is gone.
Answer show_profil(const web::Request&, web::Env& env) {
    const auto profile = store::find_profile(env.db, *env.session.voter);
    if (!profile) return util::failure(util::Fault::not_found, "no profile");
    util::Json view{{"title", "Mon profil électeur"},
                    {"rows", util::Json::array()},
                    {"notice_place", profile->notice_place},
                    {"has_account", profile->has_account},
                    {"assistance",
                     {{"name", profile->academie.name},
                      {"phone", profile->academie.phone},
                      {"email", profile->academie.email},
                      {"hours", profile->academie.hours}}}};
    const auto add = [&](const char* label, const std::string& value) {
        view["rows"].push_back({{"label", label}, {"value", value}, {"has_change", false}});
    };
    add("Civilité", profile->civility);
    add("Nom", profile->last_name);
    add("Prénom", profile->first_name);
    add("Adresse professionnelle", profile->email);
    add("Personnel", profile->personnel);
    add("Corps ou contrat", profile->corps);
    add("Affectation", profile->affectation);
    add("Académie", profile->academie.name);
    add("Département", profile->departement);
    view["has_mail_return"] = profile->mail_returned_at.has_value();
    view["mail_return"] = words_of_return(profile->mail_return);
    view["mail_returned_at"] =
        profile->mail_returned_at ? domain::full_for(env.session.place, *profile->mail_returned_at) : std::string();
    put_calendar(view, env.calendar, env.now, env.session.place);
    return web::Response::page("account/profil", view);
}

}  // namespace account
