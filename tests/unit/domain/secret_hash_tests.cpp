// SPDX-License-Identifier: AGPL-3.0-or-later
// The stored form of passwords and answers.
#include "domain/secret_hash.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <future>
#include <new>

#include "domain/argon2id.hpp"
#include "util/bytes.hpp"

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

// Two libraries write and read one form: what was stored before is good, and what is stored now is read by any other.
BOOST_AUTO_TEST_CASE(the_stored_form_is_libsodiums) {
    const std::string key = util::hmac_sha256("pepper", "Élève-92");
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    BOOST_REQUIRE(crypto_pwhash_argon2id_str(text.data(), key.data(), key.size(), 2, 19 * 1024 * 1024) == 0);
    BOOST_TEST(verify_secret("pepper", "Élève-92", text.data()));
    BOOST_TEST(!verify_secret("pepper", "Élève-93", text.data()));
    const std::string ours = hash_secret("pepper", "Élève-92");
    BOOST_TEST(!is_outdated(ours));
    ours.copy(text.data(), ours.size() + 1);
    text.at(ours.size()) = '\0';
    BOOST_TEST(crypto_pwhash_argon2id_str_verify(text.data(), key.data(), key.size()) == 0);
    // Of other parameters.
    BOOST_REQUIRE(crypto_pwhash_argon2id_str(text.data(), key.data(), key.size(), 1, 8 * 1024 * 1024) == 0);
    BOOST_TEST(verify_secret("pepper", "Élève-92", text.data()));
    BOOST_TEST(!verify_secret("pepper", "Élève-93", text.data()));
    BOOST_TEST(is_outdated(text.data()));
}

BOOST_AUTO_TEST_CASE(a_damaged_stored_form_opens_nothing) {
    const std::string hash = hash_secret("pepper", "Élève-92");
    for (std::size_t length = 0; length < hash.size(); ++length)
        BOOST_TEST(!verify_secret("pepper", "Élève-92", hash.substr(0, length)));
    for (const char* more : {"A", "=", "$", " ", "\n"}) BOOST_TEST(!verify_secret("pepper", "Élève-92", hash + more));
    std::string other = hash;
    other.back() = other.back() == 'A' ? 'B' : 'A';
    BOOST_TEST(!verify_secret("pepper", "Élève-92", other));
}

// A thread computes in the same memory again and again: nothing of one hash enters the next.
BOOST_AUTO_TEST_CASE(hashes_one_after_the_other_and_side_by_side_are_the_same) {
    const std::array<unsigned char, k_argon2id_salt_bytes> salt{7};
    const auto first = argon2id("secret", salt, 2, 19456);
    argon2id("another", salt, 1, 8192);
    BOOST_TEST(argon2id("secret", salt, 2, 19456) == first);
    auto other = std::async(std::launch::async, [&] { return argon2id("secret", salt, 2, 19456); });
    BOOST_TEST(argon2id("secret", salt, 2, 19456) == first);
    BOOST_TEST(other.get() == first);
    BOOST_CHECK_THROW(argon2id("secret", salt, 2, 4'000'000'000U), std::bad_alloc);
    BOOST_TEST(argon2id("secret", salt, 2, 19456) == first);
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
