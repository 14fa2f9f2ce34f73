// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of the roll that members of an académie proposed: listed, shown, decided by another of them. Approved, a change waits for the office's tool, which
// judges it once more and makes it (scrutinctl desk apply), a late elector with the administration's file; the page says where it stands.
#include <algorithm>
#include <optional>

#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/roll_parts.hpp"
#include "bureau/store_late.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"

namespace bureau {

namespace {

constexpr unsigned k_changes_shown = 200;
constexpr int k_trigger_refused = 1644;  // ER_SIGNAL_EXCEPTION

// The line that a late elector is to have.
std::optional<DeskLine> late_line(const DeskChange& change) {
    const auto texts = domain::line_in(util::parse_json(change.detail).value_or(util::Json::object()));
    DeskLine line;
    line.civility = texts.civility, line.last_name = texts.last_name, line.first_name = texts.first_name;
    line.corps = texts.corps, line.affectation = texts.affectation, line.notice_place = texts.notice_place;
    line.email = texts.email, line.academie = change.academie;
    return line;
}

// Of a late elector, what the page says beside name, address and affectation; and where the rules would have him vote.
void put_late_line(util::Json& view, web::Env& env, const DeskChange& change) {
    util::Json facts = util::Json::array(), rights = util::Json::array();
    if (change.kind == "add") {
        auto texts = domain::line_in(util::parse_json(change.detail).value_or(util::Json::object()));
        texts.academie_code = change.academie;
        for (const domain::LineColumn& one : domain::k_line_columns)
            if (one.name == "personnel" || one.name == "corps" || one.name == "academie" || one.name == "departement" ||
                one.name == "lieu_notice")
                facts.push_back({{"label", util::capitalised(one.label)}, {"value", util::printable(texts.*one.text, 700)}});
        const auto election = rules_of_election(env.db);
        for (const auto& right : election.rules.of(texts).rights)
            rights.push_back({{"title", election.titles[right.scrutin]},
                              {"why", util::printable(election.rules.reason_of(right.rule, texts), 700)}});
    }
    view["facts"] = std::move(facts);
    view["has_rights"] = !rights.empty();
    view["rights"] = std::move(rights);
}

// A proposal of one of his académies, with the line as it stands; 404 as for none otherwise.
struct HeldChange {
    DeskChange change;
    DeskLine line;
    const Membership* by = nullptr;
};
util::Result<HeldChange> change_held_by(web::Env& env, const Desk& desk, std::string_view number) {
    const bool is_number =
        !number.empty() && number.size() <= 9 && number.find_first_not_of("0123456789") == std::string_view::npos;
    auto change = is_number ? find_change(env.db, static_cast<unsigned>(std::stoul(std::string(number)))) : std::nullopt;
    const Membership* by = change ? desk.role_for(domain::DeskRight::roll, change->academie) : nullptr;
    auto line = by == nullptr ? std::nullopt : change->kind == "add" ? late_line(*change) : find_line(env.db, change->voter);
    if (!line) return util::failure(util::Fault::not_found, "desk change");
    return HeldChange{*std::move(change), *std::move(line), by};
}

web::Response change_page(web::Env& env, const HeldChange& held, std::string_view typed, const web::FormErrors& errors,
                          int status) {
    const DeskChange& change = held.change;
    const auto detail = util::parse_json(change.detail).value_or(util::Json::object());
    const bool is_mine = change.proposer_email == env.session.voter_email;
    const bool waits = change.waits(env.now);
    const std::string why = waits ? why_no_longer(env, change, held.line) : std::string();
    util::Json rows = change.kind == "correct" ? corrected_rows(detail) : util::Json::array();
    util::Json view{{"title", "Changement n° " + std::to_string(change.id)},
                    {"back", back_link("/bureau/changements", "Changements de la liste")},
                    {"number", std::to_string(change.id)},
                    {"kind", util::capitalised(domain::label_of_roll_change(change.kind))},
                    {"state", util::capitalised(words_of_state(change, env.now))},
                    {"waits_for_office", change.state == "approved" && change.kind != "add"},
                    {"waits_for_file", change.state == "approved" && change.kind == "add"},
                    {"name", util::printable(held.line.civility + " " + held.line.first_name + " " + held.line.last_name, 200)},
                    {"email", held.line.email},
                    {"affectation", held.line.affectation},
                    {"proposed_by", change.proposed_by},
                    {"proposed_at", domain::paris_full(change.at)},
                    {"reason", util::printable(change.reason, 300)},
                    {"is_strike", change.kind == "strike"},
                    {"has_claim", change.request.has_value()},
                    {"claim", change.request.value_or("")},
                    {"has_rows", !rows.empty()},
                    {"rows", std::move(rows)},
                    {"waits", waits},
                    {"is_mine", is_mine},
                    {"is_alone", waits && is_mine && count_other_deciders(env.db, change.academie, env.session.voter_email) == 0},
                    {"has_why", !why.empty()},
                    {"why", why},
                    {"may_approve", waits && !is_mine && why.empty()},
                    {"seen", digest_of_reading(change, held.line)},
                    {"act", is_mine ? "Retirer ma proposition" : "Refuser"},
                    {"motif", web::field_view("motif", is_mine ? "Pourquoi vous la retirez" : "Pourquoi vous refusez", typed,
                                              errors, "Qui a proposé le lira.")}};
    put_late_line(view, env, change);
    errors.put_into(view);
    return web::Response::page("bureau/changement", std::move(view), status);
}

web::Response page_with_words(web::Env& env, const HeldChange& held, std::string_view typed, const char* field, std::string why,
                              int status) {
    web::FormErrors errors;
    errors.add(field, std::move(why));
    return change_page(env, held, typed, errors, status);
}

// Notes it with its line in the journal, in one transaction. False: somebody has decided meanwhile, or it is not his to decide any more.
bool decide(web::Env& env, const HeldChange& held, std::string_view state, const std::string& outcome) {
    try {
        return env.db.transaction([&] {
            if (!decide_proposal(env.db, held.change.id, state, held.by->id, outcome, env.now)) return false;
            record(env, *held.by, "roll",
                   domain::label_of_roll_change(held.change.kind) + (state == "approved" ? " approuvée" : " refusée") + ", n° " +
                       std::to_string(held.change.id) + ", proposée par " + held.change.proposed_by);
            return true;
        });
    } catch (const db::Error& error) {
        if (error.code() == k_trigger_refused) return false;
        throw;
    }
}

// What somebody finds whose decision came after another's: his own, sent twice, is done.
Answer decided_before(const web::Request& request, web::Env& env, const Desk& desk, std::string_view state) {
    const auto now = change_held_by(env, desk, request.param("numero"));
    if (!now) return now.error();
    if (now->change.state == state && now->change.decided_by == "membre n° " + std::to_string(now->by->id))
        return web::Response::redirect("/bureau/changements/" + std::to_string(now->change.id));
    if (now->change.waits(env.now))  // the trigger's word
        return page_with_words(
            env, *now, request.field("motif"), "etat",
            "Cette décision n’est plus permise : le rôle de qui a proposé, ou le vôtre, a pris fin. Rien n’est fait.", 409);
    return page_with_words(env, *now, request.field("motif"), "etat",
                           "Ce changement n’attend plus de décision, la vôtre n’est pas enregistrée. Il est ainsi : " +
                               words_of_state(now->change, env.now) + ".",
                           409);
}

}  // namespace

// 200; 404 to who manages no académie's roll.
Answer show_changements(const web::Request&, web::Env& env, const Desk& desk) {
    const auto academies = desk.places(domain::DeskRight::roll);
    if (academies.empty()) return util::failure(util::Fault::not_found, "desk changes");
    util::Json all = util::Json::array();
    for (const std::string& academie : academies) {
        const auto changes = changes_of_academie(env.db, academie, k_changes_shown);
        std::vector<DeskChange> waiting, others;
        for (const DeskChange& change : changes) (change.waits(env.now) ? waiting : others).push_back(change);
        all.push_back({{"code", academie},
                       {"has_waiting", !waiting.empty()},
                       {"waiting", change_rows(waiting, env.now)},
                       {"has_others", !others.empty()},
                       {"others", change_rows(others, env.now)}});
    }
    return web::Response::page("bureau/changements", {{"title", "Changements de la liste"},
                                                      {"back", back_link("/bureau", "Bureau en ligne")},
                                                      {"is_sealed", is_anything_sealed(env.db)},
                                                      {"most", std::to_string(k_changes_shown)},
                                                      {"academies", std::move(all)}});
}

// 200; 404 for a proposal that is not of his académies.
Answer show_changement(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto held = change_held_by(env, desk, request.param("numero"));
    if (!held) return held.error();
    return change_page(env, *held, {}, {}, 200);
}

// 303 to the proposal; 403 to who proposed it; 409 where it was decided, fell, changed since it was read, or cannot be done any more; 404 as above.
Answer approve_changement(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto held = change_held_by(env, desk, request.param("numero"));
    if (!held) return held.error();
    const auto words = [&](std::string why, int status) { return page_with_words(env, *held, {}, "etat", std::move(why), status); };
    if (!held->change.waits(env.now)) return decided_before(request, env, desk, "approved");
    if (held->change.proposer_email == env.session.voter_email)
        return words("Vous avez proposé ce changement : un autre gestionnaire de l’académie l’approuve, avec sa propre connexion.",
                     403);
    if (request.field("vu") != digest_of_reading(held->change, held->line))
        return words("Cette ligne a changé depuis que cette page est affichée. Relisez ce qui suit, puis décidez.", 409);
    if (std::string why = why_no_longer(env, held->change, held->line); !why.empty())
        return words(why + " La proposition reste écrite ; rien n’est fait.", 409);
    if (!decide(env, *held, "approved", {})) return decided_before(request, env, desk, "approved");
    return web::Response::redirect("/bureau/changements/" + std::to_string(held->change.id));
}

// 303 to the proposal; 400 without a reason; 409 where it was decided or fell; 404 as above. Who proposed takes it back so.
Answer refuse_changement(const web::Request& request, web::Env& env, const Desk& desk) {
    const auto held = change_held_by(env, desk, request.param("numero"));
    if (!held) return held.error();
    if (!held->change.waits(env.now)) return decided_before(request, env, desk, "refused");
    const std::string reason(util::trim(request.field("motif")));
    if (reason.empty() || !util::is_printable_line(reason, domain::k_change_reason_bytes))
        return page_with_words(env, *held, request.field("motif"), "motif",
                               reason.empty() ? "Écrivez pourquoi, en une ligne." : "Une ligne de 300 caractères au plus.", 400);
    if (!decide(env, *held, "refused", reason)) return decided_before(request, env, desk, "refused");
    return web::Response::redirect("/bureau/changements/" + std::to_string(held->change.id));
}

}  // namespace bureau
