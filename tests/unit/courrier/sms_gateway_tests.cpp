// SPDX-License-Identifier: AGPL-3.0-or-later
// SMS through a real Kannel and the operator it brings for tests, and through gateways that behave badly.
#include "courrier/sms_gateway.hpp"

#include <boost/test/unit_test.hpp>
#include <poll.h>

#include <atomic>
#include <mutex>

#include "courrier/sms_reports.hpp"
#include "courrier/sms_text.hpp"
#include "kannel.hpp"

namespace sms_gateway_tests {

using courrier::Delivery;
using courrier::judge_gateway;
using courrier::SmsState;

namespace {

constexpr std::uint64_t k_message = 4711;

courrier::Outgoing sms_to(const std::string& number, const std::string& text = "ABCD-EFGH : votre code\n") {
    return {std::string(64, 'b'), number, "", text, k_message};
}

courrier::SmsGateway::Access access_to(const std::string& url, unsigned reports_port = 0) {
    return {url, "portail", util::SecretText("a-long-secret"), "Elections", reports_port};
}

// Reads whatever comes and answers each connection with the same bytes, or hangs up without a word.
class FixedGateway {
public:
    explicit FixedGateway(std::string answer) : answer_(std::move(answer)) {
        const sockaddr_in address = test::loopback_at(port_);
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(listener_, 8) != 0)
            throw std::runtime_error("fixed gateway");
        thread_ = std::thread([this] { serve(); });
    }
    ~FixedGateway() {
        stop_ = true;
        thread_.join();
        ::close(listener_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/cgi-bin/sendsms"; }
    std::atomic<int> requests{0};

private:
    void serve() {
        while (!stop_) {
            pollfd ready{listener_, POLLIN, 0};
            if (::poll(&ready, 1, 20) != 1) continue;
            const int client = ::accept(listener_, nullptr, nullptr);
            std::string bytes(4096, '\0');
            if (::read(client, bytes.data(), bytes.size()) > 0) ++requests;
            if (!answer_.empty() && ::write(client, answer_.data(), answer_.size()) < 0) stop_ = true;
            ::close(client);
        }
    }
    std::string answer_;
    unsigned port_ = test::free_port();
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

courrier::Outcome send_to(const std::string& url) { return courrier::SmsGateway(access_to(url)).send(sms_to("+33612345678"), {}); }

// Asks the reports' port as Kannel would; the status of its answer.
int ask(unsigned port, const std::string& target, const std::string& method = "GET") {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = test::loopback_at(port);
    const std::string request = method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    std::string answer(200, '\0');
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::write(socket, request.data(), request.size()) < 0 || ::read(socket, answer.data(), answer.size()) < 12)
        answer.assign("HTTP/1.1 000");
    ::close(socket);
    return std::stoi(answer.substr(9, 3));
}

std::string target_of(const std::string& url, const std::string& status) {
    std::string target = url.substr(url.find("/rapport"));
    return target.replace(target.find("%d"), 2, status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sms_gateway_tests)

BOOST_AUTO_TEST_CASE(each_answer_means_one_thing) {
    BOOST_TEST((judge_gateway(202, "0: Accepted for delivery", true) == Delivery::sent));
    BOOST_TEST((judge_gateway(403, "Not routable. Do not try again.", true) == Delivery::refused));
    BOOST_TEST((judge_gateway(400, "Missing receiver(s) number(s), rejected", true) == Delivery::refused));
    BOOST_TEST((judge_gateway(403, "Authorization failed for sendsms", true) == Delivery::deferred));
    BOOST_TEST((judge_gateway(404, "", true) == Delivery::deferred));
    BOOST_TEST((judge_gateway(302, "", true) == Delivery::deferred));
    BOOST_TEST((judge_gateway(503, "Temporal failure, try again later.", true) == Delivery::deferred));
    BOOST_TEST((judge_gateway(0, "", false) == Delivery::deferred));
    for (const long status : {0L, 200L, 500L, 502L, 503L, 504L})
        BOOST_TEST((judge_gateway(status, "", true) == Delivery::in_doubt));
}

BOOST_AUTO_TEST_CASE(a_text_reaches_the_telephone_once_and_whole_and_its_reports_come_back) {
    test::Kannel kannel;
    std::mutex mutex;
    std::vector<std::pair<std::uint64_t, SmsState>> reports;
    const unsigned port = test::free_port();
    courrier::ReportServer server(port, "a-long-secret", [&](std::uint64_t message, SmsState state) {
        const std::lock_guard lock(mutex);
        reports.emplace_back(message, state);
    });
    courrier::SmsGateway gateway(access_to(kannel.url(), port));
    BOOST_TEST((gateway.send(sms_to("+33612345678", "ABCD : code donné à Zoé\n\n@elections.example #ABCD\n"), {}).delivery ==
                Delivery::sent));
    const bool both = test::within_seconds(10, [&] {
        const std::lock_guard lock(mutex);
        return reports.size() == 2;
    });
    BOOST_REQUIRE_MESSAGE(both, kannel.logs());
    BOOST_TEST((reports[0] == std::pair(k_message, SmsState::operator_has_it)));
    BOOST_TEST((reports[1] == std::pair(k_message, SmsState::received)));
    BOOST_TEST(kannel.times("Elections +33612345678 text ABCD : code donné à Zoé>") == 1u, kannel.received());
    BOOST_TEST(kannel.times("<@elections.example #ABCD>") == 1u);
    // What the gateway writes down, set as systemd/README.md asks, has no text.
    BOOST_TEST(kannel.logs().find("Zoé") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_number_that_leads_nowhere_is_refused_and_a_wrong_password_waits) {
    test::Kannel kannel;
    courrier::SmsGateway gateway(access_to(kannel.url()));
    const auto refused = gateway.send(sms_to("+33699000000"), {});
    BOOST_TEST((refused.delivery == Delivery::refused));
    BOOST_TEST(!refused.relay_down);
    BOOST_TEST((gateway.send(sms_to("no number"), {}).delivery == Delivery::refused));
    auto wrong = access_to(kannel.url());
    wrong.password = util::SecretText("another");
    const auto shut = courrier::SmsGateway(std::move(wrong)).send(sms_to("+33612345678"), {});
    BOOST_TEST((shut.delivery == Delivery::deferred));
    BOOST_TEST(shut.relay_down);
    BOOST_TEST(shut.error.find("another") == std::string::npos);
    kannel.stop();
    const auto away = gateway.send(sms_to("+33612345678"), {});
    BOOST_TEST((away.delivery == Delivery::deferred));
    BOOST_TEST(away.relay_down);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_takes_the_text_and_says_nothing_is_a_doubt_and_is_not_asked_again) {
    FixedGateway mute("");
    BOOST_TEST((send_to(mute.url()).delivery == Delivery::in_doubt));
    BOOST_TEST(mute.requests == 1);
    FixedGateway broken("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    BOOST_TEST((send_to(broken.url()).delivery == Delivery::in_doubt));
    BOOST_TEST(broken.requests == 1);
}

BOOST_AUTO_TEST_CASE(settings_that_would_give_codes_away_are_refused) {
    BOOST_CHECK_THROW(courrier::SmsGateway(access_to("http://gateway.example/cgi-bin/sendsms")), std::runtime_error);
    BOOST_CHECK_THROW(courrier::SmsGateway(access_to("smtp://127.0.0.1")), std::runtime_error);
    BOOST_CHECK_NO_THROW(courrier::SmsGateway(access_to("https://gateway.example/cgi-bin/sendsms")));
    auto two_lines = access_to("https://gateway.example/");
    two_lines.from = "Elections\r\nX-Kannel-To: +33600000000";
    BOOST_CHECK_THROW(courrier::SmsGateway(std::move(two_lines)), std::runtime_error);
    auto nobody = access_to("https://gateway.example/");
    nobody.password = {};
    BOOST_CHECK_THROW(courrier::SmsGateway(std::move(nobody)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(only_the_gateway_can_report_and_only_of_a_message_it_was_given) {
    int noted = 0;
    bool database_is_away = false;
    const unsigned port = test::free_port();
    courrier::ReportServer server(port, "key", [&](std::uint64_t, SmsState) {
        if (database_is_away) throw std::runtime_error("away");
        ++noted;
    });
    const std::string url = courrier::report_url(port, "key", k_message);
    BOOST_TEST(ask(port, target_of(url, "1")) == 204);
    BOOST_TEST(noted == 1);
    BOOST_TEST(ask(port, target_of(url, "4")) == 204);  // waits at the operator: nothing new
    BOOST_TEST(ask(port, target_of(url, "1x")) == 204);
    BOOST_TEST(ask(port, target_of(courrier::report_url(port, "other", k_message), "1")) == 403);
    std::string of_another = target_of(url, "1");
    of_another.replace(of_another.find("4711"), 4, "4712");
    BOOST_TEST(ask(port, of_another) == 403);
    BOOST_TEST(ask(port, "/rapport") == 403);
    for (const char* number : {"", "-1", "4711x", "99999999999999999999"})
        BOOST_TEST(ask(port, "/rapport?message=" + std::string(number) + "&code=x&etat=1") == 403, number);
    BOOST_TEST(ask(port, "/") == 404);
    BOOST_TEST(ask(port, target_of(url, "1"), "DELETE") == 405);
    BOOST_TEST(noted == 1);
    database_is_away = true;
    BOOST_TEST(ask(port, target_of(url, "1")) == 503);
    BOOST_CHECK_THROW(courrier::ReportServer(port, "key", [](std::uint64_t, SmsState) {}), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_text_is_counted_as_the_operator_counts_it) {
    using courrier::gsm_messages;
    BOOST_TEST(gsm_messages("").value() == 1u);
    BOOST_TEST(gsm_messages(std::string(160, 'a')).value() == 1u);
    BOOST_TEST(gsm_messages(std::string(161, 'a')).value() == 2u);
    BOOST_TEST(gsm_messages(std::string(306, 'a')).value() == 2u);
    BOOST_TEST(gsm_messages(std::string(307, 'a')).value() == 3u);
    BOOST_TEST(gsm_messages(std::string(158, 'a') + "€").value() == 1u);
    BOOST_TEST(gsm_messages(std::string(159, 'a') + "€").value() == 2u);
    BOOST_TEST(gsm_messages("é è à ù @ #\n").has_value());
    for (const char* outside : {"ê", "’", "ç", "«", "É\u00a0:", "œ"}) BOOST_TEST(!gsm_messages(outside).has_value(), outside);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sms_gateway_tests
