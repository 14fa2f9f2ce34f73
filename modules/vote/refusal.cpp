// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/refusal.hpp"

#include "util/log.hpp"

namespace vote {

namespace {

struct Words {
    int status;
    const char* error;
    const char* message;
};

Words words_of(util::Fault fault) {
    switch (fault) {
        case util::Fault::invalid:
            return {400, "invalid",
                    "Votre bulletin n’a pas été reçu intact : il n’est pas enregistré. Rechargez la page et recommencez ; si "
                    "l’erreur persiste, essayez un autre navigateur ou appelez l’assistance de votre académie."};
        case util::Fault::forbidden:
            return {403, "foreign",
                    "Ce bulletin n’a pas été préparé pour vous : il n’est pas enregistré. Rechargez la page et recommencez avec le "
                    "dernier envoi que vous avez reçu."};
        case util::Fault::closed:
            return {403, "closed",
                    "Le vote n’est pas ouvert pour ce scrutin en ce moment : votre vote n’est pas enregistré. Les dates "
                    "d’ouverture et de clôture sont sur la page « Je vote »."};
        case util::Fault::conflict:
            return {409, "conflict",
                    "Vous avez déjà voté à ce scrutin. Un vote validé est définitif : ce nouveau bulletin n’est pas enregistré, "
                    "le premier est conservé."};
        case util::Fault::not_found: return {404, "not_found", "Ce scrutin n’existe pas, ou vous n’y êtes pas électeur."};
        case util::Fault::throttled:
        case util::Fault::busy:
            return {429, "throttled", "Vous avez fait trop d’essais. Attendez quelques minutes, puis réessayez."};
        case util::Fault::unavailable: break;
    }
    return {503, "unavailable",
            "Le service de vote ne peut pas répondre en ce moment. Réessayez dans quelques instants ; si l’erreur persiste, "
            "appelez l’assistance de votre académie."};
}

web::Response said(const Words& words) {
    return web::Response::json({{"error", words.error}, {"message", words.message}}, words.status);
}

}  // namespace

web::Response refusal(util::Fault fault) { return said(words_of(fault)); }

web::Response opened_refusal() {
    return said(
        {410, "opened",
         "Ce bulletin a été ouvert : il n’est compté nulle part, et votre vote n’est pas enregistré. Préparez-en un nouveau."});
}

web::Response suspended_refusal() {
    return said(
        {403, "suspended",
         "Le vote est suspendu par le bureau de vote : ce bulletin n’est pas enregistré, et cette page le garde. Le motif est sur la page "
         "« Je vote ». Validez-le de nouveau quand le vote aura repris ; si vous fermez cette page, vous recommencerez."});
}

web::Response cast_refusal() {
    return said({409, "cast", "Ce bulletin est déjà déposé dans l’urne : il ne peut plus être ouvert."});
}

web::Response too_many_ballots_refusal() {
    return said(
        {429, "throttled",
         "Trop de bulletins ont été envoyés en peu de temps. Celui-ci n’est pas encore enregistré, et cette page le garde : "
         "attendez une minute, puis validez-le de nouveau."});
}

web::Response too_many_opened_refusal() {
    return said(
        {429, "throttled",
         "Vous avez ouvert assez de bulletins de ce scrutin pour aujourd’hui. Celui-ci n’a pas été ouvert : vous pouvez voter "
         "avec lui, ou reprendre vos contrôles demain."});
}

web::Response logged_refusal(const web::Env& env, const MyScrutin& scrutin, const util::Failure& failure) {
    const bool is_ours = failure.fault == util::Fault::unavailable;
    util::log(is_ours ? util::Level::error : util::Level::warning, "vote-refused",
              {{"request", env.request_id}, {"scrutin", scrutin.code}, {"reason", failure.detail}});
    return refusal(failure.fault);
}

}  // namespace vote
