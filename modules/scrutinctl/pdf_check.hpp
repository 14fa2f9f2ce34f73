// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a PDF that somebody brought may be shown to every elector. Whoever made it may have made it against its reader: it is read by a child
// process that can compute and answer, and nothing else. Knows no election.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scrutinctl {

// French sentences, without their full stops: not readable, protected, too many pages, a page without text, scripts, actions that open something
// else, files within, forms. Empty: it may be shown. Costs at most five seconds of CPU and 512 MiB, which are the child's limits.
std::vector<std::string> faults_of_pdf(std::string_view pdf, unsigned most_pages);

}  // namespace scrutinctl
