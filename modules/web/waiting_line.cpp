// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/waiting_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <map>
#include <mutex>
#include <set>

#include "util/priority.hpp"
#include "util/random.hpp"

namespace web {

namespace {

// A set that knows how many stand before an element.
using Turns = __gnu_pbds::tree<WaitingLine::Ticket, __gnu_pbds::null_type, std::less<>, __gnu_pbds::rb_tree_tag,
                               __gnu_pbds::tree_order_statistics_node_update>;

constexpr std::chrono::seconds k_soonest{2}, k_latest{30};  // until who waits looks again
constexpr std::chrono::seconds k_patience{5};               // with who is late
constexpr std::chrono::minutes k_result_kept{2};            // for who has to click
constexpr unsigned k_seconds_counted = 10, k_seconds_to_tell = 3;

}  // namespace

struct WaitingLine::State {
    struct Waiting {
        std::shared_ptr<WaitingLine::Job> job;
        util::Instant due;  // looks again before then, or is gone
        bool is_done = false;
    };

    // Jobs of the last seconds during which somebody waited all the time.
    class Pace {
    public:
        explicit Pace(double first) : told_(first) {}

        void start(util::Instant now) {
            done_.fill(0);
            since_ = second_ = second_of(now);
        }
        void count(util::Instant now) {
            turn_to(now);
            ++done_[cell(second_)];
        }
        double a_second(util::Instant now) {
            turn_to(now);
            const std::int64_t counted = std::min<std::int64_t>(second_ - since_, k_seconds_counted);
            unsigned sum = 0;
            for (std::int64_t s = second_ - counted; s < second_; ++s) sum += done_[cell(s)];
            if (counted >= k_seconds_to_tell && sum > 0) told_ = static_cast<double>(sum) / static_cast<double>(counted);
            return told_;
        }

    private:
        static std::int64_t second_of(util::Instant now) {
            return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        }
        std::size_t cell(std::int64_t second) const { return static_cast<std::size_t>(second) % done_.size(); }
        void turn_to(util::Instant now) {
            const std::int64_t at = second_of(now);
            if (at - second_ > static_cast<std::int64_t>(done_.size())) start(now);
            while (second_ < at) done_[cell(++second_)] = 0;
        }

        std::array<unsigned, k_seconds_counted + 1> done_{};
        std::int64_t second_ = 0, since_ = 0;
        double told_;
    };

    explicit State(double jobs_per_second) : pace(jobs_per_second) {}

    util::CeilingMutex mutex;
    std::map<Ticket, Waiting> people;
    Turns turns;             // of those whose turn has not come
    std::set<Ticket> spent;  // one used again would stand before everybody
    Pace pace;
    std::uint64_t issued = 0;
    // The time is the requests': while people wait there are many.
    util::Instant now{}, swept{};

    void move_to(util::Instant instant) {
        now = std::max(now, instant);
        if (now - swept < std::chrono::seconds{1}) return;
        swept = now;
        const std::int64_t oldest = (now - k_ticket_lives).time_since_epoch().count();
        spent.erase(spent.begin(), spent.lower_bound({oldest, 0}));
        for (auto it = people.begin(); it != people.end();) {
            const auto one = it++;
            if (now > one->second.due) {
                turns.erase(one->first);
                people.erase(one);
            }
        }
    }
    Place place_of(const Ticket& ticket, Waiting& waiting) {
        Place place;
        if (waiting.is_done) {
            place.done = waiting.job;
            waiting.due = now + k_result_kept;
            return place;
        }
        place.ahead = turns.order_of_key(ticket);
        place.left = std::chrono::seconds(std::lround(static_cast<double>(place.ahead) / pace.a_second(now)));
        place.look_again = std::clamp(place.left / 2, k_soonest, k_latest);
        waiting.due = now + place.look_again + k_patience;
        return place;
    }
    // Unless its person went, or typed again, meanwhile.
    void finish(const Ticket& ticket, const std::shared_ptr<Job>& job) {
        const std::lock_guard lock(mutex);
        pace.count(now);
        const auto found = people.find(ticket);
        if (found == people.end() || found->second.job != job) return;
        found->second.is_done = true;
        found->second.due = now + k_latest + k_result_kept;
    }
};

WaitingLine::WaitingLine(double jobs_per_second) : state_(std::make_shared<State>(jobs_per_second)) {}
WaitingLine::~WaitingLine() = default;

WaitingLine::Ticket WaitingLine::issue(util::Instant now) {
    std::uint64_t drawn = 0;
    for (const char c : util::random_bytes(3)) drawn = drawn << 8 | static_cast<unsigned char>(c);
    const std::lock_guard lock(state_->mutex);
    return {now.time_since_epoch().count(), ++state_->issued << 24 | drawn};
}

std::optional<WaitingLine::Place> WaitingLine::join(const Ticket& ticket, std::shared_ptr<Job> job, util::Instant now) {
    const std::lock_guard lock(state_->mutex);
    state_->move_to(now);
    if (state_->turns.size() >= k_most) return std::nullopt;
    if (state_->turns.empty()) state_->pace.start(now);
    State::Waiting& waiting = state_->people[ticket];
    waiting = {std::move(job), now, false};
    state_->turns.insert(ticket);
    return state_->place_of(ticket, waiting);
}

std::optional<WaitingLine::Place> WaitingLine::look(const Ticket& ticket, util::Instant now) {
    const std::lock_guard lock(state_->mutex);
    state_->move_to(now);
    const auto found = state_->people.find(ticket);
    if (found == state_->people.end()) return std::nullopt;
    return state_->place_of(ticket, found->second);
}

bool WaitingLine::is_empty(util::Instant now) {
    const std::lock_guard lock(state_->mutex);
    state_->move_to(now);
    return state_->turns.empty();
}

bool WaitingLine::is_spent(const Ticket& ticket) const {
    const std::lock_guard lock(state_->mutex);
    return state_->spent.contains(ticket);
}

void WaitingLine::spend(const Ticket& ticket) {
    const std::lock_guard lock(state_->mutex);
    state_->spent.insert(ticket);
    state_->turns.erase(ticket);
    state_->people.erase(ticket);
}

std::function<void()> WaitingLine::take() {
    const std::lock_guard lock(state_->mutex);
    while (!state_->turns.empty()) {
        const Ticket next = *state_->turns.begin();
        state_->turns.erase(state_->turns.begin());
        const auto found = state_->people.find(next);
        if (found == state_->people.end()) continue;
        if (state_->now > found->second.due) {
            state_->people.erase(found);
            continue;
        }
        return [state = state_, next, job = found->second.job] {
            job->run();
            state->finish(next, job);
        };
    }
    return {};
}

}  // namespace web
