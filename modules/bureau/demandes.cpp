// SPDX-License-Identifier: AGPL-3.0-or-later
// What people of an académie ask for: listed by state, shown, taken in hand, answered. As with the office's commands an answer stands on the person's
// page, in its history and in a mail, or nowhere; the journal has its number and who gave it.
#include <algorithm>
#include <array>

#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/relance.hpp"
#include "bureau/roll_parts.hpp"
#include "bureau/store_requests.hpp"
#include "bureau/turnout.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"
#include "web/outbox.hpp"
#include "web/paragraphs.hpp"

namespace bureau {

namespace {

constexpr unsigned k_requests_shown = 200;
constexpr std::size_t k_answer_characters = 4000;  // the column's
constexpr std::array<std::string_view, 4> k_filters{"", "recue", "en_instruction", "traitee"};

std::string_view label_of_request(RequestKind kind, std::string_view state) {
    if (state == "recue") return "reçue";
    if (state == "en_instruction") return kind == RequestKind::claim ? "en instruction" : "prise en charge";
    if (state == "acceptee") return "acceptée";
    if (state == "rejetee") return "rejetée";
    return "répondue";
}

std::string_view label_of_subject(std::string_view object) {
    if (object == "profil") return "profil";
    if (object == "scrutins") return "scrutins";
    return object == "liste_electorale" ? "liste électorale" : object;
}

util::Json request_rows(web::Env& env, RequestKind kind, std::string_view academie, std::string_view state) {
    util::Json rows = util::Json::array();
    for (const auto& one : list_requests(env.db, kind, academie, state, k_requests_shown))
        rows.push_back({{"number", one.number},
                        {"state", label_of_request(kind, one.state)},
                        {"subject", util::printable(one.subject, 160)},
                        {"created_at", domain::paris_full(one.created_at)},
                        {"has_member", one.member != 0},
                        {"member", std::to_string(one.member)}});
    return rows;
}

void put_causes(util::Json& rows, web::Env& env, RequestKind kind, std::string_view academie, const std::string& before) {
    for (const auto& cause : causes_of(env.db, kind, academie))
        rows.push_back({{"subject", before + util::printable(label_of_subject(cause.subject), 160)},
                        {"asked", number(cause.asked)},
                        {"waiting", number(cause.waiting)}});
}

// The request, and by which role he may see it; 404 as for none otherwise.
struct Held {
    ShownRequest request;
    RequestKind kind{};
    const Membership* by = nullptr;
};
util::Result<Held> held_by(web::Env& env, const Desk& desk, std::string_view number) {
    const auto kind = request_kind_of(number);
    auto request = kind ? find_request(env.db, number) : std::nullopt;
    const Membership* by = request ? desk.role_for(right_for(*kind), request->academie) : nullptr;
    if (by == nullptr) return util::failure(util::Fault::not_found, "desk request");
    return Held{*std::move(request), *kind, by};
}

web::Response request_page(web::Env& env, const Desk& desk, const Held& held, const LineNames& names, std::string_view typed,
                           std::string_view decision, const web::FormErrors& errors) {
    const auto& request = held.request;
    util::Json steps = util::Json::array(), files = util::Json::array(), decisions = util::Json::array();
    for (const auto& step : request_steps(env.db, request.number))
        steps.push_back({{"label", label_of_request(held.kind, step.state)},
                         {"at", domain::paris_full(step.at)},
                         {"answer", web::paragraphs(step.answer)}});
    for (const auto& file : request_files(env.db, request.number))
        files.push_back({{"position", std::to_string(file.position)}, {"name", util::printable(file.name, 120)}});
    for (const auto& [value, label] : {std::pair{"acceptee", "Acceptée"}, std::pair{"rejetee", "Rejetée"}})
        decisions.push_back({{"value", value}, {"label", label}, {"selected", decision == value}});
    util::Json decide = web::field_view("decision", "Décision", decision, errors);
    decide["options"] = std::move(decisions);
    util::Json text =
        web::field_view("texte", "Votre réponse", typed, errors, "La personne la lira telle quelle, avec ses raisons.");
    text["max"] = std::to_string(k_answer_characters);
    // Of a claim, which has its elector; who answers it manages the académie's roll too.
    const auto elector = held.kind == RequestKind::claim ? elector_of_claim(env.db, request.number) : std::nullopt;
    util::Json view{{"title", "Demande " + request.number},
                    {"has_line", elector.has_value()},
                    {"line", elector ? path_of_line(env, names, *elector) + "?demande=" + request.number : ""},
                    {"may_inscribe",
                     !is_anything_sealed(env.db) && desk.role_for(domain::DeskRight::roll, request.academie) != nullptr},
                    {"back", back_link("/bureau/demandes", "Demandes")},
                    {"number", request.number},
                    {"state", label_of_request(held.kind, request.state)},
                    {"subject", util::printable(label_of_subject(request.subject), 160)},
                    {"created_at", domain::paris_full(request.created_at)},
                    {"name", util::printable(request.civility + " " + request.first_name + " " + request.last_name, 200)},
                    {"is_known", !request.last_name.empty()},
                    {"email", request.email},
                    {"affectation", request.affectation},
                    {"body", web::paragraphs(request.body)},
                    {"has_member", request.member != 0},
                    {"member", std::to_string(request.member)},
                    {"has_steps", !steps.empty()},
                    {"steps", std::move(steps)},
                    {"has_files", !files.empty()},
                    {"files", std::move(files)},
                    {"may_take", request.state == "recue"},
                    {"may_answer", !request.answered_at.has_value()},
                    {"is_claim", held.kind == RequestKind::claim},
                    {"decision", std::move(decide)},
                    {"texte", std::move(text)}};
    errors.put_into(view);
    return web::Response::page("bureau/demande", std::move(view), errors.empty() ? 200 : 400);
}

void mail_answer(web::Env& env, const Held& held, const RequestStep& step) {
    const auto& request = held.request;
    web::queue_email(env, {request.email,
                           held.kind == RequestKind::claim ? "reclamation-repondue" : "assistance-repondue",
                           {{"civility", request.civility},
                            {"last_name", request.last_name},
                            {"has_civility", !request.civility.empty()},
                            {"number", request.number},
                            {"at", domain::paris_full(step.at)},
                            {"state", label_of_request(held.kind, step.state)},
                            {"subject", request.subject},
                            {"answer", step.answer}},
                           std::nullopt,
                           request.number + "|" + std::to_string(request_steps(env.db, request.number).size())});
}

std::string without_carriage_returns(std::string_view typed) {
    std::string text;
    for (const char c : typed)
        if (c != '\r') text += c;
    return std::string(util::trim(text));
}

}  // namespace

// 200; 400 for a filter that is none; 404 to who is of no académie.
Answer show_demandes(const web::Request& request, web::Env& env, const Desk& desk, Memory& memory) {
    const auto academies = desk.places(domain::DeskRight::assistance);
    if (academies.empty()) return util::failure(util::Fault::not_found, "desk requests");
    const std::string_view state = request.field("etat");
    if (std::find(k_filters.begin(), k_filters.end(), state) == k_filters.end())
        return util::failure(util::Fault::invalid, "request filter");
    util::Json filters = util::Json::array(), all = util::Json::array();
    for (const auto& [value, label] :
         {std::pair{"recue", "Reçues"}, std::pair{"en_instruction", "Prises en charge"}, std::pair{"traitee", "Répondues"}})
        filters.push_back({{"value", value}, {"label", label}, {"selected", state == value}});
    for (const auto& academie : academies) {
        const bool has_claims = desk.role_for(domain::DeskRight::claims, academie) != nullptr;
        const auto activation = activation_in(env, memory, academie);
        util::Json claims = has_claims ? request_rows(env, RequestKind::claim, academie, state) : util::Json::array();
        util::Json helps = request_rows(env, RequestKind::help, academie, state);
        util::Json causes = util::Json::array();
        put_causes(causes, env, RequestKind::help, academie, "");
        if (has_claims) put_causes(causes, env, RequestKind::claim, academie, "Réclamation : ");
        const bool is_counted = activation.electors >= k_least_group;
        const bool may_remind = is_counted && desk.role_for(domain::DeskRight::roll, academie) != nullptr;
        all.push_back({{"code", academie},
                       {"may_remind", may_remind},
                       {"reminder", may_remind ? reminder_view(env, academie) : util::Json(util::Json::object())},
                       {"shows_activation", is_counted},
                       {"electors", number(activation.electors)},
                       {"without_space", number(activation.without_space)},
                       {"has_claims", has_claims},
                       {"some_claims", !claims.empty()},
                       {"claims", std::move(claims)},
                       {"some_helps", !helps.empty()},
                       {"helps", std::move(helps)},
                       {"some_causes", !causes.empty()},
                       {"causes", std::move(causes)}});
    }
    util::Json filter = web::field_view("etat", "État", state, {});
    filter["is_optional"] = true;
    filter["options"] = std::move(filters);
    return web::Response::page("bureau/demandes", {{"title", "Demandes"},
                                                   {"back", back_link("/bureau", "Bureau en ligne")},
                                                   {"etat", std::move(filter)},
                                                   {"most", std::to_string(k_requests_shown)},
                                                   {"academies", std::move(all)}});
}

// 200; 404 for a request that is not of one of his académies, or not for his role.
Answer show_demande(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto held = held_by(env, desk, request.param("number"));
    if (!held) return held.error();
    return request_page(env, desk, *held, names, {}, {}, {});
}

// 200, a file as its owner gave it; 404 as above.
Answer give_piece(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto held = held_by(env, desk, request.param("number"));
    if (!held) return held.error();
    const std::string_view position = request.param("position");
    const bool is_position = position.size() == 1 && position[0] >= '1' && position[0] <= '9';
    auto file =
        is_position ? find_request_file(env.db, held->request.number, static_cast<unsigned>(position[0] - '0')) : std::nullopt;
    if (!file) return util::failure(util::Fault::not_found, "desk file");
    const std::string type = file->kind == "pdf" ? "application/pdf" : "image/" + file->kind;
    return web::Response::document(std::move(file->content), type,
                                   held->request.number + "-" + std::string(position) + "." + file->kind);
}

// 303 to the request, also where it was taken before; 404 as above.
Answer take_demande(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto held = held_by(env, desk, request.param("number"));
    if (!held) return held.error();
    env.db.transaction([&] {
        if (!take_request(env.db, held->request.number, env.now)) return false;
        assign_request(env.db, held->request.number, held->by->id, env.now);
        record(env, *held->by, "request", held->request.number + " : prise en charge");
        return true;
    });
    return web::Response::redirect("/bureau/demandes/" + held->request.number);
}

// 303 to the request; 400 without a text, or a decision where one is due, or when it was answered before; 404 as above.
Answer answer_demande(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto held = held_by(env, desk, request.param("number"));
    if (!held) return held.error();
    const std::string text = without_carriage_returns(request.field("texte"));
    const std::string_view decision = request.field("decision");
    const bool is_claim = held->kind == RequestKind::claim;
    web::FormErrors errors;
    if (is_claim && decision != "acceptee" && decision != "rejetee") errors.add("decision", "Choisissez une décision.");
    if (text.empty()) errors.add("texte", "Écrivez la réponse que la personne lira.");
    else if (util::count_code_points(text) > k_answer_characters) errors.add("texte", "4 000 caractères au plus.");
    if (!errors.empty()) return request_page(env, desk, *held, names, request.field("texte"), decision, errors);
    const RequestStep step{env.now, is_claim ? std::string(decision) : "repondue", text};
    const bool answered = env.db.transaction([&] {
        if (!answer_request(env.db, held->request.number, step)) return false;
        mail_answer(env, *held, step);
        record(env, *held->by, "request", held->request.number + " : " + std::string(label_of_request(held->kind, step.state)));
        return true;
    });
    if (answered) return web::Response::redirect("/bureau/demandes/" + held->request.number);
    const auto now = held_by(env, desk, request.param("number"));
    if (!now) return now.error();
    // The same form sent twice: the first has answered.
    if (now->request.answer == text && now->request.state == step.state)
        return web::Response::redirect("/bureau/demandes/" + held->request.number);
    errors.add(
        "texte",
        "Cette demande a reçu une réponse entre-temps : la voici. La vôtre n’est pas partie ; le bureau des élections peut remplacer une réponse.");
    return request_page(env, desk, *now, names, request.field("texte"), decision, errors);
}

}  // namespace bureau
