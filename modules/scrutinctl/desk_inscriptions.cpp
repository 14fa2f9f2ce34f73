// SPDX-License-Identifier: AGPL-3.0-or-later
// desk apply --inscriptions: the lines of late electors whom the desk approved. Two members approved a line without NUMEN and date of birth, an officer brings
// the administration's: whoever alters one of the two files or tables makes them differ, and then nobody is added.
#include "scrutinctl/desk_inscriptions.hpp"

#include <algorithm>

#include "domain/identity.hpp"
#include "scrutinctl/desk_apply.hpp"
#include "scrutinctl/roll_add.hpp"
#include "scrutinctl/store_roll_add.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr const char* k_known_person =
    "le même NUMEN avec la même date de naissance est déjà celui d’un électeur : il est à corriger, ou à réinscrire s’il est radié";

util::Json detail_in(const store::RollChange& change) { return util::parse_json(change.detail).value_or(util::Json::object()); }

std::string place_of(const Inscriptions& read, const Elector& elector, std::string_view column) {
    return read.file + ", ligne " + std::to_string(elector.line) + ", colonne " + std::string(column) + " : ";
}

// By his address; of two académies that both approved him, the one that the file names.
std::vector<store::RollChange>::const_iterator proposal_of(const std::vector<store::RollChange>& approved, const Elector& elector) {
    const auto is_his = [&](const store::RollChange& one) { return domain::text_in(detail_in(one), "email") == elector.email; };
    const auto there = std::find_if(approved.begin(), approved.end(), [&](const store::RollChange& one) {
        return one.academie == elector.academie_code && is_his(one);
    });
    return there != approved.end() ? there : std::find_if(approved.begin(), approved.end(), is_his);
}

// What the file says otherwise than the two members approved; a line for each column.
std::string differences(const Inscriptions& read, const Elector& elector, const store::RollChange& change) {
    const util::Json detail = detail_in(change);
    std::string words;
    for (const domain::LineColumn& one : domain::k_line_columns) {
        // The proposal's own académie is the one that its two members answer for, whatever its text says.
        const std::string approved = one.name == "academie" ? change.academie : domain::text_in(detail, one.key);
        if (elector.*one.text != approved)
            words += "\n  " + place_of(read, elector, one.name) + "« " + util::printable(elector.*one.text, 160) + " », mais « " +
                     util::printable(approved, 160) + " » est approuvé (n° " + std::to_string(change.id) + ")";
    }
    return words;
}

// Of a line that no approved proposal waits for, or not any more. Empty: he is on the roll, as a second run finds.
std::string why_not_made(Office& office, const Inscriptions& read, const Elector& elector) {
    const auto last = store::newest_late_of_desk(office.db(), elector.email);
    if (last && last->state == "done") return {};
    std::string words = "\n  " + place_of(read, elector, "courriel");
    if (!last) return words + "le bureau en ligne n’a approuvé personne de cette adresse";
    words += "l’inscription n° " + std::to_string(last->id);
    if (last->state == "proposed") return words + " n’est pas approuvée";
    return words + (last->state == "refused" ? " est refusée" : " n’a pas pu être faite") +
           (last->outcome.empty() ? "" : " : " + util::printable(last->outcome, 300));
}

}  // namespace

util::Result<Inscriptions> read_inscriptions(Office& office, const Arguments& arguments) {
    Inscriptions read;
    const std::filesystem::path path = arguments.get("--inscriptions").value_or("");
    read.election = store::election_of_electors(office.db());
    auto lines = read_late_electors({path, arguments.get("--encoding").value_or("")}, read.election);
    if (!lines) return lines.error();
    read.lines = *std::move(lines);
    read.file = path.filename().string();
    return read;
}

util::Status apply_inscriptions(Office& office, const Inscriptions& read, const std::vector<store::RollChange>& approved) {
    Applied applied;
    std::uint64_t before = 0, waiting = approved.size();
    std::string left;
    std::size_t lines_left = 0;
    for (const Elector& elector : read.lines) {
        const auto change = proposal_of(approved, elector);
        const std::string why =
            change == approved.end() ? why_not_made(office, read, elector) : differences(read, elector, *change);
        if (!why.empty()) {
            left += why, ++lines_left;
            continue;
        }
        if (change == approved.end()) {
            ++before;
            continue;
        }
        const std::string check = domain::identity_check(office.secret("numen_pepper").view(), elector.numen, elector.birth_date);
        const util::Json rights = rights_by_rules(read.election, elector);
        apply_change(office, change->id, applied, [&](const store::RollChange& one) -> std::string {
            if (std::string why_not = why_not_added(office.db(), detail_in(one)); !why_not.empty()) return why_not;
            if (!store::note_identity_check(office.db(), one.id, check)) return k_known_person;
            write_late_elector(office, one.id, elector, rights);
            return {};
        });
        if (const std::string not_made = why_not_made(office, read, elector); !not_made.empty()) left += not_made, ++lines_left;
        --waiting;
    }
    say("Inscriptions : " + counted(applied.made, "faite", "faites") + ", " +
        counted(applied.impossible, "impossible", "impossibles") +
        (before > 0 ? ", " + counted(before, "faite auparavant", "faites auparavant") : "") + ". " +
        counted(waiting, "inscription approuvée attend", "inscriptions approuvées attendent") +
        " encore le fichier. Détruisez celui-ci : il porte des NUMEN.");
    if (left.empty()) return util::Done{};
    return refused(counted(lines_left, "ligne du fichier est laissée", "lignes du fichier sont laissées") +
                   ", les autres sont faites :" + left);
}

}  // namespace scrutinctl
