// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/security_gate.hpp"

#include "web/throttle.hpp"

namespace reassort {
namespace {

constexpr unsigned k_wrong_of_network = 20, k_network_seconds = 3600;

}  // namespace

bool asks_security_code(const web::Request& request, web::Env& env) {
    return env.edition.asks_security_code ||
           !web::network_has_room(env, "reassort-network", request.client_ip, k_wrong_of_network, k_network_seconds);
}

void count_wrong_demand(const web::Request& request, web::Env& env) {
    web::network_allows(env, "reassort-network", request.client_ip, k_wrong_of_network, k_network_seconds);
}

bool passes_security(const web::Request& request, web::Env& env, const Keys& keys, bool spend, web::FormErrors& errors) {
    if (!asks_security_code(request, env)) return true;
    const std::string_view typed = request.field("securite"), token = request.field("securite_jeton");
    if (!typed.empty() && keys.security->is_answered(env.session.id, token, typed, env.now, spend)) return true;
    errors.add("securite", typed.empty()
                               ? "Saisissez le code de sécurité : les six chiffres de l’image, ou ceux que vous entendez."
                               : "Ce code de sécurité n’est pas le bon, ou il a déjà servi. En voici un autre : saisissez-le.");
    return false;
}

}  // namespace reassort
