// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/page_parts.hpp"

#include "domain/local_time.hpp"
#include "util/text.hpp"
#include "web/question_defi.hpp"

namespace reassort {

std::string code_name(const web::Env& env) { return env.edition.word("voting_code"); }

std::string new_code_name(const web::Env& env) {
    const std::string name = code_name(env);
    const bool begins_with_vowel = std::string_view("aeiouy").find(util::fold(name).front()) != std::string_view::npos;
    return (begins_with_vowel ? "nouvel " : "nouveau ") + name;
}

util::Json back_link(web::Env& env) {
    if (env.calendar.is_vote_open(env.now) && web::shows_new_code(env)) return {{"href", "/vote"}, {"label", "Je vote"}};
    return {{"href", "/espace"}, {"label", "Mon espace électeur"}};
}

Typed typed_in(const web::Request& request) {
    return {std::string(request.field("telephone")), std::string(request.field("numen")), std::string(request.field("naissance")),
            std::string(request.field("reponse")), std::string(request.field("destination"))};
}

void put_delivery(util::Json& view, std::optional<std::uint64_t> message_id, web::Env& env) {
    const auto sms = message_id ? sms_state(env.db, *message_id) : std::nullopt;
    const std::string word = sms ? sms->word : message_id ? "waits" : "";
    for (const char* one : {"waits", "left", "operator", "refused", "phone"}) view["sms_" + std::string(one)] = word == one;
    view["sms_at"] = sms ? domain::time_for(env.session.place, sms->at) : std::string();
    view["has_sms"] = message_id.has_value();
}

std::string host_of(const std::string& base_url) {
    const auto start = base_url.find("://");
    const std::string host = base_url.substr(start == std::string::npos ? 0 : start + 3);
    return host.substr(0, host.find_first_of(":/"));
}

std::optional<Defi> defi_of(web::Env& env) { return web::asks_defi(env) ? find_defi(env.db, *env.session.voter) : std::nullopt; }

}  // namespace reassort
