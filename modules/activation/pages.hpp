// SPDX-License-Identifier: AGPL-3.0-or-later
// The journey to a voter space: an address, a mailed link, a password, a question défi. What a handler is: web/handler.hpp.
#pragma once

#include "activation/keys.hpp"
#include "activation/mailed_link.hpp"
#include "web/effort.hpp"
#include "web/handler.hpp"

namespace activation {

using web::Answer;

// identification.cpp: « Identification » and « Mot de passe oublié », which differ by their words alone.
Answer show_identification(const web::Request& request, web::Env& env);
Answer post_identification(const web::Request& request, web::Env& env, web::Effort& effort);
Answer show_forgotten(const web::Request& request, web::Env& env);
Answer post_forgotten(const web::Request& request, web::Env& env, web::Effort& effort);

// attente.cpp: the wait for the mail.
Answer show_attente(const web::Request& request, web::Env& env);
Answer post_resend(const web::Request& request, web::Env& env, web::Effort& effort);

// lien.cpp: arrival by a link.
Answer take_activation_link(const web::Request& request, web::Env& env);
Answer take_reset_link(const web::Request& request, web::Env& env);
Answer show_lien(const web::Request& request, web::Env& env);
Answer post_lien(const web::Request& request, web::Env& env);
web::Response dead_link_page(LinkState state, Purpose purpose);

// interrompu.cpp: a page of the journey asked for without a journey.
web::Response no_journey(const web::Env& env);

// mot_de_passe.cpp: « Création de mon mot de passe », also after a reset link.
Answer show_mot_de_passe(const web::Request& request, web::Env& env);
Answer post_mot_de_passe(const web::Request& request, web::Env& env, const Keys& keys);

// question_defi.cpp: « Question défi », « ACTIVER MON COMPTE », « ACCÈS SANS ACTIVATION ».
Answer show_question_defi(const web::Request& request, web::Env& env);
Answer post_question_defi(const web::Request& request, web::Env& env, const Keys& keys);

}  // namespace activation
