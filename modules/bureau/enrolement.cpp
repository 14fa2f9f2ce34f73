// SPDX-License-Identifier: AGPL-3.0-or-later
// « Enregistrer mon second facteur »: the office's code first, then the key that it makes, in one page that keeps nothing; what is kept is kept once
// the member gave a code of his application. Whoever has his password alone comes no further than the first field.
#include "bureau/entering.hpp"
#include "bureau/pages.hpp"
#include "bureau/totp.hpp"
#include "domain/voting_code.hpp"
#include "paper/qr.hpp"
#include "util/bytes.hpp"
#include "web/form.hpp"
#include "web/pseudonym.hpp"

namespace bureau {

namespace {

util::Json enrolment_view(std::string_view typed, const web::FormErrors& errors) {
    util::Json view{{"title", "Enregistrer mon second facteur"},
                    {"shows_key", false},
                    {"enrolement", web::field_view("enrolement", "Code d’enregistrement", typed, errors,
                                                   "Les seize signes de la feuille que le bureau des élections vous a remise.")}};
    errors.put_into(view);
    return view;
}

web::Response first_page(std::string_view typed, const web::FormErrors& errors) {
    return web::Response::page("bureau/enrolement", enrolment_view(typed, errors), errors.empty() ? 200 : 400);
}

// With the key, as a drawing and in groups of four.
web::Response key_page(web::Env& env, std::string_view code, std::string_view secret, const web::FormErrors& errors) {
    const auto drawing = paper::draw_qr(totp_address(env.election.title, env.session.voter_email, secret).view());
    const auto key = totp_base32(secret);
    std::string groups;
    for (std::size_t i = 0; i < key.view().size(); ++i) groups += (i > 0 && i % 4 == 0 ? " " : "") + std::string(1, key.view()[i]);
    util::Json view = enrolment_view(code, errors);
    view["shows_key"] = true;
    view["given"] = std::string(code);
    view["key"] = groups;
    view["qr_box"] = "0 0 " + std::to_string(drawing.side) + " " + std::to_string(drawing.side);
    view["qr_path"] = drawing.path;
    view["chiffres"] = web::field_view("chiffres", "Code à usage unique", {}, errors,
                                       "Les six chiffres que votre application affiche maintenant pour cette clé.");
    return web::Response::page("bureau/enrolement", std::move(view), errors.empty() ? 200 : 400);
}

}  // namespace

// 200.
Answer show_enrolement(const web::Request&, web::Env&, const Desk&) { return first_page({}, {}); }

// 303 to the desk; 200 with the key, when the code is right and no digits came with it; 400 when either is not right; 429 as a code's.
Answer take_enrolement(const web::Request& request, web::Env& env, const Desk& desk, const FactorBox& box) {
    if (!may_try(env)) return util::failure(util::Fault::throttled, "desk enrolment");
    const std::string& address = env.session.voter_email;
    const auto factor = find_factor(env.db, address);
    const auto code = domain::normalise_voting_code(request.field("enrolement"));
    const std::string hash = code ? domain::enrolment_hash(address, *code) : std::string();
    const bool waits = factor && factor->enrol_until && *factor->enrol_until > env.now && !factor->enrol_hash.empty() &&
                       util::equal_constant_time(factor->enrol_hash, hash);
    web::FormErrors errors;
    if (!waits) {
        web::log_act(util::Level::warning, "desk-refused", env);
        errors.add(
            "enrolement",
            "Ce code n’est pas le vôtre, a déjà servi ou n’est plus valable. Relisez la feuille, ou demandez-en une autre au bureau des élections.");
        return first_page(request.field("enrolement"), errors);
    }
    const auto secret = box.secret_of(address, *code);
    if (request.field("chiffres").empty()) return key_page(env, *code, secret.view(), {});
    const auto step = step_of_totp(secret.view(), request.field("chiffres"), env.now);
    if (!step) {
        errors.add(
            "chiffres",
            "Ces chiffres ne sont pas ceux de cette clé. Vérifiez l’heure de votre appareil et saisissez le code affiché en ce moment.");
        return key_page(env, *code, secret.view(), errors);
    }
    const std::string sealed = box.seal(address, secret.view());
    const bool enrolled = env.db.transaction([&] {
        if (!enrol_factor(env.db, address, hash, sealed, *step, env.now)) return false;
        record(env, desk.roles.front(), "enrol", "second facteur enregistré");
        enter(env, desk);
        return true;
    });
    if (enrolled) web::log_act(util::Level::info, "desk-enrolled", env);
    if (enrolled || is_in(env)) return web::Response::redirect("/bureau");
    errors.add("enrolement", "Ce code vient de servir. Si ce n’était pas vous, prévenez le bureau des élections.");
    return first_page({}, errors);
}

}  // namespace bureau
