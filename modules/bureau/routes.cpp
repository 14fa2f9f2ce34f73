// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table. Every row stands behind the gate (desk.hpp); what each role may do there is domain/desk.hpp's.
#include "bureau/routes.hpp"

#include <memory>

#include "bureau/pages.hpp"

namespace bureau {

namespace {

using web::Field;
using web::Guard;
using web::Method;

// 4,000 characters, and room to say kindly that a text is too long; line ends come as two. Each character may come as 12 bytes.
constexpr std::size_t k_text_field = 9000, k_text_body = 128 * 1024;
// The same of pasted names. Files: nginx/locations.conf lets as much through.
constexpr std::size_t k_names_field = 20'000, k_unions_field = 3000, k_names_body = 250 * 1024, k_file_body = 3 * 1024 * 1024;

}  // namespace

std::vector<web::Route> routes(const web::Settings& settings) {
    const auto box = std::make_shared<const FactorBox>(settings);
    const auto memory = std::make_shared<Memory>();
    const auto boxed = [&](auto* handler) -> DeskHandler {
        return [box, handler](const web::Request& request, web::Env& env, const Desk& desk) {
            return handler(request, env, desk, *box);
        };
    };
    const auto with = [&](auto* handler) -> web::Handler {
        return at_desk([memory, handler](const web::Request& request, web::Env& env, const Desk& desk) {
            return handler(request, env, desk, *memory);
        });
    };
    const auto lines = std::make_shared<const LineNames>(settings);
    const auto named = [&](auto* handler) -> web::Handler {
        return at_desk([lines, handler](const web::Request& request, web::Env& env, const Desk& desk) {
            return handler(request, env, desk, *lines);
        });
    };
    const std::string journal_key(settings.secret("log_public_key").view());
    const DeskHandler check = [journal_key](const web::Request& request, web::Env& env, const Desk& desk) {
        return check_scrutin(request, env, desk, journal_key);
    };
    const Field code{"code", 20, Field::Rule::line, Field::Need::required};
    const Field enrolment{"enrolement", 40, Field::Rule::line, Field::Need::required};
    const Field digits{"chiffres", 20, Field::Rule::line, Field::Need::optional};
    const Field name{"nom", 80, Field::Rule::line, Field::Need::required};
    const Field state{"etat", 20, Field::Rule::ascii, Field::Need::optional};
    const Field decision{"decision", 20, Field::Rule::ascii, Field::Need::optional};
    const Field text{"texte", k_text_field, Field::Rule::text, Field::Need::required};
    const Field before{"avant", 10, Field::Rule::ascii, Field::Need::optional};
    const Field list_name{"nom", 160, Field::Rule::line, Field::Need::required};
    const Field names{"candidats", k_names_field, Field::Rule::text, Field::Need::required};
    const Field unions{"organisations", k_unions_field, Field::Rule::text, Field::Need::optional};
    const Field seen{"vu", 64, Field::Rule::ascii, Field::Need::required};
    const Field which{"quoi", 10, Field::Rule::ascii, Field::Need::required};
    const Field daily{"chaque_jour", 3, Field::Rule::ascii, Field::Need::optional};
    const Field who{"nom", 190, Field::Rule::line, Field::Need::required};
    const Field academie{"academie", 16, Field::Rule::ascii, Field::Need::required};
    const Field claim{"demande", 11, Field::Rule::ascii, Field::Need::optional};
    const Field reason{"motif", 320, Field::Rule::line, Field::Need::required};
    const std::vector<Field> proposal{reason,
                                      claim,
                                      {"civilite", 20, Field::Rule::line, Field::Need::optional},
                                      {"nom", 200, Field::Rule::line, Field::Need::optional},
                                      {"prenom", 200, Field::Rule::line, Field::Need::optional},
                                      {"corps", 200, Field::Rule::line, Field::Need::optional},
                                      {"affectation", 300, Field::Rule::line, Field::Need::optional},
                                      {"lieu_notice", 300, Field::Rule::line, Field::Need::optional}};
    // A late elector's: those that a correction has too, and the others of a line.
    std::vector<Field> inscription = proposal;
    inscription[1].max = 20;  // typed here
    inscription.insert(inscription.end(), {{"courriel", 320, Field::Rule::line, Field::Need::optional},
                                           {"personnel", 200, Field::Rule::line, Field::Need::optional},
                                           {"academie", 16, Field::Rule::ascii, Field::Need::optional},
                                           {"departement", 40, Field::Rule::line, Field::Need::optional}});
    return {
        {Method::get, "/bureau", Guard::elector, {}, with(show_accueil)},
        {Method::post, "/bureau/courriel", Guard::elector, {daily}, at_desk(take_courriel)},
        {Method::get, "/bureau/code", Guard::elector, {}, at_door(show_code)},
        {Method::post, "/bureau/code", Guard::elector, {code}, at_door(boxed(take_code))},
        {Method::get, "/bureau/enrolement", Guard::elector, {}, at_door(show_enrolement)},
        {Method::post, "/bureau/enrolement", Guard::elector, {enrolment, digits}, at_door(boxed(take_enrolement))},
        {Method::post, "/bureau/sortie", Guard::elector, {}, at_desk(leave)},
        {Method::get, "/bureau/scrutins/{code}", Guard::elector, {}, with(show_scrutin)},
        {Method::get, "/bureau/scrutins/{code}/participation.csv", Guard::elector, {}, with(give_participation)},
        {Method::get, "/bureau/scrutins/{code}/emargements", Guard::elector, {}, at_desk(show_emargements)},
        {Method::post, "/bureau/scrutins/{code}/emargements", Guard::elector, {name}, at_desk(find_emargements)},
        {Method::post, "/bureau/scrutins/{code}/integrite", Guard::elector, {}, at_desk(check)},
        {Method::get, "/bureau/demandes", Guard::elector, {state}, with(show_demandes)},
        {Method::get, "/bureau/demandes/{number}", Guard::elector, {}, named(show_demande)},
        {Method::get, "/bureau/demandes/{number}/pieces/{position}", Guard::elector, {}, at_desk(give_piece)},
        {Method::post, "/bureau/demandes/{number}/prise", Guard::elector, {}, at_desk(take_demande)},
        {Method::post,
         "/bureau/demandes/{number}/reponse",
         Guard::elector,
         {decision, text},
         named(answer_demande),
         web::ErrorForm::page,
         k_text_body},
        {Method::post, "/bureau/relances", Guard::elector, {academie}, at_desk(ask_relance)},
        {Method::get, "/bureau/electeurs", Guard::elector, {}, at_desk(show_electeurs)},
        {Method::post, "/bureau/electeurs", Guard::elector, {who}, named(find_electeurs)},
        {Method::get, "/bureau/electeurs/nouveau", Guard::elector, {claim}, at_desk(show_inscription)},
        {Method::post, "/bureau/electeurs/nouveau", Guard::elector, inscription, at_desk(propose_inscription)},
        {Method::get, "/bureau/electeurs/{ligne}", Guard::elector, {claim}, named(show_electeur)},
        {Method::get, "/bureau/electeurs/{ligne}/{quoi}", Guard::elector, {claim}, named(show_proposition)},
        {Method::post, "/bureau/electeurs/{ligne}/{quoi}", Guard::elector, proposal, named(propose_change)},
        {Method::get, "/bureau/changements", Guard::elector, {}, at_desk(show_changements)},
        {Method::get, "/bureau/changements/{numero}", Guard::elector, {}, at_desk(show_changement)},
        {Method::post, "/bureau/changements/{numero}/approbation", Guard::elector, {seen}, at_desk(approve_changement)},
        {Method::post, "/bureau/changements/{numero}/refus", Guard::elector, {reason}, at_desk(refuse_changement)},
        {Method::get, "/bureau/candidatures", Guard::elector, {}, at_desk(show_candidatures)},
        {Method::get, "/bureau/candidatures/{numero}", Guard::elector, {}, at_desk(show_candidature)},
        {Method::post,
         "/bureau/candidatures/{numero}",
         Guard::elector,
         {list_name, names, unions, seen},
         at_desk(save_candidature),
         web::ErrorForm::page,
         k_names_body},
        {Method::post,
         "/bureau/candidatures/{numero}/profession",
         Guard::elector,
         {},
         at_desk(take_profession),
         web::ErrorForm::page,
         k_file_body,
         "profession"},
        {Method::post,
         "/bureau/candidatures/{numero}/logo",
         Guard::elector,
         {},
         at_desk(take_logo),
         web::ErrorForm::page,
         k_file_body,
         "logo"},
        {Method::post, "/bureau/candidatures/{numero}/retrait", Guard::elector, {which}, at_desk(drop_candidature_file)},
        {Method::post, "/bureau/candidatures/{numero}/depot", Guard::elector, {seen}, at_desk(deposit_candidature)},
        {Method::get, "/bureau/journal", Guard::elector, {before}, at_desk(show_journal)},
    };
}

}  // namespace bureau
