// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/spray_watch.hpp"

#include <cstring>
#include <mutex>
#include <utility>

#include "util/bytes.hpp"

namespace account {

namespace {

std::uint64_t short_name(std::string_view address) {
    std::uint64_t name = 0;
    std::memcpy(&name, util::sha256(address).data(), sizeof name);
    return name;
}

}  // namespace

void SprayWatch::turn(util::Instant now) {
    const std::int64_t period = now.time_since_epoch() / k_window;
    if (period == period_) return;
    before_ = period == period_ + 1 ? std::move(current_) : Window{};
    current_ = {};
    period_ = period;
}

bool SprayWatch::note(std::string_view network, std::string_view address, bool right, unsigned scale, util::Instant now) {
    const std::lock_guard lock(mutex_);
    turn(now);
    const auto add = [&](Count& count, unsigned limit) {
        if (right) ++count.right;
        else if (count.wrong.size() < std::size_t{limit} * k_told_apart) count.wrong.insert(short_name(address));
        const bool sprays = count.wrong.size() >= limit && count.wrong.size() >= std::size_t{count.right} * k_times;
        return sprays && !std::exchange(count.is_spray, true);
    };
    bool told = add(current_.all, k_of_all);
    auto& networks = current_.networks;
    const auto found = networks.find(std::string(network));
    if (found == networks.end() && networks.size() >= k_networks) return told;  // so many networks: the count of all sees them
    auto& own = found != networks.end() ? found->second : networks[std::string(network)];
    told = add(own, k_of_one * scale) || told;
    return told;
}

bool SprayWatch::is_suspect(std::string_view network, util::Instant now) {
    const std::lock_guard lock(mutex_);
    turn(now);
    for (const Window* window : {&current_, &before_}) {
        if (window->all.is_spray) return true;
        const auto found = window->networks.find(std::string(network));
        if (found != window->networks.end() && found->second.is_spray) return true;
    }
    return false;
}

}  // namespace account
