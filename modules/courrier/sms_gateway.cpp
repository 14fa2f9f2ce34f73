// SPDX-License-Identifier: AGPL-3.0-or-later
// Kannel takes a message as a POST whose headers say who, to whom and how, and whose body is the text: nothing of it stands in an address.
#include "courrier/sms_gateway.hpp"

#include <curl/curl.h>

#include <array>
#include <stdexcept>

#include "courrier/sms_reports.hpp"
#include "courrier/sms_text.hpp"
#include "courrier/this_machine.hpp"
#include "util/text.hpp"

namespace courrier {
namespace {

constexpr long k_gateway_connect_seconds = 10, k_gateway_seconds = 30;
constexpr std::size_t k_most_answer = 400, k_most_error = 190;

size_t keep_answer(char* bytes, size_t size, size_t count, void* data) {
    auto& answer = *static_cast<std::string*>(data);
    answer.append(bytes, std::min(size * count, k_most_answer - std::min(answer.size(), k_most_answer)));
    return size * count;
}

class Headers {
public:
    ~Headers() { curl_slist_free_all(list_); }
    void add(std::string_view name, std::string_view value) {
        list_ = curl_slist_append(list_, (std::string(name) + ": " + std::string(value)).c_str());
    }
    curl_slist* list() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

}  // namespace

Delivery judge_gateway(long status, std::string_view answer, bool request_went) {
    if (status == 202) return Delivery::sent;
    if (status == 0) return request_went ? Delivery::in_doubt : Delivery::deferred;
    if (status == 403 && answer.find("Not routable") != std::string_view::npos) return Delivery::refused;
    if (status == 401 || status == 403 || status == 404 || (status >= 300 && status < 400)) return Delivery::deferred;
    if (status >= 400 && status < 500) return Delivery::refused;
    if (status == 503 && answer.find("Temporal failure") != std::string_view::npos) return Delivery::deferred;
    return Delivery::in_doubt;
}

struct SmsGateway::State {
    Access access;
    CURL* easy = nullptr;
    std::array<char, CURL_ERROR_SIZE> error{};
};

SmsGateway::SmsGateway(Access access) : state_(std::make_unique<State>()) {
    const bool in_clear = access.url.starts_with("http://");
    if (!in_clear && !access.url.starts_with("https://")) throw std::runtime_error("[sms] url must begin with http:// or https://");
    if (in_clear && !is_this_machine(access.url))
        throw std::runtime_error("[sms] url: codes go to another machine by https:// alone");
    if (access.user.empty() || access.password.empty())
        throw std::runtime_error("[sms] user, or the secret sms_password, is missing");
    for (const std::string& text : {access.user, access.from})
        if (!util::is_printable_line(text + " ", 60)) throw std::runtime_error("[sms] user and from are one short line each");
    state_->access = std::move(access);
    CURL* const easy = state_->easy = curl_easy_init();
    if (easy == nullptr) throw std::runtime_error("libcurl does not start");
    curl_easy_setopt(easy, CURLOPT_URL, state_->access.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, k_gateway_connect_seconds);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, k_gateway_seconds);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, state_->error.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
    // libcurl asks again by itself where a kept connection was closed on it; the gateway may have read the request before it closed.
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

SmsGateway::~SmsGateway() { curl_easy_cleanup(state_->easy); }

Outcome SmsGateway::send(const Outgoing& message, util::Instant) {
    if (!is_international_number(message.recipient)) return {Delivery::refused, "not an international number", false};
    const Access& access = state_->access;
    const std::string_view text = util::trim(message.body);
    Headers headers;
    headers.add("Content-Type", "text/plain; charset=utf-8");
    headers.add("X-Kannel-Username", access.user);
    headers.add("X-Kannel-Password", access.password.view());
    headers.add("X-Kannel-To", message.recipient);
    headers.add("X-Kannel-Coding", gsm_messages(text) ? "0" : "2");
    headers.add("Expect", "");
    if (!access.from.empty()) headers.add("X-Kannel-From", access.from);
    if (access.reports_port != 0) {
        headers.add("X-Kannel-DLR-Mask", std::to_string(k_report_mask));
        headers.add("X-Kannel-DLR-Url", report_url(access.reports_port, access.password.view(), message.number));
    }
    std::string answer;
    curl_easy_setopt(state_->easy, CURLOPT_HTTPHEADER, headers.list());
    curl_easy_setopt(state_->easy, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(state_->easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
    curl_easy_setopt(state_->easy, CURLOPT_POSTFIELDS, text.data());
    state_->error[0] = '\0';
    const CURLcode code = curl_easy_perform(state_->easy);
    long status = 0, request_bytes = 0;
    curl_easy_getinfo(state_->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(state_->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
    curl_easy_setopt(state_->easy, CURLOPT_HTTPHEADER, nullptr);
    const Delivery delivery = judge_gateway(status, answer, request_bytes > 0);
    if (delivery == Delivery::sent) return {delivery, {}, false};
    const std::string said = status == 0 ? (state_->error[0] != '\0' ? state_->error.data() : curl_easy_strerror(code))
                                         : std::to_string(status) + " " + answer;
    return {delivery, util::printable(said, k_most_error), delivery == Delivery::deferred};
}

}  // namespace courrier
