// SPDX-License-Identifier: AGPL-3.0-or-later
// SMS through Kannel's sendsms by HTTP. What the gateway answers is not what becomes of the message: that comes later, as a report
// (sms_reports.hpp). Knows no SQL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "courrier/transport.hpp"
#include "util/secret.hpp"

namespace courrier {

// What an exchange with the gateway means. `status`: of its answer, 0 if none; `request_went`: a byte of the request may have left.
//  - 202: sent. « Not routable » (403) and other 4xx that blame the message: refused.
//  - a wrong password or address of ours (401, 403, 404, 3xx), and « Temporal failure » (503): surely not taken, deferred.
//  - no answer after the request went, and any other answer: in doubt.
Delivery judge_gateway(long status, std::string_view answer, bool request_went);

class SmsGateway final : public Transport {
public:
    struct Access {
        std::string url;   // http://127.0.0.1:13013/cgi-bin/sendsms; https to another machine
        std::string user;  // sendsms-user
        util::SecretText password;
        std::string from;           // what telephones show as the sender; may be empty
        unsigned reports_port = 0;  // of 127.0.0.1; 0: no reports are asked for
    };
    // Throws std::runtime_error where the url is not HTTP, or goes in clear to another machine, or user or password is missing.
    explicit SmsGateway(Access access);
    ~SmsGateway() override;
    Outcome send(const Outgoing& message, util::Instant now) override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace courrier
