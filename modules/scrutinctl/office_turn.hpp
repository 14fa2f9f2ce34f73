// SPDX-License-Identifier: AGPL-3.0-or-later
// One act of the office at a time, whoever runs it and from which machine: two sealings side by side would each make codes, and electors would
// be given some that open nothing. The turn is a lock of the database server's, so that an act that was killed leaves none behind.
#pragma once

#include <string_view>

#include "scrutinctl/office.hpp"

namespace scrutinctl {

// Takes the turn for this command, waiting some seconds for an act that is ending. forbidden: another one is under way; the sentence says which,
// by whom, since when. Says, too, when the act before was cut off.
util::Status take_turn(Office& office, std::string_view command);

// Gives it back; never throws.
class TurnEnd {
public:
    explicit TurnEnd(Office& office) : office_(office) {}
    ~TurnEnd();
    TurnEnd(const TurnEnd&) = delete;
    TurnEnd& operator=(const TurnEnd&) = delete;

private:
    Office& office_;
};

// Inside the transaction of what an act writes: throws where the turn was lost with its connection, so that nothing is written beside
// another act. Nothing to do for a command that took none.
void require_turn(Office& office);

// The act under way, in words: « seal », lancé par X le …; empty: none. For who need not wait, and goes another time.
std::string act_under_way(Office& office);

}  // namespace scrutinctl
