// SPDX-License-Identifier: AGPL-3.0-or-later
// The transaction of a réassort: old code dead, new one alive, limits, all or nothing.
#include "reassort/issue.hpp"

#include <mutex>
#include <stdexcept>
#include <thread>

#include "domain/escrow.hpp"
#include "reassort_fixture.hpp"

namespace issue_tests {

using reassort::Verdict;

namespace {

struct IssueFixture : test::ReassortFixture {
    db::Connection worker{portal.database.settings("reassort")};
    reassort::Keys keys{portal.settings.secret("numen_pepper"), portal.settings.secret("password_pepper"),
                        portal.settings.secret("escrow_secret_key"),
                        std::string(portal.settings.secret("escrow_public_key").view())};
    reassort::Demand demand{{false, "+33612345678", "+33", false}, test::k_numen, "1971-02-28", ""};
    bool defi_holds = true;
    util::Instant now = test::Portal::noon();
    std::string last_code;
    int announced = 0;
    bool may_send = true;

    static std::string key(int number) { return util::sha256_hex("key" + std::to_string(number)); }

    reassort::Issued issue(int number) {
        const reassort::Post post{[this] { return may_send; },
                                  [this](std::string_view code, unsigned) {
                                      last_code = code;
                                      ++announced;
                                      return std::optional<std::uint64_t>(announced);
                                  }};
        return reassort::issue_code(worker, keys, {1}, demand, defi_holds, key(number), now, post);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(issue_tests, IssueFixture)

BOOST_AUTO_TEST_CASE(the_new_code_opens_the_same_credential_and_the_old_one_nothing) {
    BOOST_TEST(opens(first_code));
    const auto voter_ref = envelope().voter_ref;
    const auto issued = issue(1);
    BOOST_TEST((issued.verdict == Verdict::sent));
    BOOST_TEST(issued.remaining == 2u);
    BOOST_TEST(opens(last_code));
    BOOST_TEST(!opens(first_code));
    BOOST_TEST(envelope().generation == 2u);
    BOOST_TEST(envelope().voter_ref == voter_ref);
}

BOOST_AUTO_TEST_CASE(the_same_key_changes_nothing_more) {
    issue(1);
    const auto code = last_code;
    const auto again = issue(1);
    BOOST_TEST((again.verdict == Verdict::sent));
    BOOST_TEST(again.remaining == 2u);
    BOOST_TEST(announced == 1);
    BOOST_TEST(opens(code));
}

BOOST_AUTO_TEST_CASE(three_are_sent_and_the_fourth_refused) {
    for (int i = 1; i <= 3; ++i) BOOST_TEST((issue(i).verdict == Verdict::sent));
    BOOST_TEST((issue(4).verdict == Verdict::none_left));
    BOOST_TEST(opens(last_code));
    BOOST_TEST(envelope().generation == 4u);
    BOOST_TEST((issue(3).verdict == Verdict::sent));  // the same form again still has its answer
}

BOOST_AUTO_TEST_CASE(wrong_data_are_tries_not_requests) {
    demand.birth_date = "1971-03-28";
    for (int i = 1; i <= 5; ++i) {
        const auto issued = issue(i);
        BOOST_TEST((issued.verdict == Verdict::mismatch));
        BOOST_TEST(issued.remaining == 3u);
    }
    demand.birth_date = "1971-02-28";
    BOOST_TEST((issue(6).verdict == Verdict::too_many_tries));  // even right data wait
    now += std::chrono::hours(24);
    BOOST_TEST((issue(7).verdict == Verdict::sent));
    BOOST_TEST(!opens(first_code));
}

BOOST_AUTO_TEST_CASE(a_wrong_answer_is_a_try_like_any_other) {
    defi_holds = false;
    for (int i = 1; i <= 5; ++i) BOOST_TEST((issue(i).verdict == Verdict::mismatch));
    defi_holds = true;
    BOOST_TEST((issue(6).verdict == Verdict::too_many_tries));
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(the_same_wrong_form_twice_is_one_try) {
    demand.numen = "13E7654321ABD";
    for (int i = 0; i < 9; ++i) BOOST_TEST((issue(1).verdict == Verdict::mismatch));
    BOOST_TEST(count("reassort_request") == 1);
}

BOOST_AUTO_TEST_CASE(a_message_that_cannot_be_queued_undoes_all) {
    const reassort::Post post{[] { return true; },
                              [](std::string_view, unsigned) -> std::optional<std::uint64_t> {
                                  throw std::runtime_error("no outbox");
                              }};
    BOOST_CHECK_THROW((void)reassort::issue_code(worker, keys, {1}, demand, true, key(1), now, post), std::runtime_error);
    BOOST_TEST(opens(first_code));
    BOOST_TEST(count("reassort_request") == 0);
}

BOOST_AUTO_TEST_CASE(a_spent_budget_of_messages_changes_nothing) {
    may_send = false;
    BOOST_TEST((issue(1).verdict == Verdict::busy));
    BOOST_TEST(opens(first_code));
    BOOST_TEST(count("reassort_request") == 0);
    may_send = true;
    BOOST_TEST((issue(1).verdict == Verdict::sent));
}

BOOST_AUTO_TEST_CASE(a_wrong_escrow_key_changes_nothing) {
    auto other = domain::make_escrow_keys();
    keys.escrow_secret_key = std::move(other.secret_key);
    keys.escrow_public_key = other.public_key;
    BOOST_CHECK_THROW((void)issue(1), std::runtime_error);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(without_codes_or_struck_off_nothing_can_be_issued) {
    db.execute("UPDATE voter SET struck_off_at = '2026-11-01 00:00:00'");
    BOOST_TEST((issue(1).verdict == Verdict::not_ready));
    db.execute("UPDATE voter SET struck_off_at = NULL");
    db.execute("DELETE FROM escrow");
    BOOST_TEST((issue(1).verdict == Verdict::not_ready));
    db.execute("DELETE FROM envelope");
    BOOST_TEST((issue(1).verdict == Verdict::not_ready));
}

BOOST_AUTO_TEST_CASE(requests_at_the_same_time_follow_each_other) {
    // Eight forms of one elector at once: three codes, and the last announced one is the one that opens.
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::vector<std::string> codes;
    int refused = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            db::Connection own(portal.database.settings("reassort"));
            std::string code;
            const reassort::Post post{[] { return true; },
                                      [&](std::string_view given, unsigned) {
                                          code = given;
                                          return std::optional<std::uint64_t>();
                                      }};
            const auto issued = reassort::issue_code(own, keys, {1}, demand, true, key(i), now, post);
            const std::lock_guard lock(mutex);
            if (issued.verdict == Verdict::sent) codes.push_back(code);
            if (issued.verdict == Verdict::none_left) ++refused;
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(codes.size() == 3u);
    BOOST_TEST(refused == 5);
    BOOST_TEST(envelope().generation == 4u);
    int opening = 0;
    for (const auto& code : codes) opening += opens(code) ? 1 : 0;
    BOOST_TEST(opening == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace issue_tests
