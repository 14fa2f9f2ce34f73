// SPDX-License-Identifier: AGPL-3.0-or-later
// A way out for messages: SMTP, e-mail to SMS, an SMS gateway. A transport tells what became of a message, so
// that nothing is ever sent twice.
#pragma once

#include <cstdint>
#include <string>

#include "util/clock.hpp"

namespace courrier {

struct Outgoing {
    std::string idempotency_key;  // 64 hex, the same for the same message
    std::string recipient;        // address, or E.164 number
    std::string subject, body;    // UTF-8
    std::uint64_t number = 0;     // outbox.id
    bool is_plain = false;        // a text for a machine that makes something else of it: never with a page
};

enum class Delivery {
    sent,      // handed over: the other side answers for it now
    deferred,  // surely not handed over; trying again is right
    refused,   // surely not handed over; trying again is useless
    in_doubt,  // the whole message went, the answer did not come: never sent again by itself
};

struct Outcome {
    Delivery delivery = Delivery::deferred;
    std::string error;        // for the operator; holds nothing of the body
    bool relay_down = false;  // the way out itself is shut: the next message would meet the same
};

class Transport {
public:
    virtual ~Transport() = default;
    // Throws nothing for what the other side does.
    virtual Outcome send(const Outgoing& message, util::Instant now) = 0;
};

}  // namespace courrier
