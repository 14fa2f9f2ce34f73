// SPDX-License-Identifier: AGPL-3.0-or-later
// From a raw request to a raw response, without FastCGI: route, fields, session and guard, form token, handler, template,
// headers; each step may refuse. Unit tests call it.
#pragma once

#include "db/connection.hpp"
#include "web/raw_http.hpp"
#include "web/shared.hpp"

namespace web {

// Never throws: an exception of a handler is a 500 page with a reference, a lost database a 503.
RawResponse dispatch(const RawRequest& raw, const Shared& shared, db::Connection& db);

}  // namespace web
