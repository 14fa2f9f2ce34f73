// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/question_defi.hpp"

#include "web/store.hpp"

namespace web {

// A setting without questions to choose from asks none.
bool asks_defi(Env& env) {
    return store::read_asks_defi(env.db).value_or(env.edition.asks_defi) && !env.edition.defi_questions.empty();
}

}  // namespace web
