// SPDX-License-Identifier: AGPL-3.0-or-later
// claims, assistance: what people ask the office for, listed, shown, taken in hand and answered. An answer stands on the person's page, in
// its history and in a mail, or nowhere. The journal has its number and its outcome, no name and no text.
#include <algorithm>

#include "cli/small_file.hpp"
#include "domain/edition.hpp"
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/returns.hpp"
#include "scrutinctl/store_desk.hpp"
#include "util/file.hpp"
#include "util/json.hpp"
#include "util/text.hpp"
#include "web/outbox.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;
using store::Desk;

namespace {

constexpr std::uintmax_t k_answer_bytes = 16'000;
constexpr std::size_t k_answer_characters = 4000;  // the column's

struct State {
    std::string_view word, label;
};
// The states of each kind of request; the first two are before an answer.
std::vector<State> states_of(Desk desk) {
    if (desk == Desk::claims)
        return {{"recue", "reçue"}, {"en_instruction", "en instruction"}, {"acceptee", "acceptée"}, {"rejetee", "rejetée"}};
    return {{"recue", "reçue"}, {"en_instruction", "prise en charge"}, {"repondue", "répondue"}};
}

std::string_view label_of_state(Desk desk, std::string_view word) {
    for (const State& state : states_of(desk))
        if (state.word == word) return state.label;
    return word;
}

std::string_view command_of(Desk desk) { return desk == Desk::claims ? "claims" : "assistance"; }

util::Json json_of(const store::Request& request) {
    return {{"number", request.number},
            {"state", request.state},
            {"academie", request.academie},
            {"subject", request.subject},
            {"created_at", util::to_iso(request.created_at)},
            {"answered_at", request.answered_at ? util::Json(util::to_iso(*request.answered_at)) : util::Json()}};
}

util::Status show_list(Office& office, Desk desk, const Arguments& arguments) {
    const auto days = arguments.number("--depuis", 0, 0, 3650);
    if (!days) return days.error();
    store::RequestFilter filter{arguments.get("--academie").value_or(""), arguments.get("--etat").value_or(""),
                                office.clock().now() - std::chrono::hours{24 * *days}};
    const auto states = states_of(desk);
    if (!filter.state.empty() &&
        std::none_of(states.begin(), states.end(), [&](const State& state) { return state.word == filter.state; })) {
        std::string words;
        for (const State& state : states) words += (words.empty() ? "" : ", ") + std::string(state.word);
        return bad_input("--etat : un de " + words);
    }
    const auto requests = store::list_requests(office.db(), desk, filter);
    if (arguments.has("--json")) {
        util::Json all = util::Json::array();
        for (const auto& request : requests) all.push_back(json_of(request));
        say(all.dump());
        return util::Done{};
    }
    for (const auto& request : requests)
        say(request.number + "  " + domain::paris_full(request.created_at) + "  " + request.academie + "  " +
            std::string(label_of_state(desk, request.state)) + "  " + util::printable(request.subject, 120));
    say(counted(requests.size(), "demande", "demandes") + ".");
    return util::Done{};
}

util::Result<store::Request> the_request(Office& office, Desk desk, const Arguments& arguments) {
    auto request = store::find_request(office.db(), desk, arguments.positional.at(0));
    if (!request) return bad_input("aucune demande n’a ce numéro (« " + std::string(command_of(desk)) + " » les liste)");
    return *std::move(request);
}

// Lines of a person's text, without what would steer a terminal.
void say_text(const std::string& text) {
    std::size_t from = 0;
    while (from <= text.size()) {
        const auto end = std::min(text.find('\n', from), text.size());
        say("  " + util::printable(text.substr(from, end - from), 4000));
        from = end + 1;
    }
}

util::Status show_one(Office& office, Desk desk, const Arguments& arguments) {
    const auto request = the_request(office, desk, arguments);
    if (!request) return request.error();
    const auto steps = store::steps_of(office.db(), request->number);
    if (arguments.has("--json")) {
        util::Json json = json_of(*request);
        json.update({{"body", request->body},
                     {"answer", request->answer},
                     {"email", request->email},
                     {"name", request->first_name + " " + request->last_name}});
        json["steps"] = util::Json::array();
        for (const auto& step : steps)
            json["steps"].push_back({{"at", util::to_iso(step.at)}, {"state", step.state}, {"answer", step.answer}});
        json["attachments"] = util::Json::array();
        for (const auto& file : store::attachments_of(office.db(), request->number))
            json["attachments"].push_back(
                {{"position", file.position}, {"name", file.name}, {"kind", file.kind}, {"size", file.size}});
        say(json.dump());
        return util::Done{};
    }
    say(request->number + " : " + std::string(label_of_state(desk, request->state)));
    say("De : " + util::printable(request->civility + " " + request->first_name + " " + request->last_name, 200) + " <" +
        util::printable(request->email, 190) + ">" +
        (request->last_name.empty() ? " (personne non connectée : adresse non vérifiée)" : ""));
    if (const auto returned = store::find_return(office.db(), request->email))
        say("Courriels à cette adresse : " + words_of_return(*returned));
    say("Académie : " + request->academie);
    say("Objet : " + util::printable(request->subject, 200));
    say("Reçue : " + domain::paris_full(request->created_at));
    say_text(request->body);
    for (const auto& file : store::attachments_of(office.db(), request->number))
        say("Fichier joint n° " + std::to_string(file.position) + " : " + util::printable(file.name, 120) + " (" + file.kind +
            ", " + counted(file.size, "octet", "octets") + ")");
    for (const auto& step : steps) {
        say(util::capitalised(label_of_state(desk, step.state)) + " : " + domain::paris_full(step.at));
        if (!step.answer.empty()) say_text(step.answer);
    }
    return util::Done{};
}

util::Status take(Office& office, Desk desk, const Arguments& arguments) {
    const auto request = the_request(office, desk, arguments);
    if (!request) return request.error();
    const bool taken = office.db().transaction([&] {
        if (!store::take_request(office.db(), desk, request->number, office.clock().now())) return false;
        record(office, command_of(desk), request->number + " : prise en charge");
        return true;
    });
    if (!taken) return refused("cette demande est déjà prise en charge ou répondue");
    say("Fait : la personne voit que sa demande est " + std::string(label_of_state(desk, "en_instruction")) + ".");
    return util::Done{};
}

// The answer's text: of a file, so that it can be long, be read again by a colleague and stay out of the shell's history.
util::Result<std::string> read_answer(const Arguments& arguments) {
    const auto path = arguments.get("--reponse");
    if (!path) return bad_input("--reponse FICHIER est attendu : le texte que la personne lira");
    const auto text = read_small_file(*path, k_answer_bytes);
    if (!text) return bad_input("--reponse : ce fichier ne se lit pas, ou il est trop long");
    std::string answer;
    for (const char c : *text)
        if (c != '\r') answer += c;
    answer = std::string(util::trim(answer));
    const auto is_steering = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; };
    if (!util::is_utf8(answer) || std::any_of(answer.begin(), answer.end(), is_steering))
        return bad_input("--reponse : du texte en UTF-8 est attendu");
    if (answer.empty()) return bad_input("--reponse : ce fichier est vide");
    if (util::count_code_points(answer) > k_answer_characters) return bad_input("--reponse : 4 000 caractères au plus");
    return answer;
}

// In the caller's transaction.
void mail_answer(Office& office, Desk desk, const store::Request& request, const store::Step& step, std::size_t number_of_step) {
    const web::Settings& settings = office.settings();
    const web::Election election = web::store::read_election(office.db());
    const web::Renderer renderer(settings.templates, election.edition, settings.strict_templates);
    const auto site =
        web::site_view_without_session("", &election, settings, domain::Edition::load(settings.templates, election.edition), "");
    const web::Text text = web::email_text(renderer, site,
                                           {request.email,
                                            desk == Desk::claims ? "reclamation-repondue" : "assistance-repondue",
                                            {{"civility", request.civility},
                                             {"last_name", request.last_name},
                                             {"has_civility", !request.civility.empty()},
                                             {"number", request.number},
                                             {"at", domain::paris_full(step.at)},
                                             {"state", label_of_state(desk, step.state)},
                                             {"subject", request.subject},
                                             {"answer", step.answer}},
                                            std::nullopt,
                                            request.number + "|" + std::to_string(number_of_step)});
    store::queue_mail(office.db(), text.idempotency_key, request.email, text.subject, text.body, step.at);
}

util::Status answer(Office& office, Desk desk, const std::string& state, const Arguments& arguments) {
    const auto text = read_answer(arguments);
    if (!text) return text.error();
    const auto request = the_request(office, desk, arguments);
    if (!request) return request.error();
    const bool again = arguments.has("--remplace");
    const bool done = office.db().transaction([&] {
        const store::Step step{office.clock().now(), state, *text};
        if (!store::answer_request(office.db(), desk, request->number, step, again)) return false;
        mail_answer(office, desk, *request, step, store::steps_of(office.db(), request->number).size());
        record(office, command_of(desk),
               request->number + " : " + std::string(label_of_state(desk, state)) + (again ? ", remplace la réponse d’avant" : ""));
        return true;
    });
    if (!done)
        return refused(again ? "cette demande n’a pas encore de réponse à remplacer"
                             : "cette demande a déjà une réponse ; --remplace en donne une autre, et la personne voit les deux");
    say("Fait : la réponse est sur la page de la personne et un courriel part.");
    return util::Done{};
}

}  // namespace

util::Status claims(Office& office, const Arguments& arguments) { return show_list(office, Desk::claims, arguments); }
util::Status claims_show(Office& office, const Arguments& arguments) { return show_one(office, Desk::claims, arguments); }
util::Status claims_file(Office& office, const Arguments& arguments) {
    const auto request = the_request(office, Desk::claims, arguments);
    if (!request) return request.error();
    const std::string& position = arguments.positional.at(1);
    const bool is_position = position.size() == 1 && position[0] >= '1' && position[0] <= '9';
    const auto file =
        is_position ? store::find_attachment(office.db(), request->number, static_cast<unsigned>(position[0] - '0')) : std::nullopt;
    if (!file) return bad_input("cette réclamation n’a pas de fichier de ce numéro (« claims show » les liste)");
    if (!util::create_file(arguments.positional.at(2), file->content, true))
        return bad_input("ce nom est déjà pris : rien n’est écrit");
    say("Écrit : " + counted(file->content.size(), "octet", "octets") + " (" + file->kind +
        "). Le fichier vient de la personne : ouvrez-le sur un poste qui peut le supporter.");
    return util::Done{};
}
util::Status claims_take(Office& office, const Arguments& arguments) { return take(office, Desk::claims, arguments); }
util::Status claims_accept(Office& office, const Arguments& arguments) {
    return answer(office, Desk::claims, "acceptee", arguments);
}
util::Status claims_refuse(Office& office, const Arguments& arguments) {
    return answer(office, Desk::claims, "rejetee", arguments);
}
util::Status assistance(Office& office, const Arguments& arguments) { return show_list(office, Desk::assistance, arguments); }
util::Status assistance_show(Office& office, const Arguments& arguments) { return show_one(office, Desk::assistance, arguments); }
util::Status assistance_take(Office& office, const Arguments& arguments) { return take(office, Desk::assistance, arguments); }
util::Status assistance_answer(Office& office, const Arguments& arguments) {
    return answer(office, Desk::assistance, "repondue", arguments);
}

}  // namespace scrutinctl
