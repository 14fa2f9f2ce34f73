// SPDX-License-Identifier: AGPL-3.0-or-later
// sessions, sessions end: how many are connected, and the end of one person's connections or of all. It touches no password, no vote and
// no mailed link: whoever was put out may sign in again.
#include "cli/passphrase.hpp"
#include "domain/identity.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/store_sessions.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr unsigned k_sessions_batch = 500;  // some milliseconds: nobody who is signing in again waits for it

std::string words_of(const store::SessionCounts& counts) {
    return counted(counts.members, "personne connectée", "personnes connectées") + ", " +
           counted(counts.visitors, "visiteur dans un formulaire", "visiteurs dans un formulaire");
}

std::string ended(std::uint64_t count) { return counted(count, "connexion terminée", "connexions terminées"); }

util::Status end_one(Office& office, const std::string& typed) {
    const auto address = domain::normalise_address(typed);
    const auto voter = address ? store::find_voter(office.db(), *address) : std::nullopt;
    if (!voter) return bad_input("--elector : aucun électeur n’a cette adresse");
    std::uint64_t count = 0;
    office.db().transaction([&] {
        count = store::end_sessions_of(office.db(), *voter);
        record(office, "sessions", "d’une personne : " + ended(count));  // the journal names no elector
        return true;
    });
    say(count == 0 ? "Cette personne n’était pas connectée." : "Fait : " + ended(count) + ".");
    return util::Done{};
}

util::Status end_all(Office& office, bool sure) {
    const auto now = office.clock().now();
    const auto counts = store::count_sessions(office.db(), now);
    say("Seront déconnectés : " + words_of(counts) + ". Qui vote sans avoir encore validé devra recommencer.");
    if (!sure) {
        const auto answer =
            ask_line("Tapez oui : ", "donnez --yes pour déconnecter tout le monde sans question : il n’y a pas de clavier");
        if (!answer) return answer.error();
        if (*answer != "oui") return refused("personne n’est déconnecté");
    }
    // Written first: an act that was stopped in the middle has its line too.
    record_alone(office, "sessions", "de tous : " + words_of(counts));
    std::uint64_t all = 0;
    for (std::uint64_t some = k_sessions_batch; some == k_sessions_batch; all += some)
        some = store::end_sessions(office.db(), now, k_sessions_batch);
    say("Fait : " + ended(all) + ".");
    return util::Done{};
}

}  // namespace

util::Status sessions(Office& office, const Arguments&) {
    say(words_of(store::count_sessions(office.db(), office.clock().now())) + ".");
    return util::Done{};
}

util::Status sessions_end(Office& office, const Arguments& arguments) {
    const auto elector = arguments.get("--elector");
    if (elector.has_value() == arguments.has("--all")) return bad_input("--elector ADRESSE ou --all, l’un des deux");
    return elector ? end_one(office, *elector) : end_all(office, arguments.has("--yes"));
}

}  // namespace scrutinctl
