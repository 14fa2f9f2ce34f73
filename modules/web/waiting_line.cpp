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

#include "util/random.hpp"

namespace web {

namespace {

// A tree that knows how many stand before an element; until when each is expected.
using Places = __gnu_pbds::tree<WaitingLine::Ticket, util::Instant, std::less<>, __gnu_pbds::rb_tree_tag,
                                __gnu_pbds::tree_order_statistics_node_update>;

constexpr std::chrono::seconds k_soonest{3}, k_latest{30};  // until who waits looks again
constexpr std::chrono::seconds k_patience{5};               // with who is late
constexpr std::chrono::seconds k_unlucky_after{8};          // the room that comes free is his then
constexpr double k_seconds_of_entry = 1.5;                  // how far the order may slip among those who were called
constexpr unsigned k_seconds_counted = 10;

}  // namespace

struct WaitingLine::State {
    std::mutex mutex;
    Places places;
    // Who was called, came, and found no room, since when. After a while the room that comes free is theirs: by chance alone somebody could
    // come at the wrong moment for ever.
    std::map<WaitingLine::Ticket, util::Instant> unlucky;
    std::set<WaitingLine::Ticket> spent;  // one used again would stand before everybody
    double first_rate = 1;
    std::uint64_t issued = 0;
    util::Instant swept{};
    // Entries of the last seconds, each in the cell of its second.
    std::array<unsigned, k_seconds_counted + 1> entries{};
    std::int64_t second = 0, counting_since = 0;

    void turn_to(util::Instant now) {
        const std::int64_t at = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        if (at - second > static_cast<std::int64_t>(entries.size())) {
            entries.fill(0);
            second = counting_since = at;
        }
        while (second < at) entries[static_cast<std::size_t>(++second) % entries.size()] = 0;
    }
    // Entries per second over the last whole seconds; what was expected, while there are none yet.
    double rate(util::Instant now) {
        turn_to(now);
        const std::int64_t counted = std::min<std::int64_t>(second - counting_since, k_seconds_counted);
        unsigned sum = 0;
        for (std::int64_t s = second - counted; s < second; ++s) sum += entries[static_cast<std::size_t>(s) % entries.size()];
        return counted < 3 || sum == 0 ? first_rate : static_cast<double>(sum) / static_cast<double>(counted);
    }
    void sweep(util::Instant now) {
        if (now - swept < std::chrono::seconds{1}) return;
        swept = now;
        const std::int64_t oldest = (now - WaitingLine::k_ticket_lives).time_since_epoch().count();
        spent.erase(spent.begin(), spent.lower_bound({oldest, 0}));
        for (auto it = places.begin(); it != places.end();)
            if (now > it->second) {
                unlucky.erase(it->first);
                it = places.erase(it);
            } else {
                ++it;
            }
    }
};

WaitingLine::WaitingLine(double entries_per_second) : state_(std::make_unique<State>()) { state_->first_rate = entries_per_second; }
WaitingLine::~WaitingLine() = default;

WaitingLine::Ticket WaitingLine::issue(util::Instant now) {
    std::uint64_t drawn = 0;
    for (const char c : util::random_bytes(3)) drawn = drawn << 8 | static_cast<unsigned char>(c);
    const std::lock_guard lock(state_->mutex);
    return {now.time_since_epoch().count(), ++state_->issued << 24 | drawn};
}

WaitingLine::Place WaitingLine::ask(const Ticket& ticket, util::Instant now, unsigned room) {
    const std::lock_guard lock(state_->mutex);
    state_->sweep(now);
    util::Instant& due = state_->places[ticket];
    // A door that few found lately is not a slow one.
    const double rate = std::max(state_->rate(now), state_->first_rate / 4);
    Place place;
    place.ahead = state_->places.order_of_key(ticket);
    // Called ahead of time: it takes them until they look again to know.
    const double called = room + rate * static_cast<double>(k_soonest.count()), ahead = static_cast<double>(place.ahead);
    place.is_called = ahead < called;
    const auto mine = state_->unlucky.lower_bound(ticket);
    const auto before =
        std::count_if(state_->unlucky.begin(), mine, [&](const auto& one) { return now - one.second >= k_unlucky_after; });
    place.may_enter = static_cast<std::ptrdiff_t>(room) > before && ahead < room + rate * k_seconds_of_entry;
    if (place.is_called && !place.may_enter) state_->unlucky.try_emplace(ticket, now);
    const double left = std::max(0.0, ahead - called) / rate;
    place.left = std::chrono::seconds(std::lround(left));
    place.look_again = place.is_called ? k_soonest : std::clamp(place.left / 2, k_soonest, k_latest);
    due = now + place.look_again + k_patience;
    return place;
}

bool WaitingLine::is_clear(util::Instant now, unsigned room) {
    const std::lock_guard lock(state_->mutex);
    state_->sweep(now);
    return state_->places.size() < room;
}

bool WaitingLine::is_spent(const Ticket& ticket) const {
    const std::lock_guard lock(state_->mutex);
    return state_->spent.contains(ticket);
}

void WaitingLine::spend(const Ticket& ticket) {
    const std::lock_guard lock(state_->mutex);
    state_->spent.insert(ticket);
    state_->places.erase(ticket);
    state_->unlucky.erase(ticket);
}

void WaitingLine::count_entry(util::Instant now) {
    const std::lock_guard lock(state_->mutex);
    state_->turn_to(now);
    ++state_->entries[static_cast<std::size_t>(state_->second) % state_->entries.size()];
}

}  // namespace web
