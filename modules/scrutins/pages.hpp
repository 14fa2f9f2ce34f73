// SPDX-License-Identifier: AGPL-3.0-or-later
// The elector's scrutins, rolls and réclamations: what is not his answers 404, as what does not exist. Results and registers are
// everybody's.
#pragma once

#include "web/handler.hpp"

namespace scrutins {

using web::Answer;
struct Memory;

Answer show_mes_scrutins(const web::Request& request, web::Env& env, Memory& memory);
Answer show_scrutin(const web::Request& request, web::Env& env, Memory& memory);
Answer show_profession_de_foi(const web::Request& request, web::Env& env, Memory& memory);

Answer show_mes_listes(const web::Request& request, web::Env& env);
Answer show_delegated_profession(const web::Request& request, web::Env& env);

Answer show_listes_electorales(const web::Request& request, web::Env& env, Memory& memory);
Answer show_liste_electorale(const web::Request& request, web::Env& env, Memory& memory);

Answer show_reclamations(const web::Request& request, web::Env& env);
Answer show_reclamation(const web::Request& request, web::Env& env);
Answer show_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory);
Answer check_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory);
Answer file_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory);
Answer add_attachment_to_reclamation(const web::Request& request, web::Env& env);
Answer give_attachment(const web::Request& request, web::Env& env);

Answer show_resultats(const web::Request& request, web::Env& env);
Answer give_piece(const web::Request& request, web::Env& env);
Answer show_resultat(const web::Request& request, web::Env& env);

Answer show_scellement(const web::Request& request, web::Env& env);
Answer give_seal_text(const web::Request& request, web::Env& env);
Answer give_sealed_programs(const web::Request& request, web::Env& env);

Answer show_registre(const web::Request& request, web::Env& env);
Answer show_log_head(const web::Request& request, web::Env& env);
Answer show_election_record(const web::Request& request, web::Env& env);
Answer take_cosignature(const web::Request& request, web::Env& env);
Answer find_in_registre(const web::Request& request, web::Env& env);
Answer give_inclusion_proof(const web::Request& request, web::Env& env);

}  // namespace scrutins
