// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de sécurité of a form, to be seen or heard.
#include "reassort/pages.hpp"
#include "reassort/security_media.hpp"

namespace reassort {

// 200 with the image (token.png) or the sound (token.wav), as often as asked until it is answered; 404 for any other name.
Answer show_securite(const web::Request& request, web::Env& env, const Keys& keys) {
    const std::string_view name = request.param("jeton");
    const bool is_image = name.ends_with(".png");
    if (!is_image && !name.ends_with(".wav")) return util::failure(util::Fault::not_found, "neither image nor sound");
    const auto digits = keys.security->digits(env.session.id, name.substr(0, name.size() - 4), env.now);
    if (!digits) return util::failure(util::Fault::not_found, "no such code de sécurité");
    return is_image ? web::Response::document(security_image(*digits), "image/png")
                    : web::Response::document(security_sound(*digits), "audio/wav");
}

}  // namespace reassort
