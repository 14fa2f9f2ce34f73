// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages around the vote, before and after sign-in. What a handler is: web/handler.hpp.
#pragma once

#include "account/door.hpp"
#include "account/keys.hpp"
#include "account/texts.hpp"
#include "web/handler.hpp"

namespace account {

using web::Answer;

// accueil.cpp: the public home and its short addresses.
Answer show_accueil(const web::Request& request, web::Env& env);
Answer go_to_accueil(const web::Request& request, web::Env& env);

// connexion.cpp: sign-in.
Answer show_connexion(const web::Request& request, web::Env& env);
Answer post_connexion(const web::Request& request, web::Env& env, const Keys& keys, Door& door);
Answer go_to_forgotten(const web::Request& request, web::Env& env);

// attente.cpp: the line before it, when many come at once.
Answer show_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door);
Answer post_attente(const web::Request& request, web::Env& env, const Keys& keys, Door& door);

// prolonger.cpp: how long the connection lasts, and staying.
Answer give_reste(const web::Request& request, web::Env& env);
Answer show_prolonger(const web::Request& request, web::Env& env);
Answer post_prolonger(const web::Request& request, web::Env& env);
Answer post_whole_end(const web::Request& request, web::Env& env, const Keys& keys);

// deconnexion.cpp: sign-out.
Answer show_deconnexion(const web::Request& request, web::Env& env);
Answer post_deconnexion(const web::Request& request, web::Env& env);

// espace.cpp: « Mon espace électeur ».
Answer show_espace(const web::Request& request, web::Env& env);

// profil.cpp: « Mon profil électeur ».
Answer show_profil(const web::Request& request, web::Env& env);

// mot_de_passe.cpp: change of password by its owner.
Answer show_mot_de_passe(const web::Request& request, web::Env& env);
Answer post_mot_de_passe(const web::Request& request, web::Env& env, const Keys& keys);

// mes_connexions.cpp: own open connections.
Answer show_mes_connexions(const web::Request& request, web::Env& env);
Answer post_close_connection(const web::Request& request, web::Env& env);
Answer post_close_others(const web::Request& request, web::Env& env);

// aide.cpp, messagerie.cpp, qui_vote_ou.cpp, aide_memoire.cpp, calendrier.cpp: help.
Answer show_aide(const web::Request& request, web::Env& env);
Answer show_messagerie(const web::Request& request, web::Env& env);
Answer show_qui_vote_ou(const web::Request& request, web::Env& env);
Answer show_aide_memoire(const web::Request& request, web::Env& env);
Answer get_calendrier(const web::Request& request, web::Env& env);

// tutoriels.cpp: « Edito » and the three tutorials.
Answer show_edito(const web::Request& request, web::Env& env);
Answer show_parcours_electeur(const web::Request& request, web::Env& env);
Answer show_parcours_de_vote(const web::Request& request, web::Env& env);
Answer show_reassorts(const web::Request& request, web::Env& env);

// assistance.cpp, assistance_recue.cpp: a written request for help, and its number.
Answer show_assistance(const web::Request& request, web::Env& env);
Answer post_assistance(const web::Request& request, web::Env& env, const Keys& keys, Door& door);
Answer show_assistance_recue(const web::Request& request, web::Env& env);

// mentions_legales.cpp, accessibilite.cpp, donnees_personnelles.cpp: legal pages.
Answer show_mentions_legales(const web::Request& request, web::Env& env, const Texts& texts);
Answer show_accessibilite(const web::Request& request, web::Env& env, const Texts& texts);
Answer show_donnees_personnelles(const web::Request& request, web::Env& env, const Texts& texts);

}  // namespace account
