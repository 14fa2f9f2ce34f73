// SPDX-License-Identifier: AGPL-3.0-or-later
// An answer as FastCGI records (FastCGI 1.0, sections 3.3 and 5), sent whole: libfcgi's own stream sends 8 kB at a time, and each piece wakes nginx.
#pragma once

#include "web/raw_http.hpp"

namespace web {

// Head and body as records of standard output, then its end and the end of request `id`. The body is sent from where it stands.
// False: nginx has gone.
bool send_answer(int connection, unsigned id, const RawResponse& response);

}  // namespace web
