// SPDX-License-Identifier: AGPL-3.0-or-later
// A look at the first bytes of a connection before libfcgi reads them: a length that does not hold ends the whole process there. Knows no
// request; takes only what nginx sends: one request for a responder at a time.
#pragma once

#include <string_view>

namespace web {

enum class Beginning {
    whole,    // a begin and all parameters, each length within what is there
    partial,  // so far nothing is wrong
    broken,
};
Beginning judge_beginning(std::string_view bytes);

// Waits two seconds at most for a whole opening on the socket; nothing is taken from it. False: it is to be closed.
bool opens_well(int connection);

}  // namespace web
