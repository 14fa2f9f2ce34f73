// SPDX-License-Identifier: AGPL-3.0-or-later
// A change of a line, proposed: kept with what stood there, for another member of the académie to decide. Nothing of the line changes here.
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/roll_parts.hpp"
#include "domain/local_time.hpp"
#include "util/bytes.hpp"
#include "web/form.hpp"
#include "web/throttle.hpp"

namespace bureau {

namespace {

using Typed = std::function<std::string(const domain::Correctable&)>;  // what a field of the form shows

web::Response proposal_page(const HeldLine& held, const ChangeWords& words, std::string_view claim, const Typed& typed,
                            std::string_view reason, const web::FormErrors& errors, int status) {
    util::Json fields = util::Json::array();
    const bool corrects = words.kind == "correct";
    util::Json civility = civility_field("", {});
    if (corrects)
        for (const auto& one : domain::k_correctable) {
            if (one.field == "civilite") civility = civility_field(typed(one), errors);
            else fields.push_back(web::field_view(one.field, util::capitalised(one.label), typed(one), errors));
        }
    util::Json view{{"title", words.title},
                    {"back", back_link(held.path + (claim.empty() ? "" : "?demande=" + std::string(claim)), "Ligne de l’électeur")},
                    {"path", held.path + "/" + std::string(words.path)},
                    {"act", words.act},
                    {"name", util::printable(held.line.civility + " " + held.line.first_name + " " + held.line.last_name, 200)},
                    {"affectation", held.line.affectation},
                    {"academie", held.line.academie},
                    {"has_claim", !claim.empty()},
                    {"claim", claim},
                    {"corrects", corrects},
                    {"civilite", std::move(civility)},
                    {"fields", std::move(fields)},
                    {"days", std::to_string(domain::k_desk_proposal_lives.count() / 24)},
                    {"motif", web::field_view("motif", words.reason, reason, errors, words.reason_hint)}};
    errors.put_into(view);
    return web::Response::page("bureau/proposition", std::move(view), status);
}

struct Asked {
    HeldLine held;
    const ChangeWords* words = nullptr;
    std::string_view claim;
};
util::Result<Asked> asked_of(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    auto held = held_line(env, desk, names, request.param("ligne"));
    if (!held) return held.error();
    const ChangeWords* words = words_of_change_at(request.param("quoi"));
    const std::string_view claim = request.field("demande");
    if (words == nullptr || (!claim.empty() && elector_of_claim(env.db, claim) != held->line.voter))
        return util::failure(util::Fault::not_found, "desk proposal");
    return Asked{*std::move(held), words, claim};
}

// Of a correction: the new texts, with those that they replace.
util::Json detail_of_correction(const web::Request& request, const DeskLine& line, web::FormErrors& errors) {
    util::Json detail = util::Json::object(), before = util::Json::object();
    for (const auto& one : domain::k_correctable) {
        const std::string value(util::trim(request.field(one.field)));
        if (!domain::may_be_corrected_to(one, value))
            errors.add(std::string(one.field), util::capitalised(one.label) + " : une ligne de " + std::to_string(one.most) +
                                                   " caractères au plus est attendue.");
        if (value == line.*one.text) continue;
        detail[std::string(one.key)] = value;
        before[std::string(one.key)] = line.*one.text;
    }
    if (errors.empty() && detail.empty()) errors.add("nom", "Rien n’est différent de la ligne : corrigez au moins un champ.");
    detail["before"] = std::move(before);
    return detail;
}

}  // namespace

// 200; 409 where it cannot be done now; 404 for a line that is not of his académies, or a change that the desk does not propose.
Answer show_proposition(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto asked = asked_of(request, env, desk, names);
    if (!asked) return asked.error();
    const DeskLine& line = asked->held.line;
    web::FormErrors errors;
    if (std::string why = why_no_change(env, asked->words->kind, line); !why.empty()) errors.add("motif", std::move(why));
    return proposal_page(
        asked->held, *asked->words, asked->claim, [&](const domain::Correctable& one) { return line.*one.text; }, {}, errors,
        errors.empty() ? 200 : 409);
}

// 303 to the proposal, the same one for a form sent twice; 400 for what a line cannot hold; 409 where it cannot be done now or one waits already; 404 as
// above; 429 past a hundred in an hour.
Answer propose_change(const web::Request& request, web::Env& env, const Desk& desk, const LineNames& names) {
    const auto asked = asked_of(request, env, desk, names);
    if (!asked) return asked.error();
    const HeldLine& held = asked->held;
    const ChangeWords& words = *asked->words;
    const std::string reason(util::trim(request.field("motif")));
    web::FormErrors errors;
    const util::Json detail =
        words.kind == "correct" ? detail_of_correction(request, held.line, errors) : util::Json(util::Json::object());
    if (reason.empty()) errors.add("motif", "Écrivez pourquoi, en une ligne.");
    else if (!util::is_printable_line(reason, domain::k_change_reason_bytes))
        errors.add("motif", "Une ligne de 300 caractères au plus.");
    const auto page = [&](int status) {
        return proposal_page(
            held, words, asked->claim, [&](const domain::Correctable& one) { return std::string(request.field(one.field)); },
            request.field("motif"), errors, status);
    };
    const RollProposal proposal{held.line.voter,
                                std::string(words.kind),
                                detail.dump(),
                                reason,
                                held.by->id,
                                asked->claim.empty() ? std::nullopt : std::optional(std::string(asked->claim)),
                                util::sha256_hex("desk-change|" + std::to_string(held.by->id) + "|" + env.form_key),
                                env.now,
                                env.now + domain::k_desk_proposal_lives};
    const auto before = proposal_of_form(env.db, proposal.form_hash);
    if (before) return web::Response::redirect("/bureau/changements/" + std::to_string(*before));
    if (!errors.empty()) return page(400);
    if (!web::throttle_allows(env, "desk-change", std::to_string(env.session.voter->value), k_proposals_allowed,
                              k_proposals_window))
        return util::failure(util::Fault::throttled, "desk change");
    std::string why;
    unsigned number = 0;
    env.db.transaction([&] {
        why.clear();
        const auto line = lock_line(env.db, held.line.voter);
        if (!line) return false;
        if (const auto sent = proposal_of_form(env.db, proposal.form_hash)) {
            number = *sent;
            return false;
        }
        if (why = why_no_change(env, words.kind, *line); !why.empty()) return false;
        if (const auto waiting = waiting_change_of(env.db, line->voter, words.kind, env.now)) {
            why = "Un changement de cette sorte attend déjà pour cette personne, sous le n° " + std::to_string(*waiting) + ".";
            return false;
        }
        number = add_proposal(env.db, proposal);
        record(env, *held.by, "roll", domain::label_of_roll_change(words.kind) + " proposée, n° " + std::to_string(number));
        return true;
    });
    if (number != 0) return web::Response::redirect("/bureau/changements/" + std::to_string(number));
    errors.add("motif", why.empty() ? "Cette personne n’est plus dans la liste." : why);
    return page(409);
}

}  // namespace bureau
