// SPDX-License-Identifier: AGPL-3.0-or-later
// The same form sent twice, by a double click or because its answer was lost: it is answered as the first time, and its handler does not
// run again. Kept in the session's data for two minutes, also under the identifier that the answer replaced. Knows no form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"
#include "util/json.hpp"
#include "web/response.hpp"

namespace web {

inline constexpr std::chrono::minutes k_answer_kept{2};

// Path and body, form key included, as a hash: another password typed into the same page is another form. Empty without a form key.
std::string name_of_form(std::string_view path, std::string_view body, std::string_view form_key);

// What a redirect said. With `salt`: the answer gave the browser a new identifier, which is made of the old one and this.
struct AnsweredForm {
    std::string form, location, salt;
    bool is_member = false;  // the new identifier is of who is signed in
    bool wipes_browser = false;
    util::Instant until;
};

void put_answered(util::Json& data, const AnsweredForm& answered);
// Takes it out of `data`; nothing if there is none or its time is over.
std::optional<AnsweredForm> take_answered(util::Json& data, util::Instant now);

// The identifier after `id` (128 bits): only who holds `id` and the salt can tell it, and the database has neither `id` nor it.
std::string successor_of(std::string_view id, const AnsweredForm& answered);

// While one lives, another of the same form waits for its end, 10 s at most: two clicks at once are one after the other. Of this process
// alone. An empty name waits for nobody. Who waits holds a thread: one for each form, few in all, and the next is refused at once, or
// somebody who sends one form a hundred times would leave no thread to others.
class FormTurn {
public:
    static constexpr unsigned k_most_waiting = 4;  // of the 16 threads of a worker

    explicit FormTurn(std::string form);
    ~FormTurn();
    FormTurn(const FormTurn&) = delete;
    FormTurn& operator=(const FormTurn&) = delete;

    // False: too many of it at once. Fault::busy.
    bool has_turn() const { return form_.empty() || is_mine_; }

private:
    std::string form_;
    bool is_mine_ = false;
};

}  // namespace web
