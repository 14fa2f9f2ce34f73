// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages around the vote, before and after sign-in. What a handler is: web/handler.hpp.
#pragma once

#include "account/keys.hpp"
#include "web/handler.hpp"

namespace account {

using web::Answer;

// accueil.cpp: the public home (F1) and its short addresses.
Answer show_accueil(const web::Request& request, web::Env& env);
Answer go_to_accueil(const web::Request& request, web::Env& env);

// connexion.cpp: sign-in (F14).
Answer show_connexion(const web::Request& request, web::Env& env);
Answer post_connexion(const web::Request& request, web::Env& env, const Keys& keys);
Answer go_to_forgotten(const web::Request& request, web::Env& env);

// deconnexion.cpp: sign-out (SEC-15).
Answer show_deconnexion(const web::Request& request, web::Env& env);
Answer post_deconnexion(const web::Request& request, web::Env& env);

// espace.cpp: « Mon espace électeur » (F12, F16, F17).
Answer show_espace(const web::Request& request, web::Env& env);

// profil.cpp: « Mon profil électeur » (F18).
Answer show_profil(const web::Request& request, web::Env& env);

// mot_de_passe.cpp: change of password (SEC-35).
Answer show_mot_de_passe(const web::Request& request, web::Env& env);
Answer post_mot_de_passe(const web::Request& request, web::Env& env, const Keys& keys);

// mes_connexions.cpp: own open connections (SEC-17).
Answer show_mes_connexions(const web::Request& request, web::Env& env);
Answer post_close_connection(const web::Request& request, web::Env& env);
Answer post_close_others(const web::Request& request, web::Env& env);

// aide.cpp: questions and answers, mailboxes (F24), « Qui vote où ? » (F25), aide-mémoire (F26), calendar file.
Answer show_aide(const web::Request& request, web::Env& env);
Answer show_messagerie(const web::Request& request, web::Env& env);
Answer show_qui_vote_ou(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_aide_memoire(const web::Request& request, web::Env& env);
Answer get_calendar_file(const web::Request& request, web::Env& env);

// assistance.cpp: request for help (F23).
Answer show_assistance(const web::Request& request, web::Env& env);
Answer post_assistance(const web::Request& request, web::Env& env);
Answer show_assistance_recue(const web::Request& request, web::Env& env);

// mentions.cpp: legal pages (F27).
Answer show_mentions_legales(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_accessibilite(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_donnees_personnelles(const web::Request& request, web::Env& env, const Keys& keys);

}  // namespace account
