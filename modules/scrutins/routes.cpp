// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table: method, path, guard, fields, handler. web checks all of it before a handler runs.
#include "scrutins/routes.hpp"

#include <memory>

#include "scrutins/memory.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/witnesses.hpp"

namespace scrutins {
namespace {

using web::Field;
using web::Guard;
using web::Method;

// 4,000 characters, and room to say kindly that a text is too long; line ends come as two.
constexpr std::size_t k_text_field = 9000;
constexpr std::size_t k_text_body = 128 * 1024;  // each character may come as 12 bytes
// A file, and room to say kindly that one is too large; nginx/locations.conf has the same.
constexpr std::size_t k_file_body = 3 * 1024 * 1024;

const Field k_object{"objet", 32, Field::Rule::ascii, Field::Need::optional};
const Field k_scrutin{"scrutin", 32, Field::Rule::ascii, Field::Need::optional};
const Field k_text{"texte", k_text_field, Field::Rule::text, Field::Need::required};

}  // namespace

std::vector<web::Route> routes(const web::Settings& settings) {
    named_witnesses(settings);  // a bad key stops the start
    const auto memory = std::make_shared<Memory>();
    const auto with = [&](auto* handler) -> web::Handler {
        return [memory, handler](const web::Request& request, web::Env& env) { return handler(request, env, *memory); };
    };
    const auto about_one = [&](web::Route row) {
        row.one_roll = memory->scrutins.of_code();
        return row;
    };
    const Field note{"note", 16 * 1024, Field::Rule::text, Field::Need::required};
    const Field name{"nom", 80, Field::Rule::line, Field::Need::optional};
    const Field page{"page", 500, Field::Rule::ascii, Field::Need::optional};
    const Field step{"etape", 16, Field::Rule::ascii, Field::Need::required};
    const Field reference{"reference", 100, Field::Rule::line, Field::Need::required};
    return {
        {Method::get, "/scrutins", Guard::rolls, {}, with(show_mes_scrutins)},
        about_one({Method::get, "/scrutins/{code}", Guard::rolls, {}, with(show_scrutin)}),
        about_one(
            {Method::get, "/scrutins/{code}/listes/{position}/profession-de-foi", Guard::rolls, {}, with(show_profession_de_foi)}),
        {Method::get, "/mes-listes", Guard::elector, {}, show_mes_listes},
        {Method::get, "/mes-listes/{numero}/profession-de-foi", Guard::elector, {}, show_delegated_profession},
        {Method::get, "/listes-electorales", Guard::rolls, {}, with(show_listes_electorales)},
        about_one({Method::get, "/listes-electorales/{code}", Guard::rolls, {name, page}, with(show_liste_electorale)}),
        {Method::get, "/reclamations", Guard::elector, {}, show_reclamations},
        {Method::get, "/reclamations/nouvelle", Guard::rolls, {k_object, k_scrutin}, with(show_nouvelle_reclamation)},
        {Method::post,
         "/reclamations/nouvelle",
         Guard::rolls,
         {k_object, k_scrutin, k_text, step},
         with(check_nouvelle_reclamation),
         web::ErrorForm::page,
         k_text_body},
        {Method::post,
         "/reclamations",
         Guard::rolls,
         {k_object, k_scrutin, k_text},
         with(file_nouvelle_reclamation),
         web::ErrorForm::page,
         k_text_body},
        {Method::get, "/reclamations/{number}", Guard::elector, {}, show_reclamation},
        {Method::post,
         "/reclamations/{number}/pieces",
         Guard::elector,
         {},
         add_attachment_to_reclamation,
         web::ErrorForm::page,
         k_file_body,
         "piece"},
        {Method::get, "/reclamations/{number}/pieces/{position}", Guard::elector, {}, give_attachment},
        {Method::get, "/resultats", Guard::anyone, {}, show_resultats},
        {Method::get, "/resultats/{code}", Guard::anyone, {}, show_resultat},
        {Method::get, "/resultats/{code}/pieces/{piece}", Guard::anyone, {}, give_piece},
        {Method::get, "/scellement/{code}", Guard::anyone, {}, show_scellement},
        {Method::get, "/scellement/{code}/texte", Guard::anyone, {}, give_seal_text},
        {Method::get, "/scellement/{code}/election", Guard::anyone, {}, show_election_record},
        {Method::get, "/scellement/{code}/programmes", Guard::anyone, {}, give_sealed_programs},
        {Method::get, "/urne/{code}", Guard::anyone, {}, show_registre},
        {Method::post, "/urne/{code}", Guard::anyone, {reference}, find_in_registre},
        {Method::post, "/urne/{code}/inscription", Guard::anyone, {reference}, give_inclusion_proof},
        {Method::post, "/urne/{code}/cosignature", Guard::program, {note}, take_cosignature, web::ErrorForm::page, k_text_body},
        {Method::get, "/urne/{code}/election.json", Guard::anyone, {}, show_election_record},
        {Method::get, "/urne/{code}/tete", Guard::anyone, {}, show_log_head, web::ErrorForm::json},
    };
}

}  // namespace scrutins
