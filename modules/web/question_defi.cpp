// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/question_defi.hpp"

#include "web/store.hpp"

namespace web {

// A setting without questions to choose from asks none.
bool asks_defi(Env& env) {
    return store::read_asks_defi(env.db).value_or(env.edition.asks_defi) && !env.edition.defi_questions.empty();
}

bool shows_new_code(Env& env) { return store::read_shows_new_code(env.db).value_or(env.edition.shows_new_code) && asks_defi(env); }

}  // namespace web
