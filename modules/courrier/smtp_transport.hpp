// SPDX-License-Identifier: AGPL-3.0-or-later
// SMTP by libcurl, one connection kept open from message to message. Over a network it demands TLS; to this machine not.
#pragma once

#include <memory>
#include <string>

#include "courrier/transport.hpp"
#include "util/secret.hpp"

namespace courrier {

// Where a conversation stopped, as its commands show.
enum class SmtpStage { greeting, sender, recipient, content };

// What a stopped conversation means. `reply`: the last SMTP code, 0 if none. `content_read`: libcurl took the whole
// message, so that its final dot may have gone.
//  - 4xx: deferred. 5xx to the recipient or the content: refused; earlier, it is our set-up that is wrong: deferred.
//  - no answer: in doubt once the content was read, else deferred.
Delivery judge_smtp(long reply, SmtpStage stage, bool content_read);

// Where mails come back to when they cannot be delivered: an address of its own for each, made of this one (return_address.hpp). Empty: to `from`.
struct ReturnPath {
    std::string address;
    util::SecretText key;
};

class SmtpTransport final : public Transport {
public:
    // `url`: smtp://host:port or smtps://…, with user@ when the relay asks for one. Throws std::runtime_error when the
    // url is not SMTP or `from` or the return address is not an address.
    SmtpTransport(const std::string& url, std::string from, util::SecretText password = {}, ReturnPath returns = {});
    ~SmtpTransport() override;
    Outcome send(const Outgoing& message, util::Instant now) override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace courrier
