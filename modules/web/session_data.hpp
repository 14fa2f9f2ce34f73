// SPDX-License-Identifier: AGPL-3.0-or-later
// What a session's row remembers, a small JSON object: a journey under way, and the form it answered last. Read when somebody asks: most pages do not.
#pragma once

#include <optional>
#include <string>

#include "util/clock.hpp"
#include "util/json.hpp"
#include "web/answered_form.hpp"

namespace web {

class SessionData {
public:
    SessionData() = default;  // nothing
    // `text`: of the row; what is no JSON is nothing. `now`: an answer whose time is over is none.
    SessionData(std::string text, util::Instant now) : text_(std::move(text)), now_(now) {}

    const util::Json& journey() const { return read().journey_; }
    const std::optional<AnsweredForm>& answered() const { return read().answered_; }

    void set_journey(util::Json journey) {
        read();
        journey_ = std::move(journey);
    }
    void set_answered(std::optional<AnsweredForm> answered) {
        read();
        answered_ = std::move(answered);
    }
    // Both, as the row has them.
    std::string text() const;

private:
    const SessionData& read() const;

    mutable std::string text_;  // not read yet
    util::Instant now_{};
    mutable util::Json journey_ = util::Json::object();
    mutable std::optional<AnsweredForm> answered_;
};

}  // namespace web
