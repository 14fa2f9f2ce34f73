// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler is made of, for the pages.hpp of each worker: it takes a checked Request and the Env, and gives an Answer. It lives
// in the source file that bears its template's name; its comment there says which HTTP codes it answers and when.
#pragma once

#include "web/env.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
