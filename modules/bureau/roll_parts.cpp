// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/roll_parts.hpp"

#include "domain/local_time.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace bureau {

namespace {

constexpr std::array<ChangeWords, 4> k_changes{
    {{"correct", "correction", "Proposer une correction", "Proposer la correction", "Motif",
      "Pour celui qui décide et pour le bureau des élections : d’où vient la correction."},
     {"strike", "radiation", "Proposer une radiation", "Proposer la radiation", "Raison", "La personne la lira telle quelle."},
     {"reinstate", "reinscription", "Proposer une réinscription", "Proposer la réinscription", "Motif",
      "Pour celui qui décide et pour le bureau des élections."},
     {"reopen", "reassort", "Proposer de rouvrir le réassort", "Proposer la réouverture", "Motif",
      "Pour celui qui décide : comment cette personne s’est fait reconnaître."}}};

util::Json before_in(const util::Json& detail) {
    return detail.is_object() ? detail.value("before", util::Json(util::Json::object())) : util::Json(util::Json::object());
}

}  // namespace

util::Json civility_field(const std::string& value, const web::FormErrors& errors) {
    util::Json field = web::field_view("civilite", "Civilité", value, errors);
    field["is_optional"] = true;
    field["options"] = util::Json::array();
    bool is_known = value.empty();
    for (const char* one : {"Mme", "M."}) {
        field["options"].push_back({{"value", one}, {"label", one}, {"selected", value == one}});
        is_known = is_known || value == one;
    }
    if (!is_known) field["options"].push_back({{"value", value}, {"label", value}, {"selected", true}});
    return field;
}

const ChangeWords* words_of_change(std::string_view kind) {
    for (const ChangeWords& one : k_changes)
        if (one.kind == kind) return &one;
    return nullptr;
}

const ChangeWords* words_of_change_at(std::string_view path) {
    for (const ChangeWords& one : k_changes)
        if (one.path == path) return &one;
    return nullptr;
}

std::string path_of_line(const web::Env& env, const LineNames& names, domain::VoterId voter) {
    return "/bureau/electeurs/" + names.name_of(env.session.voter_email, voter);
}

util::Result<HeldLine> held_line(web::Env& env, const Desk& desk, const LineNames& names, std::string_view name) {
    const auto voter = names.voter_of(env.session.voter_email, name);
    auto line = voter ? find_line(env.db, *voter) : std::nullopt;
    const Membership* by = line ? desk.role_for(domain::DeskRight::roll, line->academie) : nullptr;
    if (by == nullptr) return util::failure(util::Fault::not_found, "desk line");
    return HeldLine{*std::move(line), by, path_of_line(env, names, *voter)};
}

std::string words_of_state(const DeskChange& change, util::Instant now) {
    // An officer decides too, under his name.
    const std::string by = (change.decided_by.starts_with("membre n°") ? "le " : "") + change.decided_by;
    if (change.state == "approved" && change.kind == "add")
        return "approuvée par " + by + " : attend le fichier de l’administration";
    if (change.state == "approved") return "approuvée par " + by + ", pas encore faite";
    if (change.state == "done") return "faite " + domain::paris_full(change.ended_at.value_or(change.at)) + ", approuvée par " + by;
    if (change.state == "refused") return "refusée par " + by + (change.outcome.empty() ? "" : " : " + change.outcome);
    if (change.state == "impossible") return "approuvée par " + by + ", mais n’a pas pu être faite : " + change.outcome;
    if (change.waits(now)) return "attend la décision d’un autre gestionnaire jusqu’au " + domain::paris_full(change.expires_at);
    return "périmée : personne n’a décidé avant le " + domain::paris_full(change.expires_at);
}

util::Json change_rows(const std::vector<DeskChange>& changes, util::Instant now) {
    util::Json rows = util::Json::array();
    for (const DeskChange& change : changes)
        rows.push_back({{"number", std::to_string(change.id)},
                        {"kind", util::capitalised(domain::label_of_roll_change(change.kind))},
                        {"state", words_of_state(change, now)},
                        {"name", util::printable(change.first_name + " " + change.last_name, 200)},
                        {"proposed_by", change.proposed_by},
                        {"proposed_at", domain::paris_full(change.at)}});
    return rows;
}

util::Json corrected_rows(const util::Json& detail) {
    util::Json rows = util::Json::array();
    const auto before = before_in(detail);
    for (const auto& one : domain::k_correctable)
        if (detail.contains(one.key))
            rows.push_back({{"label", util::capitalised(one.label)},
                            {"before", util::printable(domain::text_in(before, one.key), 200)},
                            {"after", util::printable(domain::text_in(detail, one.key), 200)}});
    return rows;
}

std::string why_no_change(web::Env& env, std::string_view kind, const DeskLine& line) {
    if (kind == "reopen") {
        if (env.now >= env.calendar.at(domain::CalendarEvent::vote_closes))
            return "Le vote est clos : plus aucun code n’est réémis.";
        return has_stopped_reassort(env.db, line.voter) ? "" : "Cette personne n’a pas arrêté ses demandes de nouveau code.";
    }
    if (is_anything_sealed(env.db)) return "L’élection est scellée : la liste électorale ne change plus.";
    if (kind == "strike" && line.struck_off_at) return "Cette personne est déjà radiée.";
    if (kind == "reinstate" && !line.struck_off_at) return "Cette personne n’est pas radiée.";
    return {};
}

std::string why_no_inscription(web::Env& env, std::string_view academie, std::string_view address) {
    if (is_anything_sealed(env.db)) return "L’élection est scellée : plus personne n’est inscrit.";
    const auto line = address.empty() ? std::nullopt : line_by_address(env.db, academie, address);
    if (!line) return {};
    return line->struck_off_at ? "Cette adresse est celle d’une personne radiée de l’académie : proposez sa réinscription."
                               : "Cette adresse est déjà celle d’un électeur de l’académie.";
}

std::string why_no_longer(web::Env& env, const DeskChange& change, const DeskLine& line) {
    if (change.kind == "add") return why_no_inscription(env, change.academie, line.email);
    if (std::string why = why_no_change(env, change.kind, line); !why.empty()) return why;
    const auto before = before_in(util::parse_json(change.detail).value_or(util::Json::object()));
    for (const auto& one : domain::k_correctable)
        if (before.contains(one.key) && domain::text_in(before, one.key) != line.*one.text)
            return "La ligne a changé depuis la proposition (" + std::string(one.label) + ") : refusez-la et proposez de nouveau.";
    return {};
}

std::string digest_of_reading(const DeskChange& change, const DeskLine& line) {
    std::string text = std::to_string(change.id) + '\n' + change.kind + '\n' + change.detail + '\n' + change.reason + '\n' +
                       (line.struck_off_at ? "radiée" : "inscrite");
    for (const auto& one : domain::k_correctable) text += '\n' + line.*one.text;
    return util::sha256_hex(text);
}

}  // namespace bureau
