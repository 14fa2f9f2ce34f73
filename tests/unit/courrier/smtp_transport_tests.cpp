// SPDX-License-Identifier: AGPL-3.0-or-later
// SMTP against a real relay that behaves badly on demand.
#include "courrier/smtp_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

#include "courrier/sms_by_mail.hpp"
#include "smtp_sink.hpp"

namespace smtp_transport_tests {

using courrier::Delivery;
using courrier::SmtpStage;

namespace {

struct SmtpFixture {
    test::SmtpSink sink;
    courrier::SmtpTransport smtp{sink.url(), "no-reply@elections.example"};
    util::Instant now = *util::from_sql("2026-12-03 09:00:00");

    courrier::Outcome send(const std::string& to, const std::string& body = "Bonjour\n") {
        return smtp.send({std::string(64, 'a'), to, "Essai", body}, now);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(smtp_transport_tests, SmtpFixture)

BOOST_AUTO_TEST_CASE(a_message_arrives_once_and_whole) {
    BOOST_TEST((send("zoe@ac-poitiers.example", "un\n.\n..deux\n").delivery == Delivery::sent));
    const auto mails = sink.mails();
    BOOST_REQUIRE(mails.size() == 1u);
    BOOST_TEST(mails[0].from == "no-reply@elections.example");
    BOOST_TEST(mails[0].to == "zoe@ac-poitiers.example");
    BOOST_TEST(mails[0].content.find("Message-ID: <" + std::string(32, 'a') + "@elections.example>") != std::string::npos);
    BOOST_TEST(mails[0].content.find("\r\n\r\nun\r\n..\r\n...deux") != std::string::npos);  // dots doubled on the wire
}

BOOST_AUTO_TEST_CASE(one_connection_serves_many_messages) {
    for (int i = 0; i < 50; ++i) BOOST_TEST((send("zoe@ac-poitiers.example").delivery == Delivery::sent));
    BOOST_TEST(sink.connections == 1);
    BOOST_TEST(sink.mails().size() == 50u);
}

BOOST_AUTO_TEST_CASE(a_connection_closed_by_the_relay_is_opened_again) {
    sink.hang_up_after_each = true;
    for (int i = 0; i < 5; ++i) BOOST_TEST((send("zoe@ac-poitiers.example").delivery == Delivery::sent));
    BOOST_TEST(sink.mails().size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_says_goodbye_costs_no_delay) {
    sink.tires_after_each = true;
    for (int i = 0; i < 5; ++i) BOOST_TEST((send("zoe@ac-poitiers.example").delivery == Delivery::sent));
    BOOST_TEST(sink.mails().size() == 5u);
    BOOST_TEST(sink.connections == 5);
}

BOOST_AUTO_TEST_CASE(each_answer_of_the_relay_has_its_outcome) {
    BOOST_TEST((send("refused@x.example").delivery == Delivery::refused));
    BOOST_TEST((send("busy@x.example").delivery == Delivery::deferred));
    BOOST_TEST((send("spam@x.example").delivery == Delivery::refused));
    BOOST_TEST((send("full@x.example").delivery == Delivery::deferred));
    BOOST_TEST((send("hangup@x.example").delivery == Delivery::deferred));
    BOOST_TEST(sink.mails().empty());
    BOOST_TEST((send("zoe@x.example").delivery == Delivery::sent));
}

BOOST_AUTO_TEST_CASE(a_relay_that_takes_all_and_says_nothing_leaves_a_doubt) {
    for (int i = 0; i < 2; ++i) BOOST_TEST((send("mute@x.example").delivery == Delivery::in_doubt));
    BOOST_TEST(sink.mails().size() == 2u);  // once each, and never sent again by itself
}

BOOST_AUTO_TEST_CASE(a_shut_relay_is_told_from_a_refused_recipient) {
    sink.mode = test::SmtpSink::Mode::shut;
    auto outcome = send("zoe@x.example");
    BOOST_TEST((outcome.delivery == Delivery::deferred && outcome.relay_down));
    sink.mode = test::SmtpSink::Mode::no_sender;
    outcome = send("zoe@x.example");
    BOOST_TEST((outcome.delivery == Delivery::deferred && outcome.relay_down));  // our set-up, not the message
    sink.mode = test::SmtpSink::Mode::well;
    outcome = send("refused@x.example");
    BOOST_TEST((outcome.delivery == Delivery::refused && !outcome.relay_down));
}

BOOST_AUTO_TEST_CASE(nobody_listening_defers) {
    courrier::SmtpTransport nobody("smtp://127.0.0.1:1", "no-reply@elections.example");
    const auto outcome = nobody.send({std::string(64, 'a'), "zoe@x.example", "s", "b"}, now);
    BOOST_TEST((outcome.delivery == Delivery::deferred && outcome.relay_down));
}

BOOST_AUTO_TEST_CASE(a_recipient_that_is_a_command_never_reaches_the_relay) {
    BOOST_TEST((send("a@b>\r\nRCPT TO:<c@d").delivery == Delivery::refused));
    BOOST_TEST(sink.connections == 0);
}

BOOST_AUTO_TEST_CASE(an_sms_goes_to_its_number_at_the_gateway) {
    courrier::SmsByMail sms(smtp, "sms.example");
    BOOST_TEST((sms.send({std::string(64, 'b'), "+33612345678", "", "Votre code"}, now).delivery == Delivery::sent));
    BOOST_TEST(sink.mails().at(0).to == "33612345678@sms.example");
    for (const char* number : {"0612345678", "+33 6 12 34 56 78", "+33612345678@x", "+", "zoe@x.example"}) {
        BOOST_TEST((sms.send({std::string(64, 'b'), number, "", "x"}, now).delivery == Delivery::refused), number);
    }
    BOOST_TEST(sink.mails().size() == 1u);
}

BOOST_AUTO_TEST_CASE(settings_that_cannot_serve_are_refused_at_once) {
    BOOST_CHECK_THROW(courrier::SmtpTransport("http://127.0.0.1", "a@b"), std::runtime_error);
    BOOST_CHECK_THROW(courrier::SmtpTransport("smtp://127.0.0.1", "a"), std::runtime_error);
    BOOST_CHECK_THROW(courrier::SmsByMail(smtp, ""), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(what_a_stopped_conversation_means) {
    using courrier::judge_smtp;
    BOOST_TEST((judge_smtp(550, SmtpStage::recipient, false) == Delivery::refused));
    BOOST_TEST((judge_smtp(554, SmtpStage::content, true) == Delivery::refused));
    BOOST_TEST((judge_smtp(554, SmtpStage::greeting, false) == Delivery::deferred));
    BOOST_TEST((judge_smtp(530, SmtpStage::sender, false) == Delivery::deferred));
    BOOST_TEST((judge_smtp(451, SmtpStage::content, true) == Delivery::deferred));
    BOOST_TEST((judge_smtp(354, SmtpStage::content, true) == Delivery::in_doubt));
    BOOST_TEST((judge_smtp(354, SmtpStage::content, false) == Delivery::deferred));
    BOOST_TEST((judge_smtp(0, SmtpStage::greeting, false) == Delivery::deferred));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace smtp_transport_tests
