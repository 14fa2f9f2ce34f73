// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/outbox.hpp"

#include <stdexcept>

#include "util/bytes.hpp"
#include "util/text.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr std::string_view k_subject = "Objet : ";

store::OutboxRow row_of(const Renderer& renderer, const util::Json& site, const Message& message, std::string_view channel) {
    const std::string folder = channel == "email" ? "mail/" : "sms/";
    util::Json view = message.view;
    view["site"] = site;
    std::string text = renderer.text(folder + message.template_name, view);
    store::OutboxRow row;
    if (channel == "email") {
        const std::size_t end = text.find('\n');
        if (!text.starts_with(k_subject) || end == std::string::npos)
            throw std::runtime_error("templates/mail/" + message.template_name + " does not begin with « Objet : »");
        row.subject = text.substr(k_subject.size(), end - k_subject.size());
        text.erase(0, text.find_first_not_of('\n', end));
    }
    row.idempotency_key =
        util::sha256_hex(std::string(channel) + "|" + message.template_name + "|" + message.recipient + "|" + message.idempotency);
    row.channel = channel;
    row.recipient = message.recipient;
    row.body = std::string(util::trim(text)) + "\n";
    row.voter = message.voter;
    return row;
}

store::OutboxRow row_of(Env& env, const Message& message, std::string_view channel) {
    return row_of(env.renderer, site_view(env, ""), message, channel);
}

}  // namespace

bool queue_email(Env& env, const Message& message) { return store::insert_message(env.db, row_of(env, message, "email"), env.now); }
bool queue_sms(Env& env, const Message& message) { return store::insert_message(env.db, row_of(env, message, "sms"), env.now); }

Text email_text(const Renderer& renderer, const util::Json& site, const Message& message) {
    store::OutboxRow row = row_of(renderer, site, message, "email");
    return {std::move(row.idempotency_key), std::move(row.subject), std::move(row.body)};
}
Text email_text(Env& env, const Message& message) { return email_text(env.renderer, site_view(env, ""), message); }

Owner owner_of(const Session& session) {
    return {session.voter, session.voter_email, session.civility, session.last_name, session.place};
}

bool tell_owner(Env& env, const Owner& owner, const std::string& template_name, const std::string& once, util::Json view) {
    view.update({{"civility", owner.civility},
                 {"last_name", owner.last_name},
                 {"has_civility", !owner.civility.empty()},
                 {"at", domain::full_for(owner.place, env.now)}});
    return queue_email(env, {owner.email, template_name, std::move(view), owner.voter, once});
}

}  // namespace web
