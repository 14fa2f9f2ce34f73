// SPDX-License-Identifier: AGPL-3.0-or-later
// Fast code against the readable reference, on random, edge and hostile inputs. The test program runs once per engine
// (PORTAIL_ED25519_ENGINE).
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/ballot_fast.hpp"
#include "forge.hpp"

namespace ballot_fast_tests {

namespace {

using namespace crypto::ed25519;
using crypto::Belenios2048;
using crypto::Ed25519;
using crypto::Limbs;
using crypto::Toy607;
using Groups = boost::mpl::list<Toy607, Belenios2048, Ed25519>;

std::vector<const Engine*> supported_engines() {
    std::vector<const Engine*> list;
    for (const Engine* e : {&k_plain_engine, &k_avx2_engine, &k_ifma_engine})
        if (e->is_supported()) list.push_back(e);
    return list;
}

// Points of every kind a hostile ballot may hold: members, the identity, small orders, sums of both, other projective writings.
std::vector<Point> hostile_points() {
    std::vector<Point> points{Point{}, Ed25519::generator()};
    for (const char* text : {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                             "0000000000000000000000000000000000000000000000000000000000000000",
                             "8000000000000000000000000000000000000000000000000000000000000000",
                             "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
                             "85fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"})
        points.push_back(*Ed25519::decode_var(text));
    const std::size_t small = points.size();
    for (int i = 0; i < 6; ++i) points.push_back(Ed25519::power_var(Ed25519::generator(), Ed25519::Scalar::random()));
    for (std::size_t i = 0; i < small; ++i) points.push_back(points[i] + points[small + 1]);
    Point scaled = points[small];
    const Field factor = field_from(0) - field_from(3);
    scaled = {scaled.x * factor, scaled.y * factor, scaled.z * factor, scaled.t * factor};
    points.push_back(scaled);
    points.push_back(negate(points[small]));  // limbs far from reduced
    return points;
}

std::vector<Limbs> edge_scalars() {
    std::uint64_t borrow = 0;
    const Limbs last = crypto::subtract_limbs(k_l, Limbs{1}, borrow);
    std::vector<Limbs> scalars{Limbs{},
                               Limbs{1},
                               Limbs{2},
                               Limbs{8},
                               Limbs{9},
                               Limbs{0, 1},
                               last,
                               k_l,
                               Limbs{~0ull, ~0ull, ~0ull, (1ull << 60) - 1},
                               Limbs{0x8888888888888888, 0x8888888888888888, 0x8888888888888888, 0x0888888888888888}};
    for (int i = 0; i < 4; ++i) scalars.push_back(Ed25519::Scalar::random().limbs());
    return scalars;
}

bool same(const std::optional<crypto::BallotFault>& a, const std::optional<crypto::BallotFault>& b) {
    const auto text = [](const auto& f) { return f ? f->check + "|" + f->where : std::string("good"); };
    if (text(a) != text(b)) BOOST_TEST_MESSAGE("plain: " + text(a) + ", fast: " + text(b));
    return text(a) == text(b);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ballot_fast_tests)

BOOST_AUTO_TEST_CASE(signed_digits_add_up) {
    for (const auto& s : edge_scalars())
        for (unsigned width : {3u, 4u, 5u, 8u, 9u, 10u}) {
            const auto digits = signed_digits(s, width);
            const Ed25519::Scalar radix = Ed25519::Scalar::from(1u << width);
            Ed25519::Scalar value;
            for (std::size_t i = digits.count; i-- > 0;) {
                const int d = digits.digit[i];
                BOOST_TEST(std::abs(d) <= 1 << (width - 1));
                const auto digit = Ed25519::Scalar::from(static_cast<std::uint64_t>(std::abs(d)));
                value = value * radix + (d < 0 ? -digit : digit);
            }
            std::string bytes(32, '\0');
            for (std::size_t i = 0; i < 32; ++i) bytes[31 - i] = static_cast<char>(s[i / 8] >> (8 * (i % 8)));
            BOOST_TEST((value == Ed25519::Scalar::reduce(bytes)));
        }
}

BOOST_AUTO_TEST_CASE(chains_of_every_engine_agree_with_the_reference) {
    const auto points = hostile_points();
    const auto scalars = edge_scalars();
    for (const Engine* e : supported_engines()) {
        BOOST_TEST_MESSAGE("engine " << e->name);
        std::vector<ChainTask> tasks;
        for (const auto& p : points) tasks.push_back({p, scalars, true});
        e->run_chains(tasks.data(), tasks.size());
        for (const auto& task : tasks) {
            BOOST_TEST(task.is_member == is_in_subgroup_var(task.base));
            for (std::size_t k = 0; k < scalars.size(); ++k)
                BOOST_TEST(equal(task.products[k], multiply_var(scalars[k], task.base)), e->name << " scalar " << k);
        }
        // Lanes filled in part, any number of scalars, with and without membership; a lonely last task.
        for (std::size_t count = 0; count <= 2 * e->lanes + 1; ++count)
            for (const bool light : {false, true}) {
                std::vector<ChainTask> some;
                for (std::size_t i = 0; i < count; ++i) {
                    const auto from = scalars.begin() + static_cast<std::ptrdiff_t>(i % 5),
                               to = from + static_cast<std::ptrdiff_t>(light ? 1 : i % 4);
                    some.push_back({points[(i + 2) % points.size()], {from, to}, !light && i % 3 != 2});
                }
                e->run_chains(some.data(), some.size());
                for (const auto& task : some) {
                    BOOST_TEST(task.products.size() == task.scalars.size());
                    for (std::size_t k = 0; k < task.scalars.size(); ++k)
                        BOOST_TEST(equal(task.products[k], multiply_var(task.scalars[k], task.base)));
                    BOOST_TEST(task.is_member == (task.test_membership && is_in_subgroup_var(task.base)));
                }
            }
        // One stranger among members, in every lane.
        for (std::size_t count : {e->lanes, 2 * e->lanes + 1})
            for (std::size_t stranger = 0; stranger < count; ++stranger) {
                std::vector<ChainTask> some;
                for (std::size_t i = 0; i < count; ++i) some.push_back({points[8], {scalars.back()}, true});
                some[stranger].base = points[8] + points[2 + stranger % 5];
                e->run_chains(some.data(), some.size());
                const Point of_member = multiply_var(scalars.back(), points[8]),
                            of_stranger = multiply_var(scalars.back(), some[stranger].base);
                for (std::size_t i = 0; i < count; ++i) {
                    BOOST_TEST(some[i].is_member == (i != stranger));
                    BOOST_TEST(equal(some[i].products[0], i == stranger ? of_stranger : of_member));
                }
            }
    }
}

BOOST_AUTO_TEST_CASE(combs_of_every_engine_agree_with_the_reference) {
    const auto points = hostile_points();
    const auto scalars = edge_scalars();
    for (unsigned width : {3u, 4u, 5u, 8u, 10u})
        for (std::size_t i = 0; i < points.size(); i += width == 10 ? 7 : 3) {
            const Comb comb = make_comb(points[i], width), second = make_comb(points[8], 5);
            std::vector<Point> expected;
            for (const auto& s : scalars) expected.push_back(multiply_var(s, points[i]));
            const Point other = multiply_var(scalars[3], points[8]);
            // No term, one or two, in all lanes and numbers of sums.
            for (const Engine* e : supported_engines())
                for (std::size_t count = 0; count <= scalars.size(); ++count) {
                    std::vector<CombSum> sums;
                    for (std::size_t k = 0; k < count; ++k)
                        sums.push_back(
                            {points[(k + 5) % points.size()], {{{&comb, scalars[k]}, {&second, scalars[3]}}}, (k + count) % 3});
                    e->sum_combs(sums);
                    for (std::size_t k = 0; k < count; ++k) {
                        Point sum = sums[k].start;
                        if (sums[k].count > 0) sum = sum + expected[k];
                        if (sums[k].count > 1) sum = sum + other;
                        BOOST_TEST(equal(sums[k].sum, sum), e->name << " width " << width << " sum " << k << " of " << count);
                    }
                }
        }
}

BOOST_AUTO_TEST_CASE(roots_of_every_engine_agree_with_the_reference) {
    std::vector<Field> values{field_from(0), field_from(1), field_from(0) - field_from(1), k_sqrt_minus_one, k_d};
    for (const auto& p : hostile_points()) values.push_back(p.y);
    for (const Engine* e : supported_engines())
        for (std::size_t count = 0; count <= values.size(); ++count) {
            std::vector<Field> some(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
            e->raw_roots(some.data(), count);
            for (std::size_t i = 0; i < count; ++i) BOOST_TEST(equal(some[i], power_p58(values[i])));
        }
}

BOOST_AUTO_TEST_CASE(decoding_many_agrees_with_decoding_one) {
    std::vector<std::string> texts{"", "x", std::string(64, 'f'), std::string(63, '0') + "2",
                                   "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee"};
    for (const auto& p : hostile_points()) texts.push_back(Ed25519::encode(p));
    for (int i = 0; i < 40; ++i) texts.push_back(util::to_hex(util::random_bytes(32)));
    const auto points = Ed25519::decode_many_var({texts.begin(), texts.end()});
    BOOST_REQUIRE(points.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto one = Ed25519::decode_var(texts[i]);
        BOOST_TEST(points[i].has_value() == one.has_value(), texts[i]);
        if (one) BOOST_TEST(Ed25519::encode(*points[i]) == texts[i]);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(group_fast_paths_agree_with_powers, G, Groups) {
    using S = typename G::Scalar;
    const auto base = G::power_var(G::generator(), S::from(7));
    const auto comb = G::make_fixed_base(base, 5);
    std::vector<crypto::PowerTask<G>> tasks;
    const std::vector<S> scalars{S{}, S::from(1), -S::from(1), S::random(), S::random()};
    tasks.push_back({base, scalars, true});
    tasks.push_back({G::identity(), scalars, true});
    G::power_many_var(tasks);
    for (std::size_t k = 0; k < scalars.size(); ++k) {
        BOOST_TEST(G::equal(tasks[0].powers[k], G::power_var(base, scalars[k])));
        BOOST_TEST(G::equal(tasks[1].powers[k], G::identity()));
        const auto product = G::multiply_fixed_many_var({{&base, {{&comb, scalars[k]}, {&G::fixed_generator(), scalars[k]}}}})[0];
        BOOST_TEST(G::equal(product, G::multiply(base, G::power2_var(base, scalars[k], G::generator(), scalars[k]))));
    }
    BOOST_TEST(tasks[0].is_member);
    BOOST_TEST(tasks[1].is_member);
}

BOOST_AUTO_TEST_CASE(prime_group_membership_agrees_on_every_residue) {
    for (int x = 1; x < 607; ++x) {
        const auto a = *Toy607::decode_var(std::to_string(x));
        std::vector<crypto::PowerTask<Toy607>> tasks{{a, {}, true}};
        Toy607::power_many_var(tasks);
        BOOST_TEST(tasks[0].is_member == Toy607::is_member_var(a));
    }
}

// The same verdict and the same fault on good ballots and on each proof, element and field spoiled and signed again.
BOOST_AUTO_TEST_CASE_TEMPLATE(verdicts_agree_on_spoiled_ballots, G, Groups) {
    for (const bool blank : {true, false})
        for (const unsigned max : {1u, 2u}) {
            crypto::ElectionRecord election;
            election.uuid = crypto::make_uuid();
            election.fingerprint = crypto::sha_b64(election.uuid);
            election.questions.push_back({"?", {"a", "b"}, blank, blank ? 1u : 0u, max});
            election.questions.push_back({"?", {"c"}, true, 1, 1});
            const crypto::BallotContext<G> context{election, G::power_var(G::generator(), G::Scalar::from(77))};
            const crypto::FastChecker<G> fast(context, 5);
            const auto sk = G::Scalar::from(5);
            std::vector<std::uint64_t> first = blank ? std::vector<std::uint64_t>{0, 1, 0} : std::vector<std::uint64_t>{1, 0};
            const std::string good = crypto::make_ballot<G>(context, sk, {first, {1, 0}});
            const auto agree = [&](const std::string& text) {
                crypto::BallotFault fault;
                const auto ballot = crypto::read_ballot<G>(text, election, fault);
                BOOST_REQUIRE(ballot.has_value());
                // A listed credential skips its membership test and, being light, takes another way through the lanes.
                return same(crypto::check_ballot<G>(context, *ballot, text, false), fast.check(*ballot, text, false)) &&
                       same(crypto::check_ballot<G>(context, *ballot, text, true), fast.check(*ballot, text, true));
            };
            BOOST_TEST(agree(good));
            if constexpr (std::is_same_v<G, Ed25519>)
                for (const auto& p : hostile_points())
                    BOOST_TEST(agree(
                        test::Forge<G>::sign_with(test::replaced(good, test::value_of(good, "credential"), Ed25519::encode(p)),
                                                  sk)));
            for (const char* key : {"challenge", "response", "alpha", "beta"})
                for (std::size_t at = good.find(std::string("\"") + key); at < good.rfind("\"signature\"");
                     at = good.find(std::string("\"") + key, at + 1)) {
                    const std::string value = test::value_of(good, key, at);
                    const bool element = *key == 'a' || *key == 'b';
                    std::vector<std::string> others{element ? G::encode(G::generator()) : "1",
                                                    element ? G::encode(G::identity()) : "0"};
                    if constexpr (std::is_same_v<G, Ed25519>) {
                        if (element)
                            for (const auto& p : hostile_points()) others.push_back(Ed25519::encode(p));
                    } else if (element) {
                        others.push_back("2");
                        others.push_back(std::is_same_v<G, Toy607> ? "606" : "3");
                    }
                    if (!std::is_same_v<G, Toy607> && others.size() > 4 && at % 3 != 0) others.resize(4);
                    for (const auto& other : others)
                        BOOST_TEST(agree(test::Forge<G>::sign_with(test::replaced(good, value, other, 0, at), sk)));
                }
            BOOST_TEST(agree(test::Forge<G>::sign_with(good, G::Scalar::from(6))));
            BOOST_TEST(agree(test::replaced(good, election.uuid, crypto::make_uuid())));
        }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ballot_fast_tests
