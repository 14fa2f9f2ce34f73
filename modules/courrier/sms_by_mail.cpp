// SPDX-License-Identifier: AGPL-3.0-or-later
// E-mail to SMS.
#include "courrier/sms_by_mail.hpp"

#include <algorithm>
#include <stdexcept>

namespace courrier {

SmsByMail::SmsByMail(Transport& mail, std::string domain) : mail_(mail), domain_(std::move(domain)) {
    if (domain_.empty()) throw std::runtime_error("[mail] sms_domain is missing");
}

Outcome SmsByMail::send(const Outgoing& message, util::Instant now) {
    const std::string& number = message.recipient;
    const bool is_number = number.size() >= 9 && number.size() <= 16 && number[0] == '+' &&
                           std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) return {Delivery::refused, "not an international number", false};
    Outgoing mail = message;
    mail.recipient = number.substr(1) + "@" + domain_;
    mail.subject = "SMS";
    return mail_.send(mail, now);
}

}  // namespace courrier
