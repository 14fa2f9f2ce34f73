// SPDX-License-Identifier: AGPL-3.0-or-later
// What an elector types to get a new code, as typed and made regular. Knows no page and no SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/form.hpp"

namespace reassort {

// As typed. `answer` only where a question défi is asked.
struct Typed {
    std::string phone, numen, birth_date, answer;
};

// Regular: E.164, 13 upper-case letters and digits, yyyy-mm-dd, folded.
struct Demand {
    std::string phone, numen, birth_date, answer;
};

// The demand, or a sentence per fault in `errors`. Only the form is looked at: whether the data are the elector's is
// asked later, once, and counted.
std::optional<Demand> read_demand(const Typed& typed, bool asks_defi, web::FormErrors& errors);

// The last four digits: all that is kept of it.
std::string phone_end(std::string_view e164);

// "+33", "+687": what limits on messages are counted by.
std::string phone_prefix(std::string_view e164);

}  // namespace reassort
