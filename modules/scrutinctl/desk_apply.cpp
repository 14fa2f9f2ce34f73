// SPDX-License-Identifier: AGPL-3.0-or-later
// desk apply: what two members of an académie's desk decided of the roll, made; what one asked for, written. The desk's own account has no right to
// a line of the roll, a code or a campaign: it only notes, and this carries out, with the checks of the office's own commands. Each change is one
// transaction with its line in the journal, so that a run that was killed leaves whole changes and the next goes on.
#include <algorithm>
#include <optional>
#include <set>

#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/desk_apply.hpp"
#include "scrutinctl/desk_inscriptions.hpp"
#include "scrutinctl/invite.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/roll.hpp"
#include "scrutinctl/roll_add.hpp"
#include "scrutinctl/store_codes.hpp"
#include "scrutinctl/store_desk_apply.hpp"
#include "scrutinctl/store_roll.hpp"
#include "util/json.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

// More in a day are read by an officer first: a run comes every five minutes. Once he has, it is fifty more.
constexpr std::uint64_t k_strikes_unseen = 50;
constexpr std::chrono::hours k_day{24};
constexpr std::chrono::hours k_spared{24 * 3};  // between two mails to the same person

// Of late electors: what they wait for, by their numbers alone (these words go to the system's journal).
void say_who_waits(const std::vector<store::RollChange>& late) {
    if (late.empty()) return;
    std::string numbers;
    for (const auto& change : late) numbers += (numbers.empty() ? "n° " : ", n° ") + std::to_string(change.id);
    say(counted(late.size(), "inscription approuvée attend", "inscriptions approuvées attendent") +
        " le fichier de l’administration (« desk apply --inscriptions FICHIER ») : " + numbers + ".");
}

bool is_strike(const store::RollChange& change) { return change.kind == "strike"; }

std::string address_in(Office& office, const store::RollChange& change) {
    if (change.kind != "add") return store::address_of(office.db(), change.voter);
    return domain::text_in(util::parse_json(change.detail).value_or(util::Json::object()), "email");
}

// A change as an officer reads it (« roll approved »).
std::string words_of_approved(Office& office, const store::RollChange& change) {
    return "n° " + std::to_string(change.id) + "  " + domain::label_of_roll_change(change.kind) + "  " +
           address_in(office, change) + "  proposée par " + change.proposed_by + ", approuvée par " + change.decided_by +
           "\n    motif : " + util::printable(change.reason, 300) +
           (change.kind == "add" ? words_of_late_elector(util::parse_json(change.detail).value_or(util::Json::object())) : "");
}

// The number of a reading of strikes: how many, and a digest of their words.
std::string reading_number(std::size_t count, std::string_view words) {
    return std::to_string(count) + "-" + util::sha256_hex(words).substr(0, 12);
}

// The strikes that an officer read, of those that wait; none if he gives no number. They come in the order of the decisions, so that what was approved since
// stands behind what he read. Refused: what he read is not what waits.
util::Result<std::set<unsigned>> strikes_read(Office& office, const std::optional<std::string>& reading) {
    std::set<unsigned> read;
    if (!reading) return read;
    std::string words;
    for (const auto& change : store::approved_at_desk(office.db())) {
        if (!is_strike(change)) continue;
        read.insert(change.id);
        words += words_of_approved(office, change) + "\n";
        if (reading_number(read.size(), words) == *reading) return read;
    }
    return refused("--radiations-relues " + util::printable(*reading, 40) + " : " +
                   (read.empty() ? "aucune radiation n’attend"
                                 : counted(read.size(), "radiation attend", "radiations attendent") +
                                       ", et ce ne sont pas celles de cette lecture") +
                   " ; rien n’est fait. « roll approved » liste ce qui attend, et donne le numéro à écrire ici après l’avoir lu");
}

util::Status apply_changes(Office& office, const std::set<unsigned>& read, const std::optional<Inscriptions>& inscriptions) {
    Applied applied;
    auto waiting = store::approved_at_desk(office.db());
    if (!waiting.empty() && store::unfinished_batch(office.db())) {
        const std::string why = "un lot de codes de vote est inachevé (« codes ») : " +
                                counted(waiting.size(), "changement approuvé attend", "changements approuvés attendent");
        if (inscriptions) return refused(why);
        say(util::capitalised(why) + ".");
        return util::Done{};
    }
    std::vector<store::RollChange> late;
    if (store::why_roll_is_sealed(office.db()).empty()) {
        const auto others =
            std::stable_partition(waiting.begin(), waiting.end(), [](const auto& one) { return one.kind != "add"; });
        late.assign(others, waiting.end());
        waiting.erase(others, waiting.end());
    }
    const auto is_unread_strike = [&](const store::RollChange& change) { return is_strike(change) && !read.contains(change.id); };
    const auto strikes = static_cast<std::uint64_t>(std::count_if(waiting.begin(), waiting.end(), is_unread_strike));
    const std::uint64_t made = store::count_unread_strikes(office.db(), office.clock().now() - k_day);
    // Those that came after a reading are for the next run, which counts them.
    const bool holds_strikes = strikes > 0 && (!read.empty() || strikes + made > k_strikes_unseen);
    for (const auto& change : waiting)
        if (!holds_strikes || !is_unread_strike(change))
            apply_change(office, change.id, applied, [&](const auto& one) {
                return one.kind == "add" ? store::why_roll_is_sealed(office.db()) : carry_out_change(office, one);
            });
    // Last: of a run that was stopped before, those that it made count, and what is left is read again.
    if (!read.empty()) record_alone(office, "roll", "radiations relues : " + std::to_string(read.size()));
    say("Changements de la liste décidés au bureau en ligne : " + counted(applied.made, "fait", "faits") + ", " +
        counted(applied.impossible, "impossible", "impossibles") + ".");
    util::Status inscribed = util::Done{};
    if (inscriptions) inscribed = apply_inscriptions(office, *inscriptions, late);
    else say_who_waits(late);
    if (holds_strikes && !read.empty())
        say(counted(strikes, "radiation approuvée depuis cette lecture attend",
                    "radiations approuvées depuis cette lecture attendent") +
            " le prochain passage.");
    else if (holds_strikes)
        return refused(
            counted(strikes, "radiation attend", "radiations attendent") + ", et " + counted(made, "est faite", "sont faites") +
            " depuis un jour ou la dernière relecture : plus que les " + std::to_string(k_strikes_unseen) +
            " qui se font en un jour sans relecture : lisez-les (« roll approved »), puis « desk apply --radiations-relues NUMERO », avec le numéro qu’elle donne");
    return inscribed;
}

void write_reminders(Office& office) {
    for (const auto& asked : store::asked_reminders(office.db())) {
        const util::Instant now = office.clock().now();
        const web::Election election = web::store::read_election(office.db());
        // Whoever was written to by this very reminder stays its own: its row keeps him from a second mail.
        const store::Campaign campaign{"desk-" + std::to_string(asked.id), "not-activated", asked.academie, now - k_spared};
        const std::string why = why_not_invited_now(campaign, election, now);
        if (why.empty()) run_campaign(office, campaign, election);
        const std::uint64_t written = store::count_invited(office.db(), campaign.name);
        office.db().transaction([&] {
            if (!store::end_reminder(office.db(), asked.id, why.empty() ? "done" : "impossible", written, why, now)) return false;
            record(office, "invite",
                   "relance n° " + std::to_string(asked.id) + ", académie « " + asked.academie + " », demandée par membre n° " +
                       std::to_string(asked.member) + " : " + (why.empty() ? counted(written, "personne", "personnes") : why));
            return true;
        });
        say("Relance n° " + std::to_string(asked.id) + ", " + asked.academie + " : " +
            (why.empty() ? counted(written, "personne", "personnes") : why) + ".");
    }
}

}  // namespace

void apply_change(Office& office, unsigned number, Applied& applied, const CarryOut& carry_out) {
    std::string why;
    bool ended = false;
    const auto work = [&](bool makes) {
        ended = false;
        if (makes) why.clear();
        const auto change = store::lock_change(office.db(), number);
        if (!change || change->state != "approved" || change->proposed_member == 0) return false;
        if (makes) {
            // Judged anew at this instant.
            why = carry_out(*change);
            if (!why.empty()) return false;  // whatever it wrote goes with the transaction
        }
        store::end_change(office.db(), number, makes ? "done" : "impossible", why, office.clock().now());
        record(office, "roll",
               domain::label_of_roll_change(change->kind) + (makes ? " faite" : " impossible") + ", n° " + std::to_string(number) +
                   ", proposée par " + change->proposed_by + ", approuvée par " + change->decided_by + (makes ? "" : " : " + why));
        ended = true;
        return true;
    };
    office.db().transaction([&] { return work(true); });
    if (!why.empty()) office.db().transaction([&] { return work(false); });
    if (ended) ++(why.empty() ? applied.made : applied.impossible);
}

util::Status desk_apply(Office& office, const Arguments& arguments) {
    std::optional<Inscriptions> inscriptions;
    if (arguments.has("--inscriptions")) {
        auto read = read_inscriptions(office, arguments);
        if (!read) return read.error();
        inscriptions = *std::move(read);
    }
    if (const std::string act = act_under_way(office); !act.empty()) {
        if (inscriptions) return refused("un acte du bureau est en cours (" + act + ") : relancez ensuite, rien n’est fait");
        say("Un acte du bureau est en cours (" + act + ") : ce que le bureau en ligne a décidé attend le prochain passage.");
        return util::Done{};
    }
    if (const util::Status taken = take_turn(office, "desk apply"); !taken) return taken;
    const auto read = strikes_read(office, arguments.get("--radiations-relues"));
    if (!read) return read.error();
    const util::Status changes = apply_changes(office, *read, inscriptions);
    write_reminders(office);
    return changes;
}

util::Status roll_approved(Office& office, const Arguments&) {
    const auto waiting = store::approved_at_desk(office.db());
    std::size_t strikes = 0;
    std::string words;
    for (const auto& change : waiting) {
        const std::string one = words_of_approved(office, change);
        say(one);
        if (is_strike(change)) ++strikes, words += one + "\n";
    }
    say(counted(waiting.size(), "changement approuvé au bureau en ligne attend",
                "changements approuvés au bureau en ligne attendent") +
        " d’être fait" + (waiting.size() > 1 ? "s" : "") + " (« desk apply »).");
    if (strikes > 0)
        say("Ces radiations lues, si « desk apply » les retient : « desk apply --radiations-relues " +
            reading_number(strikes, words) + " ». Celles qui seraient approuvées entre-temps n’en seront pas.");
    return util::Done{};
}

}  // namespace scrutinctl
