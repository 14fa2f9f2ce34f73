// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/routes.hpp"

#include "account/pages.hpp"

namespace account {

namespace {

using web::Field;
using web::Guard;
using web::Method;

}  // namespace

std::vector<web::Route> route_table(const std::shared_ptr<const Keys>& keys, const std::shared_ptr<const Texts>& texts) {
    const auto keyed = [keys](Answer (*handler)(const web::Request&, web::Env&, const Keys&)) {
        return [keys, handler](const web::Request& request, web::Env& env) { return handler(request, env, *keys); };
    };
    const auto at_door = [keys,
                          door = std::make_shared<Door>()](Answer (*handler)(const web::Request&, web::Env&, const Keys&, Door&)) {
        return [keys, door, handler](const web::Request& request, web::Env& env) { return handler(request, env, *keys, *door); };
    };
    const auto with_texts = [texts](Answer (*handler)(const web::Request&, web::Env&, const Texts&)) {
        return [texts, handler](const web::Request& request, web::Env& env) { return handler(request, env, *texts); };
    };
    const std::vector<Field> none;
    const std::vector<Field> next{{"suite", 300, Field::Rule::line, Field::Need::optional}};
    const Field effort{std::string(web::Effort::k_field), 12, Field::Rule::ascii, Field::Need::optional};
    const std::vector<Field> sign_in{{"adresse", 254},
                                     {"mot_de_passe", 256},
                                     {"suite", 300, Field::Rule::line, Field::Need::optional},
                                     {"poste_partage", 3, Field::Rule::ascii, Field::Need::optional},
                                     effort};
    const std::vector<Field> password{{"actuel", 256}, {"mot_de_passe", 256}, {"confirmation", 256}};
    const std::vector<Field> connection{{"connexion", 16, Field::Rule::ascii}};
    const std::vector<Field> help{
        {"academie", 16, Field::Rule::ascii}, {"adresse", 254}, {"objet", 120}, {"message", 4000, Field::Rule::text}, effort};
    constexpr std::size_t k_help_body = 64 * 1024;  // 4,000 code points, percent-encoded
    return {
        {Method::get, "/", Guard::anyone, none, show_accueil},
        {Method::get, "/electionspro2018", Guard::anyone, none, go_to_accueil},
        {Method::get, "/electionspro2022", Guard::anyone, none, go_to_accueil},
        {Method::get, "/electionspro2026", Guard::anyone, none, go_to_accueil},

        {Method::get, "/connexion", Guard::anyone, next, show_connexion},
        {Method::post, "/connexion", Guard::anyone, sign_in, at_door(post_connexion)},
        {Method::get, "/connexion/attente", Guard::anyone, none, at_door(show_attente)},
        {Method::post, "/connexion/attente", Guard::anyone, none, at_door(post_attente)},
        {Method::get, "/connexion/reste", Guard::onlooker, none, give_reste, web::ErrorForm::json},
        {Method::get, "/connexion/prolonger", Guard::elector, none, show_prolonger},
        {Method::post, "/connexion/prolonger", Guard::elector, none, post_prolonger},
        {Method::post, "/connexion/prolonger/mot-de-passe", Guard::elector, {{"mot_de_passe", 256}}, keyed(post_whole_end)},
        {Method::get, "/mot-de-passe-oublie", Guard::anyone, none, go_to_forgotten},
        {Method::get, "/deconnexion", Guard::anyone, none, show_deconnexion},
        {Method::post, "/deconnexion", Guard::anyone, none, post_deconnexion},

        {Method::get, "/espace", Guard::elector, none, show_espace},
        {Method::get, "/profil", Guard::elector, none, show_profil},
        {Method::get, "/profil/mot-de-passe", Guard::elector, none, show_mot_de_passe},
        {Method::post, "/profil/mot-de-passe", Guard::elector, password, keyed(post_mot_de_passe)},
        {Method::get, "/mes-connexions", Guard::elector, none, show_mes_connexions},
        {Method::post, "/mes-connexions/fermer", Guard::elector, connection, post_close_connection},
        {Method::post, "/mes-connexions/fermer-les-autres", Guard::elector, none, post_close_others},

        {Method::get, "/aide", Guard::anyone, none, show_aide},
        {Method::get, "/aide/messagerie", Guard::anyone, none, show_messagerie},
        {Method::get, "/aide/calendrier.ics", Guard::anyone, none, get_calendrier},
        {Method::get, "/edito", Guard::anyone, none, show_edito},
        {Method::get, "/tutoriels/parcours-electeur", Guard::anyone, none, show_parcours_electeur},
        {Method::get, "/tutoriels/parcours-de-vote", Guard::anyone, none, show_parcours_de_vote},
        {Method::get, "/tutoriels/reassorts", Guard::anyone, none, show_reassorts},
        {Method::get, "/qui-vote-ou", Guard::anyone, none, show_qui_vote_ou},
        {Method::get, "/aide-memoire", Guard::anyone, none, show_aide_memoire},
        {Method::get, "/assistance", Guard::anyone, none, show_assistance},
        {Method::post, "/assistance", Guard::anyone, help, at_door(post_assistance), web::ErrorForm::page, k_help_body},
        {Method::get, "/assistance/recue", Guard::anyone, none, show_assistance_recue},

        {Method::get, "/mentions-legales", Guard::anyone, none, with_texts(show_mentions_legales)},
        {Method::get, "/accessibilite", Guard::anyone, none, with_texts(show_accessibilite)},
        {Method::get, "/donnees-personnelles", Guard::anyone, none, with_texts(show_donnees_personnelles)},
    };
}

std::vector<web::Route> routes(const web::Settings& settings) {
    return route_table(std::make_shared<const Keys>(
                           Keys{settings.secret("password_pepper"), domain::KnownPasswords::load(settings.known_passwords)}),
                       std::make_shared<const Texts>(load_texts(settings.templates)));
}

}  // namespace account
