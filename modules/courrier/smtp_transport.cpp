// SPDX-License-Identifier: AGPL-3.0-or-later
// One easy handle, used again: libcurl keeps the connection and finds out by itself when the relay has closed it.
#include "courrier/smtp_transport.hpp"

#include <curl/curl.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "courrier/message.hpp"
#include "courrier/return_address.hpp"
#include "courrier/this_machine.hpp"

namespace courrier {
namespace {

constexpr long k_connect_seconds = 10;
constexpr long k_send_seconds = 60;
constexpr std::size_t k_error_bytes = 190;

// One conversation as libcurl goes through it.
struct Conversation {
    std::string_view content;
    bool content_read = false;
    SmtpStage stage = SmtpStage::greeting;
};

size_t read_content(char* buffer, size_t size, size_t count, void* data) {
    auto& conversation = *static_cast<Conversation*>(data);
    const std::size_t length = std::min(size * count, conversation.content.size());
    std::memcpy(buffer, conversation.content.data(), length);
    conversation.content.remove_prefix(length);
    // From here on the final dot may go at any time: libcurl does not ask again when it knows the size.
    if (conversation.content.empty()) conversation.content_read = true;
    return length;
}

// libcurl says a refused sender and a refused recipient with one code; the commands it sends tell them apart.
int watch_commands(CURL*, curl_infotype type, char* bytes, size_t length, void* data) {
    if (type != CURLINFO_HEADER_OUT) return 0;
    auto& conversation = *static_cast<Conversation*>(data);
    const std::string_view command(bytes, length);
    if (command.starts_with("MAIL ")) conversation.stage = SmtpStage::sender;
    if (command.starts_with("RCPT ")) conversation.stage = SmtpStage::recipient;
    if (command.starts_with("DATA")) conversation.stage = SmtpStage::content;
    return 0;
}

}  // namespace

Delivery judge_smtp(long reply, SmtpStage stage, bool content_read) {
    if (reply >= 500 && reply < 600) {
        return stage == SmtpStage::recipient || stage == SmtpStage::content ? Delivery::refused : Delivery::deferred;
    }
    if (reply >= 400 && reply < 500) return Delivery::deferred;
    return content_read ? Delivery::in_doubt : Delivery::deferred;
}

struct SmtpTransport::State {
    std::string url, from;
    util::SecretText password;
    ReturnPath returns;
    CURL* easy = nullptr;
    std::array<char, CURL_ERROR_SIZE> error{};

    void set_up();
    struct Attempt {
        Outcome outcome;
        bool stale_connection = false;  // the kept connection was dead or ended by the relay before it took anything
    };
    Attempt attempt(const Outgoing& message, std::string_view text);
};

void SmtpTransport::State::set_up() {
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(is_this_machine(url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!password.empty()) curl_easy_setopt(easy, CURLOPT_PASSWORD, std::string(password.view()).c_str());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, k_connect_seconds);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, k_send_seconds);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_content);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, watch_commands);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);  // commands are shown to watch_commands alone
}

SmtpTransport::State::Attempt SmtpTransport::State::attempt(const Outgoing& message, std::string_view text) {
    Conversation conversation{text};
    const bool comes_back = !returns.address.empty() && !message.is_plain;
    const std::string sender = comes_back ? return_address(returns.address, returns.key.view(), message.number) : from;
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, ("<" + sender + ">").c_str());
    curl_slist* recipients = curl_slist_append(nullptr, ("<" + message.recipient + ">").c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(easy, CURLOPT_READDATA, &conversation);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &conversation);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(text.size()));
    error[0] = '\0';
    const CURLcode code = curl_easy_perform(easy);
    long reply = 0, connections = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply);
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, nullptr);
    curl_slist_free_all(recipients);
    if (code == CURLE_OK) return {{Delivery::sent, {}, false}, false};
    const bool answered = reply >= 400;
    std::string why = error[0] != '\0' ? error.data() : curl_easy_strerror(code);
    why.resize(std::min(why.size(), k_error_bytes));
    const Delivery delivery = judge_smtp(reply, conversation.stage, conversation.content_read);
    const bool our_side = conversation.stage == SmtpStage::greeting || (answered && conversation.stage == SmtpStage::sender);
    // A relay that waited too long says 421 and closes (RFC 5321 section 3.8); we read it as the answer to our MAIL.
    const bool goodbye = reply == 421 && conversation.stage <= SmtpStage::sender;
    return {{delivery, why, our_side}, connections == 0 && (!answered || goodbye) && delivery == Delivery::deferred};
}

SmtpTransport::SmtpTransport(const std::string& url, std::string from, util::SecretText password, ReturnPath returns)
    : state_(std::make_unique<State>()) {
    if (!url.starts_with("smtp://") && !url.starts_with("smtps://"))
        throw std::runtime_error("[mail] url must begin with smtp:// or smtps://");
    if (!is_plain_address(from)) throw std::runtime_error("[mail] from is not an address");
    if (!returns.address.empty() && !is_plain_address(returns.address))
        throw std::runtime_error("[mail] returns is not an address");
    state_->url = url;
    state_->from = std::move(from);
    state_->password = std::move(password);
    state_->returns = std::move(returns);
    state_->easy = curl_easy_init();
    if (state_->easy == nullptr) throw std::runtime_error("libcurl does not start");
    state_->set_up();
}

SmtpTransport::~SmtpTransport() { curl_easy_cleanup(state_->easy); }

Outcome SmtpTransport::send(const Outgoing& message, util::Instant now) {
    const auto text = compose({state_->from, message.recipient, message.subject, message.body,
                               message.idempotency_key.substr(0, 32), now, !message.is_plain});
    if (!text) return {Delivery::refused, "recipient or subject cannot stand in a header", false};
    auto attempt = state_->attempt(message, *text);
    if (attempt.stale_connection) {
        curl_easy_setopt(state_->easy, CURLOPT_FRESH_CONNECT, 1L);
        attempt = state_->attempt(message, *text);
        curl_easy_setopt(state_->easy, CURLOPT_FRESH_CONNECT, 0L);
    }
    return attempt.outcome;
}

}  // namespace courrier
