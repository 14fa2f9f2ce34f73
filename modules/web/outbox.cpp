// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/outbox.hpp"

#include <stdexcept>
#include <tuple>
#include <utility>

#include "util/bytes.hpp"
#include "util/text.hpp"
#include "web/render.hpp"
#include "web/site_view.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr std::string_view k_subject = "Objet : ";

// Any text that is the same for the same message, as the outbox names it.
std::string outbox_key(std::string_view channel, std::string_view template_name, std::string_view recipient,
                       std::string_view idempotency) {
    std::string text(channel);
    for (const std::string_view part : {template_name, recipient, idempotency}) text.append("|").append(part);
    return util::sha256_hex(text);
}

// The subject, which stands in the first line of a mail's template, and the rest.
std::pair<std::string, std::string> subject_and_body(std::string text, const std::string& template_name) {
    const std::size_t end = text.find('\n');
    if (!text.starts_with(k_subject) || end == std::string::npos)
        throw std::runtime_error("templates/mail/" + template_name + " does not begin with « Objet : »");
    std::string subject = text.substr(k_subject.size(), end - k_subject.size());
    text.erase(0, text.find_first_not_of('\n', end));
    return {std::move(subject), std::string(util::trim(text)) + "\n"};
}

store::OutboxRow row_of(const Renderer& renderer, const util::Json& site, const Message& message, std::string_view channel) {
    const bool is_mail = channel == "email";
    util::Json view = message.view;
    view["site"] = site;
    std::string text = renderer.text((is_mail ? "mail/" : "sms/") + message.template_name, view);
    store::OutboxRow row;
    if (is_mail) std::tie(row.subject, row.body) = subject_and_body(std::move(text), message.template_name);
    else row.body = std::string(util::trim(text)) + "\n";
    row.idempotency_key = outbox_key(channel, message.template_name, message.recipient, message.idempotency);
    row.channel = channel;
    row.recipient = message.recipient;
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
Text email_text(const Env& env, const KeptMessage& message) {
    const auto make_view = [&] {
        util::Json view = message.make_view();
        view["site"] = site_view_without_session("", &env.election, env.settings, env.edition, "");
        return view;
    };
    auto [subject, body] =
        subject_and_body(env.renderer.kept_text("mail/" + message.template_name, env.election.identity + '\n' + message.key,
                                                make_view, message.own),
                         message.template_name);
    return {outbox_key("email", message.template_name, message.recipient, message.idempotency), std::move(subject),
            std::move(body)};
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
