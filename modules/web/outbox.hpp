// SPDX-License-Identifier: AGPL-3.0-or-later
// Puts a message into portail.outbox, in the caller's transaction; courrier sends it. The text comes from
// templates/mail/<name>.mustache or templates/sms/<name>.mustache; its first line « Objet : … » is the subject (mail).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/local_time.hpp"
#include "util/json.hpp"
#include "web/env.hpp"
#include "web/render.hpp"

namespace web {

struct Message {
    std::string recipient;      // address or E.164 number
    std::string template_name;  // "activation"
    util::Json view;            // what the template names; web adds `site`
    std::optional<domain::VoterId> voter;
    std::string idempotency;  // any text that is the same for the same message
};

// False if the same message is there already.
bool queue_email(Env& env, const Message& message);
bool queue_sms(Env& env, const Message& message);

// The same mail not yet put anywhere, for who writes it in a transaction of his own.
struct Text {
    std::string idempotency_key, subject, body;
};
Text email_text(Env& env, const Message& message);
// A mail that many electors get alike but for values of their own: what Renderer::kept says of `key`, `make_view` and `own` holds here. web adds the
// election to the key.
struct KeptMessage {
    std::string recipient, template_name, key;
    std::function<util::Json()> make_view;
    std::vector<Renderer::Own> own;
    std::string idempotency;
};
Text email_text(const Env& env, const KeptMessage& message);
// Where there is no request; `site` is site_view_without_session's.
Text email_text(const Renderer& renderer, const util::Json& site, const Message& message);

// An elector as a mail to him needs him.
struct Owner {
    std::optional<domain::VoterId> voter;
    std::string email, civility, last_name;
    const domain::Place* place = nullptr;  // where he lives by other clocks than those of Paris, if that is known
};
Owner owner_of(const Session& session);  // of who is signed in

// The mail that every step leaves in the owner's box, so that he learns what another may have done in his name. The template gets his
// name, the hour (`at`, his own beside that of Paris) and what `view` adds. `once`: any text that is the same for the same step. False if it is there already.
bool tell_owner(Env& env, const Owner& owner, const std::string& template_name, const std::string& once,
                util::Json view = util::Json::object());

}  // namespace web
