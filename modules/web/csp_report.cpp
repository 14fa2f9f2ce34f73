// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/csp_report.hpp"

#include <atomic>
#include <cstdint>

#include "util/log.hpp"
#include "util/text.hpp"

namespace web {

namespace {

constexpr std::size_t k_max_report = 8 * 1024;
constexpr int k_reports_per_minute = 20;

}  // namespace

void log_csp_report(const std::string& body, util::Instant now) {
    static std::atomic<std::int64_t> minute{0};
    static std::atomic<int> seen{0};
    const std::int64_t this_minute = now.time_since_epoch().count() / 60;
    if (minute.exchange(this_minute) != this_minute) seen = 0;
    if (body.size() <= k_max_report && ++seen <= k_reports_per_minute && util::is_utf8(body))
        util::log(util::Level::warning, "csp-report", {{"report", body}});
}

}  // namespace web
