// SPDX-License-Identifier: AGPL-3.0-or-later
// « Déposer une liste »: a draft that its delegates alone see, and what they deposit of it. A candidature is its delegate's by his membership, whose
// place is its number: every page asks that before anything else, and answers 404 for another's as for one that does not exist.
#include "bureau/store_candidature.hpp"

#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "domain/local_time.hpp"
#include "domain/logo.hpp"
#include "domain/public_number.hpp"
#include "domain/uploaded_file.hpp"
#include "web/form.hpp"
#include "web/outbox.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

constexpr unsigned k_deposits_per_day = 20, k_seconds_of_day = 24 * 3600;

struct Mine {
    Candidature candidature;
    const Membership* role = nullptr;
    domain::DepositWindow window;

    std::string path() const { return "/bureau/candidatures/" + std::to_string(candidature.id); }
    bool takes(util::Instant now) const { return !candidature.is_fixed && now < window.closes; }
};

util::Result<Mine> my_candidature(web::Env& env, const Desk& desk, std::string_view id) {
    const Membership* const role = desk.role_for(domain::DeskRight::deposit, id);
    // The office wrote the place: a number, as std::to_string writes it.
    auto candidature = role ? find_candidature(env.db, static_cast<unsigned>(std::stoul(role->place))) : std::nullopt;
    if (!candidature) return util::failure(util::Fault::not_found, "candidature");
    const auto window = domain::deposit_window(env.calendar, candidature->opens_at, candidature->closes_at);
    return Mine{*std::move(candidature), role, window};
}

// What stops this draft from being deposited, besides the hour.
std::vector<std::string> faults_of_draft(const Mine& mine, const Draft& draft, const domain::NamesRead& read) {
    std::vector<std::string> faults = read.faults;
    for (const std::string& fault : domain::read_unions(draft.unions).faults) faults.push_back("Liste commune. " + fault);
    const domain::Deposit deposit{mine.candidature.scrutin_code, mine.candidature.union_name, draft.list_name, read.names, {}, {}};
    if (faults.empty() || draft.list_name.empty())
        for (std::string& fault : domain::faults_of_deposit(deposit)) faults.push_back(std::move(fault));
    return faults;
}

std::string words_of_decision(const PastDeposit& deposit, bool is_newest) {
    if (!is_newest) return "remplacé";
    if (deposit.decision == "accepted") return "accepté";
    return deposit.decision == "refused" ? "refusé" : "à contrôler par le bureau des élections";
}

util::Json file_view(std::string_view kind, std::string_view label, std::string_view hint, const Draft& draft,
                     const web::FormErrors& errors) {
    util::Json view = web::field_view(kind, label, "", errors, hint);
    const DraftFile* const file = draft.file(kind);
    view["is_there"] = file != nullptr;
    view["file_name"] = file ? file->name : "";
    view["file_size"] = file ? domain::size_text(file->size) : "";
    view["file_digest"] = file ? file->digest : "";
    return view;
}

util::Json history_of(web::Env& env, const Mine& mine) {
    util::Json rows = util::Json::array();
    for (const PastDeposit& deposit : past_deposits(env.db, mine.candidature.id))
        rows.push_back({{"number", deposit.number},
                        {"list", deposit.list_name},
                        {"at", domain::paris_full(deposit.at)},
                        {"digest", deposit.digest},
                        {"state", words_of_decision(deposit, rows.empty())},
                        {"has_reason", rows.empty() && !deposit.reason.empty()},
                        {"reason", deposit.reason}});
    return rows;
}

// The page of the draft as it is kept; `typed`, where it came with a form that was not kept.
web::Response candidature_page(web::Env& env, const Mine& mine, const web::FormErrors& errors, int status = 200,
                               const Draft* typed = nullptr) {
    const Draft draft = find_draft(env.db, mine.candidature.id);
    const Draft& shown = typed != nullptr ? *typed : draft;
    const auto read = domain::read_candidate_names(draft.names);
    util::Json names = web::field_view(
        "candidats", "Candidats, dans l’ordre de la liste", shown.names, errors,
        "Une ligne par candidat : civilité ; nom ; prénom ; affectation. Vous pouvez coller les colonnes d’un tableur.");
    names["max"] = std::to_string(domain::k_names_text);
    util::Json unions = web::field_view(
        "organisations", "Liste commune : organisations et partage des voix", shown.unions, errors,
        "Laissez vide pour une liste d’une seule organisation. Sinon une ligne par organisation : nom ; part en %, 100 ensemble. Sans part, les voix se "
        "partagent également. Publié avec la liste.");
    unions["max"] = std::to_string(domain::k_unions_text);
    const auto sharing = domain::read_unions(draft.unions);
    util::Json faults = util::Json::array();
    if (draft.saved_at)
        for (const std::string& fault : faults_of_draft(mine, draft, read)) faults.push_back({{"text", fault}});
    util::Json people = util::Json::array();
    for (const domain::CandidateName& name : read.names)
        people.push_back({{"text", name.civility + " " + name.first_name + " " + name.last_name + ", " + name.affectation}});
    util::Json history = history_of(env, mine);
    util::Json view{
        {"title", "Déposer une liste"},
        {"back", back_link("/bureau/candidatures", "Mes candidatures")},
        {"id", std::to_string(mine.candidature.id)},
        {"union", mine.candidature.union_name},
        {"scrutin", mine.candidature.scrutin_title.empty() ? mine.candidature.scrutin_code : mine.candidature.scrutin_title},
        {"period", domain::period_for(nullptr, mine.window.opens, mine.window.closes)},
        {"may_write", mine.takes(env.now)},
        {"may_deposit", mine.takes(env.now) && mine.window.is_open(env.now) && draft.saved_at && faults.empty()},
        {"nom",
         web::field_view("nom", "Nom de la liste", shown.list_name, errors, "Comme sur le bulletin, 160 caractères au plus.")},
        {"candidats", std::move(names)},
        {"organisations", std::move(unions)},
        {"is_common", sharing.faults.empty() && !sharing.unions.empty()},
        {"sharing", domain::words_of_unions(sharing.unions)},
        {"profession", file_view("profession", "Profession de foi",
                                 "Une liste peut ne pas en avoir. Un PDF dont le texte se lit, de " +
                                     domain::size_text(domain::k_profession_bytes) + " au plus.",
                                 draft, errors)},
        {"logo",
         file_view(
             "logo", "Logo",
             "Une liste peut ne pas en avoir. Il s’affiche avec la liste si c’est une image PNG de 16 à 512 pixels de côté et de " +
                 domain::size_text(domain::k_logo_shown_bytes) + " au plus, sans texte ni animation.",
             draft, errors)},
        {"seen", draft.digest()},
        {"is_saved", draft.saved_at.has_value()},
        {"saved_at", draft.saved_at ? domain::paris_full(*draft.saved_at) : ""},
        {"erased_at", domain::paris_date(mine.window.closes + domain::k_drafts_kept)},
        {"has_faults", !faults.empty()},
        {"faults", std::move(faults)},
        {"count", std::to_string(read.names.size())},
        {"has_people", !people.empty()},
        {"people", std::move(people)},
        {"has_history", !history.empty()},
        {"history", std::move(history)}};
    errors.put_into(view);
    return web::Response::page("bureau/candidature", std::move(view), status);
}

web::Response page_with_error(web::Env& env, const Mine& mine, std::string field, std::string why, int status,
                              const Draft* typed = nullptr) {
    web::FormErrors errors;
    errors.add(std::move(field), std::move(why));
    return candidature_page(env, mine, errors, status, typed);
}

constexpr const char* k_closed =
    "Le dépôt est clos : rien n’est changé. Ce qui a été déposé est ci-dessous ; pour toute question, écrivez au bureau des élections.";
constexpr const char* k_changed =
    "Ce brouillon a changé depuis que cette page est affichée, par vous dans une autre fenêtre ou par un autre délégué. Relisez, puis recommencez.";

// 303 back to the draft; 400 with its page for a file that is not taken; 403 once the deposit is closed.
Answer take_file(const web::Request& request, web::Env& env, const Desk& desk, std::string_view kind) {
    const auto mine = my_candidature(env, desk, request.param("numero"));
    if (!mine) return mine.error();
    if (!mine->takes(env.now)) return page_with_error(env, *mine, std::string(kind), k_closed, 403);
    const web::UploadedFile& file = request.file();
    if (file.bytes.empty()) return page_with_error(env, *mine, std::string(kind), "Choisissez un fichier sur votre appareil.", 400);
    domain::Deposit one{"-", "-", "-", {{"Mme", "-", "-", "-"}}, {}, {}};
    const domain::DepositedFile given{domain::shown_file_name(file.name), file.bytes};
    (kind == "logo" ? one.logo : one.profession) = given;
    if (const auto faults = domain::faults_of_deposit(one); !faults.empty())
        return page_with_error(env, *mine, std::string(kind), faults[0], 400);
    env.db.transaction([&] {
        if (!lock_candidature(env.db, mine->candidature.id)) return false;
        put_draft_file(env.db, mine->candidature.id, kind, given);
        return true;
    });
    return web::Response::redirect(mine->path());
}

}  // namespace

// 200.
Answer show_candidatures(const web::Request&, web::Env& env, const Desk& desk) {
    util::Json rows = util::Json::array();
    for (const std::string& place : desk.places(domain::DeskRight::deposit)) {
        const auto mine = my_candidature(env, desk, place);
        if (!mine) continue;
        const auto past = past_deposits(env.db, mine->candidature.id);
        rows.push_back({{"id", place},
                        {"union", mine->candidature.union_name},
                        {"scrutin", mine->candidature.scrutin_title.empty() ? mine->candidature.scrutin_code
                                                                            : mine->candidature.scrutin_title},
                        {"period", domain::period_for(nullptr, mine->window.opens, mine->window.closes)},
                        {"state", past.empty() ? "rien n’est déposé" : past[0].number + ", " + words_of_decision(past[0], true)}});
    }
    return web::Response::page("bureau/candidatures", {{"title", "Mes candidatures"},
                                                       {"back", back_link("/bureau", "Bureau en ligne")},
                                                       {"has_rows", !rows.empty()},
                                                       {"rows", std::move(rows)}});
}

// 200; 404 if it is not his.
Answer show_candidature(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto mine = my_candidature(env, desk, request.param("numero"));
    if (!mine) return mine.error();
    return candidature_page(env, *mine, {});
}

// 303 back to the draft, kept with its faults; 403 once the deposit is closed; 409 where another saved meanwhile; 404 if it is not his.
Answer save_candidature(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto mine = my_candidature(env, desk, request.param("numero"));
    if (!mine) return mine.error();
    Draft typed;
    typed.list_name = std::string(util::trim(request.field("nom")));
    for (const char c : request.field("candidats"))
        if (c != '\r') typed.names += c;
    for (const char c : request.field("organisations"))
        if (c != '\r') typed.unions += c;
    if (!mine->takes(env.now)) return page_with_error(env, *mine, "candidats", k_closed, 403, &typed);
    if (util::count_code_points(typed.names) > domain::k_names_text)
        return page_with_error(env, *mine, "candidats",
                               "Ce texte dépasse " + std::to_string(domain::k_names_text) +
                                   " caractères : il n’est pas enregistré.",
                               400, &typed);
    if (util::count_code_points(typed.unions) > domain::k_unions_text)
        return page_with_error(env, *mine, "organisations",
                               "Ce texte dépasse " + std::to_string(domain::k_unions_text) +
                                   " caractères : il n’est pas enregistré.",
                               400, &typed);
    const bool saved = env.db.transaction([&] {
        if (!lock_candidature(env.db, mine->candidature.id)) return false;
        const Draft there = find_draft(env.db, mine->candidature.id);
        const bool is_same =
            there.list_name == typed.list_name && there.names == typed.names && there.unions == typed.unions && there.saved_at;
        if (is_same) return true;  // a form sent twice, too
        if (there.digest() != request.field("vu")) return false;
        save_draft(env.db, mine->candidature.id, typed, env.now);
        return true;
    });
    if (!saved) return page_with_error(env, *mine, "candidats", k_changed, 409, &typed);
    return web::Response::redirect(mine->path());
}

Answer take_profession(const web::Request& request, web::Env& env, const Desk& desk) {
    return take_file(request, env, desk, "profession");
}
Answer take_logo(const web::Request& request, web::Env& env, const Desk& desk) { return take_file(request, env, desk, "logo"); }

// 303; 403 once the deposit is closed; 404 if it is not his, or for another word than « profession » and « logo ».
Answer drop_candidature_file(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto mine = my_candidature(env, desk, request.param("numero"));
    if (!mine) return mine.error();
    const std::string_view kind = request.field("quoi");
    if (kind != "profession" && kind != "logo") return util::failure(util::Fault::not_found, "file of a draft");
    if (!mine->takes(env.now)) return page_with_error(env, *mine, std::string(kind), k_closed, 403);
    env.db.transaction([&] {
        remove_draft_file(env.db, mine->candidature.id, kind);
        return true;
    });
    return web::Response::redirect(mine->path());
}

// 303 to the page that has the receipt, the same one for what is deposited already; 400 for a draft that does not hold; 403 outside the
// deposit's hours; 409 where the draft is not the one that was shown; 429 past twenty in a day; 404 if it is not his.
Answer deposit_candidature(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto mine = my_candidature(env, desk, request.param("numero"));
    if (!mine) return mine.error();
    const auto& candidature = mine->candidature;
    if (!mine->takes(env.now)) return page_with_error(env, *mine, "candidats", k_closed, 403);
    if (!mine->window.is_open(env.now))
        return page_with_error(env, *mine, "candidats",
                               "Le dépôt n’est pas encore ouvert : votre brouillon est gardé. Déposez-le à partir du " +
                                   domain::paris_full(mine->window.opens) + ".",
                               403);
    if (!web::throttle_allows(env, "candidature", std::to_string(candidature.id), k_deposits_per_day, k_seconds_of_day))
        return page_with_error(env, *mine, "candidats",
                               "Cette candidature a été déposée " + std::to_string(k_deposits_per_day) +
                                   " fois aujourd’hui, le nombre permis en un jour. Le dernier dépôt compte.",
                               429);
    const std::string number = domain::make_public_number('C');
    std::string why;
    int status = 400;
    env.db.transaction([&] {
        why.clear();
        if (!lock_candidature(env.db, candidature.id)) return false;
        const Draft draft = find_draft(env.db, candidature.id);
        const auto read = domain::read_candidate_names(draft.names);
        if (draft.digest() != request.field("vu")) {
            why = k_changed, status = 409;
            return false;
        }
        if (const auto faults = faults_of_draft(*mine, draft, read); !faults.empty()) {
            why = faults[0], status = 400;
            return false;
        }
        const domain::Deposit deposit{candidature.scrutin_code,
                                      candidature.union_name,
                                      draft.list_name,
                                      read.names,
                                      draft_file(env.db, candidature.id, "profession"),
                                      draft_file(env.db, candidature.id, "logo"),
                                      domain::read_unions(draft.unions).unions};
        const std::string digest = domain::deposit_digest(deposit);
        const auto past = past_deposits(env.db, candidature.id);
        if (!past.empty() && past[0].digest == digest) return false;
        add_deposit(env.db, candidature.id, number, deposit, "membre n° " + std::to_string(mine->role->id), env.now);
        record(env, *mine->role, "deposit",
               "candidature n° " + std::to_string(candidature.id) + ", " + candidature.scrutin_code + " : dépôt " + number +
                   ", empreinte " + digest);
        for (const std::string& address : delegates_of(env.db, candidature.id))
            web::queue_email(env, {address,
                                   "candidature-deposee",
                                   {{"number", number},
                                    {"list", draft.list_name},
                                    {"union", candidature.union_name},
                                    {"scrutin", candidature.scrutin_code},
                                    {"at", domain::paris_full(env.now)},
                                    {"digest", digest}},
                                   std::nullopt,
                                   number + "|" + address});
        return true;
    });
    if (!why.empty()) return page_with_error(env, *mine, "candidats", why, status);
    return web::Response::redirect(mine->path());
}

}  // namespace bureau
