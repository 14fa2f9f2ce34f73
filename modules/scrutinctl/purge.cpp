// SPDX-License-Identifier: AGPL-3.0-or-later
// purge: takes away what has served. It touches no vote, no account and no act, and may be stopped anywhere and run again.
#include <chrono>
#include <thread>

#include "domain/candidature.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/store_purge.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using namespace std::chrono;

// The end of a connection is told to who comes back within the hour; the longest window of a limit is a day; assistance may be asked for a
// week whether a mail has left; a dead mailbox matters from the invitation to the vote.
constexpr hours k_sessions_kept{1}, k_counts_kept{48}, k_messages_kept{7 * 24}, k_returns_kept{60 * 24};
// A batch holds its rows for some milliseconds, and leaves the same to those who wait.
constexpr unsigned k_purge_batch = 500;
constexpr milliseconds k_purge_rest{5};
constexpr minutes k_longest_purge{5};

using Delete = std::uint64_t (*)(db::Connection&, util::Instant, unsigned);

class Purge {
public:
    Purge(db::Connection& db, util::Instant now) : db_(db), now_(now) {}

    std::uint64_t all(Delete delete_some, hours kept) {
        std::uint64_t all = 0;
        while (!is_late()) {
            const auto some = delete_some(db_, now_ - kept, k_purge_batch);
            all += some;
            if (some < k_purge_batch) break;
            std::this_thread::sleep_for(k_purge_rest);
        }
        return all;
    }
    bool is_late() const { return steady_clock::now() - started_ > k_longest_purge; }

private:
    db::Connection& db_;
    util::Instant now_;
    steady_clock::time_point started_ = steady_clock::now();
};

}  // namespace

util::Status purge(Office& office, const Arguments&) {
    if (const std::string act = act_under_way(office); !act.empty()) {
        say("Un acte du bureau est en cours (" + act + ") : la purge attend sa prochaine heure.");
        return util::Done{};
    }
    Purge work(office.db(), office.clock().now());
    const auto sessions = work.all(store::delete_sessions, k_sessions_kept);
    const auto counts = work.all(store::delete_counts, k_counts_kept);
    const auto messages =
        work.all(store::delete_sent_messages, k_messages_kept) + work.all(store::delete_failed_messages, k_messages_kept);
    work.all(store::delete_sms_states, k_messages_kept);
    work.all(store::delete_mail_returns, k_returns_kept);
    work.all(store::delete_temporary_codes, k_counts_kept);
    work.all(store::delete_draft_files, domain::k_drafts_kept);
    const auto drafts = work.all(store::delete_drafts, domain::k_drafts_kept);
    if (drafts > 0)
        say("Effacés aussi : " + counted(drafts, "brouillon de liste", "brouillons de listes") +
            " dont le dépôt est clos depuis un mois.");
    say("Effacés : " + counted(sessions, "connexion terminée", "connexions terminées") + ", " +
        counted(counts, "compteur", "compteurs") + ", " +
        counted(messages, "message parti ou abandonné", "messages partis ou abandonnés") + ".");
    if (work.is_late()) say("Il en reste : la prochaine exécution continue.");
    return util::Done{};
}

}  // namespace scrutinctl
