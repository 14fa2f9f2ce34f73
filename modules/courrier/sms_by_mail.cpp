// SPDX-License-Identifier: AGPL-3.0-or-later
// E-mail to SMS.
#include "courrier/sms_by_mail.hpp"

#include <stdexcept>

#include "courrier/sms_text.hpp"

namespace courrier {

SmsByMail::SmsByMail(Transport& mail, std::string domain) : mail_(mail), domain_(std::move(domain)) {
    if (domain_.empty()) throw std::runtime_error("[mail] sms_domain is missing");
}

Outcome SmsByMail::send(const Outgoing& message, util::Instant now) {
    if (!is_international_number(message.recipient)) return {Delivery::refused, "not an international number", false};
    Outgoing mail = message;
    mail.recipient = message.recipient.substr(1) + "@" + domain_;
    mail.subject = "SMS";
    mail.is_plain = true;
    return mail_.send(mail, now);
}

}  // namespace courrier
