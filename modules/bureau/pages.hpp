// SPDX-License-Identifier: AGPL-3.0-or-later
// The handlers, one per row of the route table. Each stands behind at_desk() or at_door().
#pragma once

#include "bureau/desk.hpp"
#include "bureau/line_names.hpp"
#include "bureau/memory.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace bureau {

using web::Answer;

Answer show_code(const web::Request&, web::Env&, const Desk&);
Answer take_code(const web::Request&, web::Env&, const Desk&, const FactorBox&);
Answer show_enrolement(const web::Request&, web::Env&, const Desk&);
Answer take_enrolement(const web::Request&, web::Env&, const Desk&, const FactorBox&);
Answer leave(const web::Request&, web::Env&, const Desk&);

Answer show_accueil(const web::Request&, web::Env&, const Desk&, Memory&);
Answer take_courriel(const web::Request&, web::Env&, const Desk&);
// The scrutin, if it is of a bureau where he has this right; else 404, as for one that does not exist.
util::Result<WatchedScrutin> watched_by(web::Env& env, const Desk& desk, domain::DeskRight right, std::string_view code);
Answer show_scrutin(const web::Request&, web::Env&, const Desk&, Memory&);
Answer give_participation(const web::Request&, web::Env&, const Desk&, Memory&);
Answer show_emargements(const web::Request&, web::Env&, const Desk&);
Answer find_emargements(const web::Request&, web::Env&, const Desk&);
Answer check_scrutin(const web::Request&, web::Env&, const Desk&, const std::string& journal_key);
Answer show_demandes(const web::Request&, web::Env&, const Desk&, Memory&);
Answer show_demande(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer give_piece(const web::Request&, web::Env&, const Desk&);
Answer take_demande(const web::Request&, web::Env&, const Desk&);
Answer answer_demande(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer ask_relance(const web::Request&, web::Env&, const Desk&);
Answer show_electeurs(const web::Request&, web::Env&, const Desk&);
Answer find_electeurs(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer show_electeur(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer show_proposition(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer propose_change(const web::Request&, web::Env&, const Desk&, const LineNames&);
Answer show_inscription(const web::Request&, web::Env&, const Desk&);
Answer propose_inscription(const web::Request&, web::Env&, const Desk&);
Answer show_changements(const web::Request&, web::Env&, const Desk&);
Answer show_changement(const web::Request&, web::Env&, const Desk&);
Answer approve_changement(const web::Request&, web::Env&, const Desk&);
Answer refuse_changement(const web::Request&, web::Env&, const Desk&);
Answer show_journal(const web::Request&, web::Env&, const Desk&);

Answer show_candidatures(const web::Request&, web::Env&, const Desk&);
Answer show_candidature(const web::Request&, web::Env&, const Desk&);
Answer save_candidature(const web::Request&, web::Env&, const Desk&);
Answer take_profession(const web::Request&, web::Env&, const Desk&);
Answer take_logo(const web::Request&, web::Env&, const Desk&);
Answer drop_candidature_file(const web::Request&, web::Env&, const Desk&);
Answer deposit_candidature(const web::Request&, web::Env&, const Desk&);

}  // namespace bureau
