// SPDX-License-Identifier: AGPL-3.0-or-later
// What the SMS gateway tells of a message after it took it: handed to the operator, received by the telephone, refused. The gateway asks for an
// address on the loopback, which names the message and carries a code that only this process could make. Knows no page.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "courrier/sms_state.hpp"

namespace courrier {

// Kannel's delivery reports: 1 received, 2 not received, 8 taken by the operator's centre, 16 refused by it.
inline constexpr int k_report_mask = 1 | 2 | 8 | 16;
std::optional<SmsState> state_of(std::string_view kannel_status);

// The address to be asked for, with Kannel's %d where its status comes. `message`: outbox.id.
std::string report_url(unsigned port, std::string_view key, std::uint64_t message);
// Whether `code` is the one of that message's address.
bool is_report_code(std::string_view key, std::uint64_t message, std::string_view code);

// Listens on 127.0.0.1, in a thread of its own, until it is destroyed.
class ReportServer {
public:
    // `note` is called in that thread, one report at a time, for what has a right code; where it throws the answer is 503, and the gateway
    // may ask again. Throws std::runtime_error when the port is taken.
    ReportServer(unsigned port, std::string key, std::function<void(std::uint64_t message, SmsState state)> note);
    ~ReportServer();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace courrier
