// SPDX-License-Identifier: AGPL-3.0-or-later
// People who try passwords for others: they keep nobody out. The owner enters with the browser he entered with before; a network where many tries
// fail calculates first; right passwords are no one's quota.
#include <sodium.h>

#include <array>

#include "account/account_fixture.hpp"
#include "account/sign_in.hpp"
#include "domain/nfc.hpp"
#include "web/known_device.hpp"

namespace abuse_tests {

namespace {

// As domain::hash_secret made them in a year of smaller machines.
std::string weaker_hash(std::string_view pepper, std::string_view password) {
    const std::string key = util::hmac_sha256(pepper, domain::to_nfc(password).value());
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    BOOST_REQUIRE(crypto_pwhash_argon2id_str(text.data(), key.data(), key.size(), 1, 8 * 1024 * 1024) == 0);
    return text.data();
}

struct Fixture : test::AccountFixture {
    explicit Fixture(const std::string& extra_settings = "") : test::AccountFixture("2026", extra_settings) {}

    std::int64_t failures() { return admin().select_one("SELECT failed_count FROM account WHERE voter_id = 7")->number(0); }
    // What the browser keeps of an answer's device cookie, as "name=value".
    static std::string device_in(const test::Page& page) {
        const std::string start = std::string(web::k_device_cookie) + "=";
        const auto [from, to] = page.headers.equal_range("Set-Cookie");
        for (auto it = from; it != to; ++it)
            if (it->second.starts_with(start)) return it->second.substr(0, it->second.find(';'));
        return "";
    }
    void use(const std::string& cookies, const std::string& ip = "192.0.2.7") {
        portal.cookie.clear();
        portal.next_request.cookie = cookies;
        portal.next_request.client_ip = ip;
        portal.get("/connexion");
    }
    // Somebody else: another browser, another network.
    test::Page attack(const std::string& address = k_address) {
        use("", "198.51.100." + std::to_string(++attacks_ % 250));
        return enter(address, "Mauvais-1");
    }
    void count_as(const std::string& rule_and_subject, util::Instant window, unsigned count) {
        admin().execute("REPLACE INTO throttle (key_hash, window_start, count) VALUES (?, ?, ?)",
                        {util::sha256_hex(rule_and_subject), util::to_sql(window), count});
    }
    // The failures of a network, as so many wrong passwords would leave them.
    void fill(const std::string& network, unsigned count) { count_as("sign-in-failures|" + network, window(), count); }
    util::Instant window() {
        const auto seconds = portal.clock.now().time_since_epoch().count();
        return util::Instant{std::chrono::seconds{seconds - seconds % account::k_network_window}};
    }
    static std::string answer_to(const test::Page& page) {
        const std::string before = "data-effort=\"";
        const auto at = page.body.find(before);
        BOOST_REQUIRE(at != std::string::npos);
        const auto from = at + before.size();
        const std::string challenge = page.body.substr(from, page.body.find('"', from) - from);
        for (std::uint64_t number = 0;; ++number) {
            const std::string digest = util::sha256(challenge + "." + std::to_string(number));
            if (digest[0] == 0 && digest[1] == 0 && (static_cast<unsigned char>(digest[2]) >> 6) == 0)
                return std::to_string(number);
        }
    }
    test::Page enter_with(const std::string& number, const std::string& password = k_password) {
        return portal.post("/connexion",
                           {{"adresse", k_address}, {"mot_de_passe", password}, {"suite", "/profil"}, {"effort", number}});
    }
    unsigned attacks_ = 0;
};

struct Declared : Fixture {
    Declared() : Fixture("[networks]\ndeclared = [\"192.0.2.0/24 9000\"]\n") {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(abuse_tests, Fixture)

BOOST_AUTO_TEST_CASE(a_browser_that_entered_before_enters_while_others_try_passwords) {
    const auto first = enter(k_address, k_password);
    const std::string device = device_in(first);
    BOOST_REQUIRE(!device.empty());
    BOOST_TEST(first.headers.count("Set-Cookie") == 2U);
    // As after ten thousand tries by others, and a few more.
    const auto now = portal.clock.now();
    const auto hour = util::Instant{std::chrono::floor<std::chrono::hours>(now.time_since_epoch())};
    admin().execute("UPDATE account SET failed_count = 10000, retry_at = ?", {util::to_sql(now + std::chrono::minutes{15})});
    count_as("sign-in-address|" + std::string(k_address), hour, 10'000);
    for (unsigned i = 0; i < 5; ++i) attack();
    use("");
    BOOST_TEST(enter(k_address, k_password).status == 400);  // from anywhere else: in the delay
    use(device);
    BOOST_TEST(enter(k_address, k_password).status == 303);
    BOOST_TEST(failures() == 0);
}

BOOST_AUTO_TEST_CASE(wrong_passwords_of_a_known_browser_do_not_count_against_the_account_and_end) {
    const std::string device = device_in(enter(k_address, k_password));
    use(device);
    for (unsigned i = 1; i < account::k_failures_per_device; ++i) enter(k_address, "Mauvais-1");
    BOOST_TEST(failures() == 0);
    for (unsigned i = 0; i < 6; ++i) enter(k_address, "Mauvais-1");  // as from any browser now
    BOOST_TEST(failures() >= 4);
    BOOST_TEST(failures() <= 6);
    wait(std::chrono::seconds{account::k_device_window});
    BOOST_TEST(enter(k_address, k_password).status == 303);
}

BOOST_AUTO_TEST_CASE(the_cookie_of_one_address_says_nothing_for_another_nor_altered_nor_old) {
    const std::string device = device_in(enter(k_address, k_password));
    const auto value = device.substr(device.find('=') + 1);
    const auto pepper = portal.settings.secret("password_pepper");
    const auto known = [&](const std::string& cookie, const char* address, util::Instant now) {
        return web::known_device(pepper.view(), cookie, address, now).has_value();
    };
    const auto now = portal.clock.now();
    BOOST_TEST(known(value, k_address, now));
    BOOST_TEST(!known(value, "bob@ac-poitiers.example", now));
    BOOST_TEST(!known(value, "", now));
    BOOST_TEST(!known("", k_address, now));
    BOOST_TEST(!known(value.substr(1), k_address, now));
    BOOST_TEST(known(value, k_address, now + web::k_device_kept));
    BOOST_TEST(!known(value, k_address, now + web::k_device_kept + std::chrono::hours{48}));
    for (std::size_t i = 0; i < value.size(); ++i) {
        std::string other = value;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        BOOST_TEST(!known(other, k_address, now));
    }
}

BOOST_AUTO_TEST_CASE(of_a_browser_of_several_people_the_last_three_stay_known) {
    const auto pepper = portal.settings.secret("password_pepper");
    const auto now = portal.clock.now();
    std::string cookie;
    const auto remember = [&](const std::string& address) {
        web::Response response;
        web::remember_device(response, pepper.view(), cookie, address, now);
        cookie = response.cookies.at(0).value;
    };
    const auto name = [&](const std::string& address) { return web::known_device(pepper.view(), cookie, address, now); };
    remember("a@x.example");
    const auto before = name("a@x.example");
    remember("b@x.example");
    remember("a@x.example");
    BOOST_TEST(name("a@x.example").value() == before.value());  // the same name: its count goes on
    remember("c@x.example");
    remember("d@x.example");
    BOOST_TEST(name("d@x.example").has_value());
    BOOST_TEST(name("c@x.example").has_value());
    BOOST_TEST(name("a@x.example").has_value());
    BOOST_TEST(!name("b@x.example").has_value());
}

BOOST_AUTO_TEST_CASE(right_passwords_use_up_nothing_of_a_network) {
    for (int i = 0; i < 20; ++i) {
        use("");
        BOOST_REQUIRE(enter(k_address, k_password).status == 303);
    }
    BOOST_TEST(count("throttle WHERE key_hash = '" + util::sha256_hex("sign-in-failures|192.0.2.0/24") + "'") == 0);
    use("");
    enter(k_address, "Mauvais-1");
    BOOST_TEST(count("throttle WHERE key_hash = '" + util::sha256_hex("sign-in-failures|192.0.2.0/24") + "'") == 1);
}

BOOST_AUTO_TEST_CASE(where_many_fail_a_browser_calculates_first_and_a_known_one_does_not) {
    const std::string device = device_in(enter(k_address, k_password));
    fill("192.0.2.0/24", account::k_failures_per_network);
    use("");
    const auto asked = enter(k_address, k_password, "/profil");
    BOOST_TEST(asked.status == 429);
    BOOST_TEST(asked.has("data-effort=\""));
    BOOST_TEST(asked.has("Recevoir un lien par courriel"));  // who has no script
    BOOST_TEST(asked.has("name=\"adresse\" value=\"zoe@ac-poitiers.example\""));
    const std::string number = answer_to(asked);
    BOOST_TEST(enter_with("1").status == 429);
    BOOST_TEST(enter_with("x").status == 429);
    BOOST_TEST(enter_with(number, "Mauvais-1").status == 400);
    BOOST_TEST(enter_with(number).status == 429);  // each number once
    use(device);
    BOOST_TEST(enter(k_address, k_password).status == 303);
    use("", "203.0.113.5");
    BOOST_TEST(enter(k_address, k_password).status == 303);  // elsewhere nothing is asked
}

BOOST_AUTO_TEST_CASE(the_calculation_lets_the_right_password_in) {
    fill("192.0.2.0/24", account::k_failures_per_network);
    use("");
    const std::string number = answer_to(enter(k_address, k_password, "/profil"));
    BOOST_TEST(enter_with(number).header("Location") == "/profil");
}

BOOST_FIXTURE_TEST_CASE(a_declared_network_may_fail_as_much_as_its_people, Declared) {
    fill("192.0.2.0/24", 3 * account::k_failures_per_network - 1);
    use("");
    BOOST_TEST(enter(k_address, "Mauvais-1").status == 400);
    use("");
    BOOST_TEST(enter(k_address, k_password).status == 429);
}

BOOST_AUTO_TEST_CASE(a_list_of_stolen_passwords_is_seen_and_costs_its_network_an_effort) {
    portal.next_request.client_ip = "198.51.100.4";
    for (int i = 0; i < 50; ++i)
        BOOST_REQUIRE(enter("agent" + std::to_string(i) + "@ac-poitiers.example", "Ete-2024").status == 400);
    BOOST_TEST(enter("agent51@ac-poitiers.example", "Ete-2024").status == 429);
    use("");
    BOOST_TEST(enter(k_address, k_password).status == 303);
}

BOOST_AUTO_TEST_CASE(where_strangers_write_too_often_to_the_assistance_a_browser_calculates_and_nothing_is_lost) {
    const auto hour = util::Instant{std::chrono::floor<std::chrono::hours>(portal.clock.now().time_since_epoch())};
    count_as("help-network|192.0.2.0/24", hour, 200);
    portal.get("/assistance");
    const test::Portal::Fields typed{{"academie", "poitiers"},
                                     {"adresse", k_address},
                                     {"objet", "Rien reçu"},
                                     {"message", "Bonjour,\r\n« rien »."}};
    const auto asked = portal.post("/assistance", typed);
    BOOST_TEST(asked.status == 429);
    BOOST_TEST(asked.has("« rien »."));
    auto again = typed;
    again.emplace_back("effort", answer_to(asked));
    BOOST_TEST(portal.post("/assistance", again).header("Location") == "/assistance/recue");
    BOOST_TEST(admin().select_one("SELECT body FROM assistance")->text(0) == "Bonjour,\r\n« rien ».");
}

BOOST_AUTO_TEST_CASE(an_older_hash_is_made_anew_at_the_sign_in) {
    const std::string today = admin().select_one("SELECT password_hash FROM account WHERE voter_id = 7")->text(0);
    const auto pepper = portal.settings.secret("password_pepper");
    admin().execute("UPDATE account SET password_hash = ? WHERE voter_id = 7", {weaker_hash(pepper.view(), k_password)});
    BOOST_TEST(enter(k_address, "Mauvais-1").status == 400);
    BOOST_TEST(domain::is_outdated(admin().select_one("SELECT password_hash FROM account WHERE voter_id = 7")->text(0)));
    BOOST_TEST(enter(k_address, k_password).status == 303);
    const std::string renewed = admin().select_one("SELECT password_hash FROM account WHERE voter_id = 7")->text(0);
    BOOST_TEST(!domain::is_outdated(renewed));
    BOOST_TEST(renewed.substr(0, 30) == today.substr(0, 30));  // the same parameters
    use("");
    BOOST_TEST(enter(k_address, k_password).status == 303);
    BOOST_TEST(admin().select_one("SELECT password_hash FROM account WHERE voter_id = 7")->text(0) == renewed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace abuse_tests
