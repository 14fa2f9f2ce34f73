// SPDX-License-Identifier: AGPL-3.0-or-later
// SMS through a gateway that takes e-mail: +33612345678 goes to 33612345678@<domain>, the text is the body.
#pragma once

#include <string>

#include "courrier/transport.hpp"

namespace courrier {

class SmsByMail final : public Transport {
public:
    // `mail` outlives this. Throws std::runtime_error when the domain is empty.
    SmsByMail(Transport& mail, std::string domain);
    Outcome send(const Outgoing& message, util::Instant now) override;

private:
    Transport& mail_;
    std::string domain_;
};

}  // namespace courrier
