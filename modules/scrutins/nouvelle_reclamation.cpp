// SPDX-License-Identifier: AGPL-3.0-or-later
// « Formuler une réclamation »: form, check-your-answers page, filing once per form, and the closed
// page after the date.
#include "domain/local_time.hpp"
#include "scrutins/memory.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/reclamation_form.hpp"
#include "util/bytes.hpp"
#include "web/outbox.hpp"
#include "web/paragraphs.hpp"
#include "web/throttle.hpp"

namespace scrutins {
namespace {

constexpr unsigned k_filed_per_day = 10;
constexpr unsigned k_day = 24 * 3600;

std::string closing_date(const web::Env& env) {
    return domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::reclamations_close));
}

web::Response closed_page(web::Env& env) {
    util::Json view{{"back", back_link("/espace", "Mon espace électeur")}, {"closed_at", closing_date(env)}};
    put_reclamation_period(view, env);
    view["title"] =
        view.at("is_early").get<bool>() ? "Les réclamations ne sont pas encore ouvertes" : "Les réclamations sont closes";
    web::put_assistance(view, env.session);
    return web::Response::page("scrutins/reclamations_closes", std::move(view), 403);
}

util::Json object_options(std::string_view chosen) {
    util::Json options = util::Json::array();
    for (const auto& object : k_reclamation_objects) {
        options.push_back({{"value", object.value}, {"label", object.label}, {"selected", object.value == chosen}});
    }
    return options;
}

util::Json scrutin_options(const std::vector<MyScrutin>& mine, std::string_view chosen) {
    util::Json options = util::Json::array();
    for (const auto& my : mine) {
        options.push_back({{"value", my.scrutin.code}, {"label", my.scrutin.title}, {"selected", my.scrutin.code == chosen}});
    }
    return options;
}

web::Response form_page(const ReclamationForm& form, const std::vector<MyScrutin>& mine, const web::FormErrors& errors,
                        web::Env& env) {
    util::Json object = web::field_view("objet", "Votre réclamation porte sur", form.object, errors);
    object["options"] = object_options(form.object);
    util::Json scrutin = web::field_view("scrutin", "Scrutin concerné (facultatif)", form.scrutin_code, errors);
    scrutin["is_optional"] = true;
    scrutin["options"] = scrutin_options(mine, form.scrutin_code);
    util::Json body =
        web::field_view("texte", "Ce qui est à corriger", form.body, errors,
                        "Dites ce qui est inexact et ce qui devrait figurer à la place. N’écrivez ni mot de passe ni code.");
    body["max"] = std::to_string(k_reclamation_text);
    util::Json view{{"title", "Formuler une réclamation"},
                    {"back", back_link("/reclamations", "Mes réclamations")},
                    {"objet", std::move(object)},
                    {"scrutin", std::move(scrutin)},
                    {"texte", std::move(body)},
                    {"closes_at", closing_date(env)}};
    errors.put_into(view);
    return web::Response::page("scrutins/nouvelle_reclamation", std::move(view), errors.empty() ? 200 : 400);
}

web::Response check_page(const ReclamationForm& form, const std::vector<MyScrutin>& mine, const web::Env& env) {
    const MyScrutin* scrutin = chosen_scrutin(form, mine);
    return web::Response::page("scrutins/verification_reclamation",
                               {{"title", "Vérifier votre réclamation"},
                                {"back", back_link("/reclamations", "Mes réclamations")},
                                {"objet", form.object},
                                {"object", object_label(form.object)},
                                {"scrutin", form.scrutin_code},
                                {"scrutin_title", scrutin ? scrutin->scrutin.title : std::string("Aucun en particulier")},
                                {"texte", form.body},
                                {"body", web::paragraphs(form.body)},
                                {"email", env.session.voter_email}});
}

void announce_by_mail(web::Env& env, const ReclamationForm& form, const std::string& number) {
    web::tell_owner(env, web::owner_of(env.session), "reclamation-recue", "reclamation|" + number,
                    {{"number", number},
                     {"object", object_label(form.object)},
                     {"url", env.settings.base_url + "/reclamations/" + number}});
}

ReclamationForm form_of(const web::Request& request) {
    return read_reclamation(request.field("objet"), request.field("scrutin"), request.field("texte"));
}

}  // namespace

// 200; 403 with the académie's assistance after the date.
Answer show_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory) {
    if (!env.calendar.is_reclamation_open(env.now)) return closed_page(env);
    return form_page(form_of(request), my_scrutins(env, memory), {}, env);
}

// 200 with the check page, or with the form again for « Modifier »; 400 with the form for what is to be mended; 403
// after the date. Changes nothing.
Answer check_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory) {
    if (!env.calendar.is_reclamation_open(env.now)) return closed_page(env);
    const ReclamationForm form = form_of(request);
    const auto mine = my_scrutins(env, memory);
    if (request.field("etape") == "modifier") return form_page(form, mine, {}, env);
    web::FormErrors errors;
    check_reclamation(form, mine, errors);
    return errors.empty() ? check_page(form, mine, env) : form_page(form, mine, errors, env);
}

// 303 to the réclamation, the same one if this form was sent before; 400, 403 as above; 429 past ten in a day.
Answer file_nouvelle_reclamation(const web::Request& request, web::Env& env, Memory& memory) {
    if (!env.calendar.is_reclamation_open(env.now)) return closed_page(env);
    const ReclamationForm form = form_of(request);
    const auto mine = my_scrutins(env, memory);
    web::FormErrors errors;
    check_reclamation(form, mine, errors);
    if (!errors.empty()) return form_page(form, mine, errors, env);
    const std::string voter = std::to_string(env.session.voter->value);
    if (!web::throttle_allows(env, "reclamation", voter, k_filed_per_day, k_day)) {
        errors.add("texte", "Vous avez déposé " + std::to_string(k_filed_per_day) +
                                " réclamations aujourd’hui, le nombre permis en un jour. Votre texte reste ci-dessous : déposez-le "
                                "demain, ou transmettez-le à l’assistance de votre académie.");
        auto response = form_page(form, mine, errors, env);
        response.status = 429;
        return response;
    }
    const MyScrutin* scrutin = chosen_scrutin(form, mine);
    const NewReclamation filed{*env.session.voter, form.object, scrutin ? std::optional(scrutin->scrutin.id) : std::nullopt,
                               form.body, util::sha256_hex("reclamation|" + voter + "|" + env.form_key)};
    const std::string number =
        file_reclamation(env.db, filed, env.now, [&](const std::string& given) { announce_by_mail(env, form, given); });
    return web::Response::redirect("/reclamations/" + number);
}

}  // namespace scrutins
