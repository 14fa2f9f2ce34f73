// SPDX-License-Identifier: AGPL-3.0-or-later
// The stored form of passwords and answers.
#include "domain/secret_hash.hpp"

#include <boost/test/unit_test.hpp>

#include <time.h>

#include <algorithm>

namespace secret_hash_tests {

using namespace domain;

BOOST_AUTO_TEST_CASE(a_stored_password_is_found_again_and_no_other) {
    const std::string hash = hash_secret("pepper", "Élève-92");
    BOOST_TEST(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    BOOST_TEST(hash.size() <= 160U);
    BOOST_TEST(verify_secret("pepper", "Élève-92", hash));
    BOOST_TEST(verify_secret("pepper", "E\u0301le\u0300ve-92", hash));  // the other keyboard's accents
    BOOST_TEST(!verify_secret("pepper", "élève-92", hash));
    BOOST_TEST(!verify_secret("pepper", "Élève-92 ", hash));
    BOOST_TEST(!verify_secret("other pepper", "Élève-92", hash));
    BOOST_TEST(!verify_secret("pepper", "Élève-92", "$argon2id$garbage"));
    BOOST_TEST(!verify_secret("pepper", "Élève-92", ""));
    BOOST_TEST(hash != hash_secret("pepper", "Élève-92"));  // a salt each
}

BOOST_AUTO_TEST_CASE(passwords_are_never_cut) {
    const std::string stem = "Abcdefghijklmnopqrstuv1";  // 23, then a 24th that differs
    const std::string hash = hash_secret("pepper", stem + "x");
    BOOST_TEST(!verify_secret("pepper", stem + "y", hash));
    BOOST_TEST(!verify_secret("pepper", stem, hash));
}

BOOST_AUTO_TEST_CASE(the_dummy_works_as_long_as_a_verification) {
    const std::string hash = hash_secret("pepper", "Élève-92");
    BOOST_TEST(!verify_dummy("pepper", "first call makes the dummy"));
    // This thread's processor time, so that a busy machine does not count.
    const auto time = [](auto&& work) {
        const auto now = [] {
            timespec at{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
            return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
        };
        double best = 1e9;
        for (int i = 0; i < 7; ++i) {
            const double start = now();
            work();
            best = std::min(best, now() - start);
        }
        return best;
    };
    const double real = time([&] { BOOST_TEST(!verify_secret("pepper", "wrong", hash)); });
    const double dummy = time([&] { BOOST_TEST(!verify_dummy("pepper", "wrong")); });
    BOOST_TEST(dummy > 0.4 * real);
    BOOST_TEST(dummy < 2.5 * real);
}

}  // namespace secret_hash_tests
