// SPDX-License-Identifier: AGPL-3.0-or-later
// « Assistance », before and after sign-in: the académie's numbers, and a written request that gets a number.
#include "account/door.hpp"
#include "account/pages.hpp"
#include "account/store.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "domain/public_number.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/outbox.hpp"
#include "web/paragraphs.hpp"
#include "web/session.hpp"
#include "web/throttle.hpp"
#include "web/pseudonym.hpp"

namespace account {

namespace {

constexpr unsigned k_per_elector = 10, k_per_network = 200, k_window = 3600;

struct Typed {
    std::string_view academie, address, subject, body;
};

std::string_view help_state(std::string_view state) {
    if (state == "en_instruction") return "prise en charge";
    return state == "repondue" ? "répondue" : "reçue";
}

// What was asked before, by who is signed in.
util::Json my_requests(web::Env& env) {
    util::Json mine = util::Json::array();
    if (!env.session.voter) return mine;
    for (const auto& one : store::list_help_requests(env.db, *env.session.voter)) {
        mine.push_back({{"number", one.number},
                        {"subject", one.subject},
                        {"badge", {{"label", help_state(one.state)}, {"kind", one.state == "repondue" ? "success" : "info"}}},
                        {"created_at", domain::full_for(env.session.place, one.created_at)},
                        {"has_answer", !one.answer.empty()},
                        {"answered_at", one.answered_at ? domain::full_for(env.session.place, *one.answered_at) : std::string()},
                        {"answer", web::paragraphs(one.answer)}});
    }
    return mine;
}

web::Response help_page(web::Env& env, const Typed& typed, const web::FormErrors& errors) {
    auto academie = web::field_view("academie", "Académie", typed.academie, errors);
    academie["options"] = util::Json::array();
    util::Json contacts = util::Json::array(), own = util::Json::array();
    for (const auto& one : store::list_academies(env.db)) {
        academie["options"].push_back({{"value", one.code}, {"label", one.name}, {"selected", one.code == typed.academie}});
        const util::Json contact{{"name", one.name}, {"phone", one.phone}, {"email", one.email}, {"hours", one.hours}};
        if (one.code == env.session.academie_code) own.push_back(contact);
        contacts.push_back(contact);
    }
    auto message =
        web::field_view("message", "Votre demande", typed.body, errors, "N’écrivez ici ni mot de passe, ni code, ni NUMEN.");
    message["max"] = "4000";
    util::Json view{{"title", "Assistance"},
                    {"contacts", std::move(contacts)},
                    {"own", std::move(own)},
                    {"academie", std::move(academie)},
                    {"adresse", web::field_view("adresse", "Adresse à laquelle vous répondre", typed.address, errors,
                                                "De préférence votre adresse professionnelle : prenom.nomxx@ac-xxxx.fr")},
                    {"objet",
                     web::field_view("objet", "Objet", typed.subject, errors, "Par exemple : je ne reçois pas le courriel")},
                    {"message", std::move(message)}};
    util::Json mine = my_requests(env);
    view["has_requests"] = !mine.empty();
    view["requests"] = std::move(mine);
    errors.put_into(view);
    return web::Response::page("account/assistance", view, errors.empty() ? 200 : 400);
}

web::Effort::Form form_of(const Typed& typed) {
    return {"/assistance",
            {{"academie", std::string(typed.academie)},
             {"adresse", std::string(typed.address)},
             {"objet", std::string(typed.subject)},
             {"message", std::string(typed.body)}}};
}

web::FormErrors check(const Typed& typed, bool academie_known, bool address_holds) {
    web::FormErrors errors;
    if (!academie_known) errors.add("academie", "Choisissez votre académie dans la liste.");
    if (!address_holds) errors.add("adresse", "Saisissez une adresse complète, par exemple prenom.nom@ac-poitiers.fr.");
    if (typed.subject.empty()) errors.add("objet", "Dites en quelques mots l’objet de votre demande.");
    if (typed.body.empty()) errors.add("message", "Décrivez votre difficulté : ce que vous avez fait, ce que la page a répondu.");
    return errors;
}

// A receipt goes to who is signed in alone: an address that anybody may type is written to by the assistance that answers, not by this page.
void send_receipt(web::Env& env, const store::HelpRequest& request, const store::Academie& academie) {
    if (!request.voter) return;
    web::tell_owner(env, web::owner_of(env.session), "assistance", request.idempotency_key,
                    {{"number", request.number},
                     {"academie", academie.name},
                     {"phone", academie.phone},
                     {"email", academie.email},
                     {"hours", academie.hours}});
}

// The number of the request: a new one, or the first one's when the same form comes twice.
std::string store_request(web::Env& env, store::HelpRequest request, const store::Academie& academie) {
    env.db.transaction([&] {
        if (const auto before = store::find_help_number(env.db, request.idempotency_key)) {
            request.number = *before;
            return true;
        }
        do request.number = domain::make_public_number('A');
        while (!store::add_help_request(env.db, request, env.now) && !store::find_help_number(env.db, request.idempotency_key));
        send_receipt(env, request, academie);
        return true;
    });
    return store::find_help_number(env.db, request.idempotency_key).value_or(request.number);
}

}  // namespace

// 200; the elector's own académie and address are filled in.
Answer show_assistance(const web::Request&, web::Env& env) {
    return help_page(env, {env.session.academie_code, env.session.voter_email, {}, {}}, {});
}

// 303 to the page that tells the number; 400 naming what is missing; 429 when one elector sends too many, or with a calculation to do
// first when a network does.
Answer post_assistance(const web::Request& request, web::Env& env, const Keys&, Door& door) {
    if (env.form_key.empty()) return util::failure(util::Fault::invalid, "no form key");
    const Typed typed{request.field("academie"), util::trim(request.field("adresse")), util::trim(request.field("objet")),
                      util::trim(request.field("message"))};
    const auto academie = store::find_academie(env.db, typed.academie);
    const auto address = domain::normalise_address(typed.address);
    const auto errors = check(typed, academie.has_value(), address.has_value());
    if (!errors.empty()) return help_page(env, typed, errors);
    // An elector's requests are counted as his; a stranger's by network, never by the address he types, which may be another's.
    if (const auto voter = env.session.voter) {
        if (!web::throttle_allows(env, "help-elector", std::to_string(voter->value), k_per_elector, k_window))
            return util::failure(util::Fault::throttled, "requests for help");
    } else if (!web::network_allows(env, "help-network", request.client_ip, k_per_network, k_window) &&
               !door.effort.is_made(request, env)) {
        return door.effort.page(env, form_of(typed));
    }
    const std::string number = store_request(env,
                                             {{},
                                              env.session.voter,
                                              *address,
                                              academie->code,
                                              std::string(typed.subject),
                                              std::string(typed.body),
                                              util::sha256_hex("assistance|" + env.session.id + "|" + env.form_key)},
                                             *academie);
    web::log_act(util::Level::info, "assistance-asked", env, *address, number);
    auto response = web::Response::redirect("/assistance/recue");
    auto data = env.session.data.journey();  // a journey under way goes on
    data.erase("waiting");
    data["assistance"] = {{"number", number}, {"academie", academie->code}, {"address", *address}};
    web::save_session_data(env, response, data);
    return response;
}

}  // namespace account
