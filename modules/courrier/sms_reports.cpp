// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTTP of it is libmicrohttpd's: one thread, few connections, short ones.
#include "courrier/sms_reports.hpp"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include <charconv>
#include <exception>
#include <stdexcept>

#include "util/bytes.hpp"
#include "util/log.hpp"

namespace courrier {
namespace {

constexpr std::string_view k_report_path = "/rapport";
constexpr unsigned k_report_seconds = 5, k_report_connections = 32;
constexpr std::size_t k_report_code_bytes = 32;

std::string code_of(std::string_view key, std::uint64_t message) {
    return util::to_hex(util::hmac_sha256(key, "sms-report|" + std::to_string(message))).substr(0, k_report_code_bytes);
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return fault == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

std::string_view argument(MHD_Connection* connection, const char* name) {
    const char* const value = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

MHD_Result answer_with(MHD_Connection* connection, unsigned status) {
    MHD_Response* const empty = MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
    const MHD_Result queued = MHD_queue_response(connection, status, empty);
    MHD_destroy_response(empty);
    return queued;
}

}  // namespace

std::optional<SmsState> state_of(std::string_view kannel_status) {
    if (kannel_status == "1") return SmsState::received;
    if (kannel_status == "8") return SmsState::operator_has_it;
    if (kannel_status == "2" || kannel_status == "16") return SmsState::refused;
    return std::nullopt;
}

std::string report_url(unsigned port, std::string_view key, std::uint64_t message) {
    return "http://127.0.0.1:" + std::to_string(port) + std::string(k_report_path) + "?message=" + std::to_string(message) +
           "&code=" + code_of(key, message) + "&etat=%d";
}

bool is_report_code(std::string_view key, std::uint64_t message, std::string_view code) {
    return util::equal_constant_time(code_of(key, message), code);
}

struct ReportServer::State {
    std::string key;
    std::function<void(std::uint64_t, SmsState)> note;
    MHD_Daemon* daemon = nullptr;

    unsigned status_for(MHD_Connection* connection, std::string_view method, std::string_view path) const;
};

unsigned ReportServer::State::status_for(MHD_Connection* connection, std::string_view method, std::string_view path) const {
    if (path != k_report_path) return MHD_HTTP_NOT_FOUND;
    if (method != MHD_HTTP_METHOD_GET) return MHD_HTTP_METHOD_NOT_ALLOWED;
    const auto message = number_of(argument(connection, "message"));
    if (!message || !is_report_code(key, *message, argument(connection, "code"))) {
        util::log(util::Level::warning, "sms-report-refused");
        return MHD_HTTP_FORBIDDEN;
    }
    const auto state = state_of(argument(connection, "etat"));
    if (!state) return MHD_HTTP_NO_CONTENT;  // buffered, or a status of tomorrow: nothing is known by it
    try {
        note(*message, *state);
        return MHD_HTTP_NO_CONTENT;
    } catch (const std::exception& error) {
        util::log(util::Level::error, "sms-report-lost", {{"why", error.what()}});
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    }
}

ReportServer::ReportServer(unsigned port, std::string key, std::function<void(std::uint64_t, SmsState)> note)
    : state_(std::make_unique<State>()) {
    state_->key = std::move(key);
    state_->note = std::move(note);
    sockaddr_in loopback{};
    loopback.sin_family = AF_INET;
    loopback.sin_port = htons(static_cast<std::uint16_t>(port));
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto handle = [](void* state, MHD_Connection* connection, const char* path, const char* method, const char*, const char*,
                           size_t*, void**) -> MHD_Result {
        return answer_with(connection, static_cast<const State*>(state)->status_for(connection, method, path));
    };
    state_->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, static_cast<std::uint16_t>(port), nullptr, nullptr, handle, state_.get(),
                         MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr*>(&loopback), MHD_OPTION_CONNECTION_TIMEOUT,
                         k_report_seconds, MHD_OPTION_CONNECTION_LIMIT, k_report_connections, MHD_OPTION_END);
    if (state_->daemon == nullptr)
        throw std::runtime_error("[sms] reports_port " + std::to_string(port) + " of 127.0.0.1 cannot be listened to");
}

ReportServer::~ReportServer() { MHD_stop_daemon(state_->daemon); }

}  // namespace courrier
