// SPDX-License-Identifier: AGPL-3.0-or-later
// Taking, sending, settling.
#include "courrier/sender.hpp"

#include <algorithm>
#include <thread>

#include "util/log.hpp"
#include "util/random.hpp"

namespace courrier {
namespace {

using std::chrono::seconds;

constexpr seconds k_first_delay{30}, k_longest_delay{3600};
constexpr seconds k_doubt_after{120};  // twice the longest conversation
constexpr int k_settle_tries = 10;

double chance() { return static_cast<double>(util::random_below(1u << 20)) / (1u << 20); }

// A sent message whose row does not say so would be in doubt for ever: it is worth waiting for the server a little.
template <typename Write>
void insist(const Write& write) {
    for (int left = k_settle_tries;; --left) {
        try {
            write();
            return;
        } catch (const db::Error&) {
            if (left <= 1) throw;
            std::this_thread::sleep_for(seconds(1));
        }
    }
}

}  // namespace

seconds retry_delay(unsigned attempts, double chance) {
    const unsigned doublings = std::min(attempts > 0 ? attempts - 1 : 0, 10u);
    const auto delay = std::min(k_first_delay * (1L << doublings), k_longest_delay);
    return seconds(static_cast<long>(static_cast<double>(delay.count()) * (0.75 + chance / 2)));
}

Sender::Sender(db::Connection& db, const util::Clock& clock, Transport& mail, Transport& sms)
    : db_(db), clock_(clock), mail_(mail), sms_(sms) {}

Outcome Sender::send(const Claimed& claimed) { return (claimed.is_sms ? sms_ : mail_).send(claimed.message, clock_.now()); }

void Sender::settle(const Claimed& claimed, const Outcome& outcome) {
    const std::string id = std::to_string(claimed.id);
    switch (outcome.delivery) {
        case Delivery::sent:
            insist([&] { mark_sent(db_, claimed.id, clock_.now()); });
            if (claimed.is_sms) insist([&] { note_sms(db_, claimed.id, SmsState::left, clock_.now()); });
            ++counts_.sent;
            return;
        case Delivery::in_doubt:
            insist([&] { note_doubt(db_, claimed.id, outcome.error); });
            ++counts_.in_doubt;
            util::log(util::Level::error, "message-in-doubt", {{"message", id}, {"why", outcome.error}});
            reported_.insert(claimed.id);
            return;
        case Delivery::deferred:
            if (claimed.attempts < k_most_attempts) {
                const auto next = clock_.now() + retry_delay(claimed.attempts, chance());
                insist([&] { mark_deferred(db_, claimed.id, next, outcome.error); });
                ++counts_.deferred;
                util::log(util::Level::warning, "message-deferred",
                          {{"message", id}, {"why", outcome.error}, {"until", util::to_iso(next)}});
                return;
            }
            break;
        case Delivery::refused: break;
    }
    insist([&] { mark_failed(db_, claimed.id, outcome.error); });
    if (claimed.is_sms) insist([&] { note_sms(db_, claimed.id, SmsState::refused, clock_.now()); });
    else insist([&] { note_return(db_, claimed.id, ReturnKind::refused, clock_.now()); });
    ++counts_.failed;
    util::log(util::Level::error, "message-failed", {{"message", id}, {"why", outcome.error}});
}

Sender::Round Sender::run(const std::function<bool()>& stopping) {
    Round round = Round::idle;
    for (const auto id : due_messages(db_, clock_.now(), k_batch)) {
        if (stopping()) break;
        const auto claimed = claim(db_, id, clock_.now());
        if (!claimed) continue;
        const Outcome outcome = send(*claimed);
        settle(*claimed, outcome);
        if (outcome.relay_down) return Round::relay_down;
        round = Round::worked;
    }
    return round;
}

void Sender::report_doubts() {
    for (const auto id : in_doubt(db_, clock_.now() - k_doubt_after)) {
        if (!reported_.insert(id).second) continue;
        ++counts_.in_doubt;
        util::log(util::Level::error, "message-in-doubt",
                  {{"message", std::to_string(id)}, {"why", "courrier stopped while sending it"}});
    }
}

}  // namespace courrier
