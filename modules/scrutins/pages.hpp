// SPDX-License-Identifier: AGPL-3.0-or-later
// The elector's scrutins, rolls and réclamations: what is not his answers 404, as what does not exist. Results and registers are
// everybody's.
#pragma once

#include "web/handler.hpp"

namespace scrutins {

using web::Answer;

Answer show_my_scrutins(const web::Request& request, web::Env& env);
Answer show_scrutin(const web::Request& request, web::Env& env);
Answer show_profession_de_foi(const web::Request& request, web::Env& env);

Answer show_rolls(const web::Request& request, web::Env& env);
Answer show_roll(const web::Request& request, web::Env& env);

Answer show_reclamations(const web::Request& request, web::Env& env);
Answer show_reclamation(const web::Request& request, web::Env& env);
Answer show_new_reclamation(const web::Request& request, web::Env& env);
Answer check_new_reclamation(const web::Request& request, web::Env& env);
Answer file_new_reclamation(const web::Request& request, web::Env& env);

Answer show_results(const web::Request& request, web::Env& env);
Answer show_result(const web::Request& request, web::Env& env);

Answer show_public_log(const web::Request& request, web::Env& env);
Answer show_log_head(const web::Request& request, web::Env& env);
Answer find_in_public_log(const web::Request& request, web::Env& env);

}  // namespace scrutins
