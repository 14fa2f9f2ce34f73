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
    const Field code{"code", 20, Field::Rule::line, Field::Need::required};
    const Field enrolment{"enrolement", 40, Field::Rule::line, Field::Need::required};
    const Field digits{"chiffres", 20, Field::Rule::line, Field::Need::optional};
    const Field before{"avant", 10, Field::Rule::ascii, Field::Need::optional};
    return {
        {Method::get, "/bureau", Guard::elector, {}, with(show_accueil)},
        {Method::get, "/bureau/code", Guard::elector, {}, at_door(show_code)},
        {Method::post, "/bureau/code", Guard::elector, {code}, at_door(boxed(take_code))},
        {Method::get, "/bureau/enrolement", Guard::elector, {}, at_door(show_enrolement)},
        {Method::post, "/bureau/enrolement", Guard::elector, {enrolment, digits}, at_door(boxed(take_enrolement))},
        {Method::post, "/bureau/sortie", Guard::elector, {}, at_desk(leave)},
        {Method::get, "/bureau/journal", Guard::elector, {before}, at_desk(show_journal)},
    };
}

}  // namespace bureau
