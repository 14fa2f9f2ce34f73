// SPDX-License-Identifier: AGPL-3.0-or-later
// Browsers' reports of a broken content policy: the log keeps a few a minute, so that nobody fills it.
#pragma once

#include <string>
#include <string_view>

#include "util/clock.hpp"

namespace web {

// As the Content-Security-Policy of headers.cpp names it; every worker answers it.
inline constexpr std::string_view k_csp_report_path = "/csp-report";

void log_csp_report(const std::string& body, util::Instant now);

}  // namespace web
