// SPDX-License-Identifier: AGPL-3.0-or-later
// The fast path of the prime groups against plain operations, on random, edge and hostile inputs. The engine is that of the run
// (PORTAIL_PRIME_ENGINE: the suite runs once per engine); its raw functions are tested directly where they are supported.
#include "crypto/ballot_fast.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/hash.hpp"
#include "crypto/prime/numbers.hpp"

namespace fast_tests {

namespace {

using crypto::Belenios2048;
using crypto::BigNumber;
using crypto::Limbs;
using crypto::Toy607;
using crypto::prime::Entry;
using crypto::prime::Plan;
using crypto::prime::Words;
using test::constants_of;
using test::element_of_order;
using test::Groups;
using test::numbers;
using test::ParamsOf;

template <class G>
std::vector<typename G::Scalar> scalars() {
    using S = typename G::Scalar;
    std::vector<S> list{S{}, S::from(1), -S::from(1), S::from(2), -S::from(2), S::from(15), S::from(16), S::from(31), S::from(33)};
    for (const char c : {'\x11', '\x88', '\xff', '\xaa'}) list.push_back(S::reduce(std::string(31, c)));
    for (int i = 0; i < 3; ++i) list.push_back(S::random());
    return list;
}

BigNumber plain_power(const BigNumber& base, const Limbs& exponent, const BigNumber& p) {
    const BigNumber e = crypto::from_words(exponent.data(), exponent.size());
    BigNumber power;
    BN_mod_exp(power.get(), base.get(), e.get(), p.get(), crypto::context());
    return power;
}

std::vector<Limbs> exponents() {
    std::vector<Limbs> list{Limbs{},
                            Limbs{1},
                            Limbs{2},
                            Limbs{15},
                            Limbs{16},
                            Limbs{0, 0, 0, 1ull << 63},
                            Limbs{~0ull, ~0ull, ~0ull, ~0ull},
                            Limbs{0x1111111111111111, 0x1111111111111111, 0x1111111111111111, 0x1111111111111111},
                            Limbs{0x8421084210842108, 0x0842108421084210, 0x1084210842108421, 0x2108421084210842},
                            Limbs{0xaaaaaaaaaaaaaaaa, 0x5555555555555555, 0, 0xf000000000000000},
                            crypto::Belenios2048Params::k_q,
                            crypto::Toy607Params::k_q};
    for (int i = 0; i < 6; ++i) list.push_back(Belenios2048::Scalar::random().limbs());
    return list;
}

std::vector<const crypto::prime::Engine*> supported_engines() {
    std::vector<const crypto::prime::Engine*> list;
    for (const auto* e : {&crypto::prime::k_avx2_engine, &crypto::prime::k_ifma_engine})
        if (e->is_supported()) list.push_back(e);
    return list;
}

template <class G>
void test_raw_powers(const crypto::prime::Engine& engine) {
    const auto& k = constants_of<G>();
    const auto modulus = crypto::make_modulus(k.p, engine);
    const auto bases = numbers<G>();
    const auto es = exponents();
    std::vector<Plan> plans;
    for (const auto& e : es) plans.push_back(crypto::prime::plan_power(e));
    std::vector<Entry> powers(crypto::prime::k_lanes * crypto::prime::k_powers);
    // Any number of lanes filled, each with its own base and exponent.
    std::size_t next = 0;
    for (std::size_t first = 0; first < bases.size(); ++first) {
        const std::size_t count = 1 + first % engine.lanes;
        Words words[8], results[8];
        const std::uint64_t* pointers[8];
        for (std::size_t i = 0; i < count; ++i) {
            crypto::to_words(bases[(first + i) % bases.size()], words[i].data(), crypto::prime::k_words);
            pointers[i] = words[i].data();
        }
        engine.raw_powers(modulus, pointers, count, powers.data());
        for (int round = 0; round < 3; ++round) {
            crypto::prime::PowerJob jobs[8];
            for (std::size_t i = 0; i < count; ++i)
                jobs[i] = {powers.data() + i * crypto::prime::k_powers, &plans[(next + i) % plans.size()], results[i].data()};
            engine.raw_plans(modulus, jobs, count);
            for (std::size_t i = 0; i < count; ++i) {
                const auto expected = plain_power(bases[(first + i) % bases.size()], es[(next + i) % es.size()], k.p);
                BOOST_TEST(BN_cmp(crypto::from_words(results[i].data(), crypto::prime::k_words).get(), expected.get()) == 0);
            }
            next += count;
        }
    }
}

template <class G>
void test_raw_products(const crypto::prime::Engine& engine) {
    const auto modulus = crypto::make_modulus(constants_of<G>().p, engine);
    const auto list = numbers<G>();
    // Entries of all numbers: each times R, by a product of its own.
    std::vector<Entry> entries(list.size());
    std::vector<Words> words(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        crypto::to_words(list[i], words[i].data(), crypto::prime::k_words);
        const Entry* square[] = {&modulus.square};
        const crypto::prime::ProductJob job{words[i].data(), square, 1, nullptr, &entries[i]};
        engine.raw_products(modulus, &job, 1);
    }
    // Every number times every other, in batches of 1 to 8 lanes with 0 to 5 factors.
    for (std::size_t a = 0; a < list.size(); ++a)
        for (std::size_t b = 0; b < list.size(); b += engine.lanes) {
            std::vector<std::vector<const Entry*>> factors;
            std::vector<BigNumber> expected;
            Words results[8];
            std::vector<crypto::prime::ProductJob> jobs;
            const std::size_t count = std::min<std::size_t>(1 + (a + b) % engine.lanes, list.size() - b);
            for (std::size_t i = 0; i < count; ++i) {
                auto& own = factors.emplace_back();
                BigNumber product = list[a];
                for (std::size_t f = 0; f < (a + i) % 6; ++f) {
                    own.push_back(&entries[(b + i + f) % list.size()]);
                    product = G::multiply(product, list[(b + i + f) % list.size()]);
                }
                expected.push_back(product);
            }
            for (std::size_t i = 0; i < count; ++i)
                jobs.push_back({words[a].data(), factors[i].data(), factors[i].size(), results[i].data()});
            engine.raw_products(modulus, jobs.data(), jobs.size());
            for (std::size_t i = 0; i < count; ++i)
                BOOST_TEST(BN_cmp(crypto::from_words(results[i].data(), crypto::prime::k_words).get(), expected[i].get()) == 0);
        }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prime_fast_tests)

BOOST_AUTO_TEST_CASE(plans_add_up_to_the_exponent) {
    using S = Belenios2048::Scalar;
    for (const auto& e : exponents()) {
        const Plan plan = crypto::prime::plan_power(e);
        BOOST_TEST(plan.count <= Plan::k_most_steps);
        S running, total;
        for (std::size_t s = 0; s < plan.count; ++s) {
            if (plan.step[s] == Plan::k_collect) {
                total = total + running;
                continue;
            }
            Limbs bit{};
            bit[plan.step[s] / 64] = 1ull << (plan.step[s] % 64);
            std::string bytes(32, '\0');
            for (std::size_t i = 0; i < 32; ++i) bytes[31 - i] = static_cast<char>(bit[i / 8] >> (8 * (i % 8)));
            running = running + S::reduce(bytes);
        }
        std::string bytes(32, '\0');
        for (std::size_t i = 0; i < 32; ++i) bytes[31 - i] = static_cast<char>(e[i / 8] >> (8 * (i % 8)));
        BOOST_TEST((total + total + running == S::reduce(bytes)));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(raw_powers_agree_with_plain_ones, G, Groups) {
    for (const auto* engine : supported_engines()) test_raw_powers<G>(*engine);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(raw_products_agree_with_plain_ones, G, Groups) {
    for (const auto* engine : supported_engines()) test_raw_products<G>(*engine);
}
BOOST_AUTO_TEST_CASE_TEMPLATE(chains_agree_with_plain_powers, G, Groups) {
    const auto bases = numbers<G>();
    const auto ss = scalars<G>();
    for (std::size_t count = 0; count <= 19; ++count) {
        std::vector<crypto::PowerTask<G>> tasks;
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<typename G::Scalar> own;
            for (std::size_t k = 0; k < (i + count) % 6; ++k) own.push_back(ss[(i + 5 * k + count) % ss.size()]);
            tasks.push_back({bases[(i + 7 * count) % bases.size()], own, i % 3 != 1});
        }
        G::power_many_var(tasks);
        for (const auto& task : tasks) {
            BOOST_REQUIRE(task.powers.size() == task.exponents.size());
            for (std::size_t k = 0; k < task.powers.size(); ++k)
                BOOST_TEST(G::equal(task.powers[k], G::power_var(task.base, task.exponents[k])));
            BOOST_TEST(task.is_member == (task.test_membership && G::is_member_var(task.base)));
        }
    }
}

// One stranger among members, at each place of a batch, is found and found alone.
BOOST_AUTO_TEST_CASE_TEMPLATE(membership_is_judged_one_by_one, G, Groups) {
    const auto list = numbers<G>();
    for (std::size_t place = 0; place < 17; ++place) {
        std::vector<crypto::PowerTask<G>> tasks;
        for (std::size_t i = 0; i < 17; ++i) tasks.push_back({G::power_var(G::generator(), G::Scalar::random()), {}, true});
        tasks[place].base = G::multiply(tasks[place].base, list[3 + place % 2]);  // times an element of order 2 or 3
        G::power_many_var(tasks);
        for (std::size_t i = 0; i < 17; ++i) BOOST_TEST(tasks[i].is_member == (i != place));
    }
    for (const auto& x : list) {
        std::vector<crypto::PowerTask<G>> tasks{{x, {}, true}};
        G::power_many_var(tasks);
        BOOST_TEST(tasks[0].is_member == BN_is_one(plain_power(x, ParamsOf<G>::type::k_q, constants_of<G>().p).get()));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tables_agree_with_plain_powers, G, Groups) {
    const auto list = numbers<G>();
    const auto ss = scalars<G>();
    for (const unsigned width : {3u, 5u, 8u}) {
        std::vector<typename G::FixedBase> bases;
        for (std::size_t i = 0; i < 4; ++i) bases.push_back(G::make_fixed_base(list[i + width], width));
        for (std::size_t count = 0; count <= 18; ++count) {
            std::vector<crypto::FixedTask<G>> tasks;
            std::vector<BigNumber> expected;
            for (std::size_t i = 0; i < count; ++i) {
                tasks.push_back({&list[(i + count) % list.size()], {}});
                expected.push_back(*tasks.back().start);
                for (std::size_t t = 0; t < (i + count) % 4; ++t) {
                    const auto& s = ss[(3 * i + 5 * t + count) % ss.size()];
                    const std::size_t base = (i + t) % bases.size();
                    tasks.back().terms.push_back({&bases[base], s});
                    expected.back() = G::multiply(expected.back(), G::power_var(list[base + width], s));
                }
            }
            const auto products = G::multiply_fixed_many_var(tasks);
            BOOST_REQUIRE(products.size() == count);
            for (std::size_t i = 0; i < count; ++i) BOOST_TEST(G::equal(products[i], expected[i]));
        }
    }
}

// The attack that a random combination of membership tests would let through: an alpha of a good ballot times an element of order
// 2 or 3, all proofs that touch it drawn again until their challenges are multiples of that order, the ballot signed. Every proof
// holds; the membership test alone stands against it.
BOOST_AUTO_TEST_CASE_TEMPLATE(twisted_ciphertexts_with_good_proofs_are_refused, G, Groups) {
    using S = typename G::Scalar;
    crypto::ElectionRecord election;
    election.uuid = "abcdefghijkmnopqrstuvw";
    election.fingerprint = crypto::sha_b64(election.uuid);
    election.questions.push_back({"?", {"a", "b"}, true, 1, 1});
    const auto& question = election.questions[0];
    const crypto::BallotContext<G> context{election, G::power_var(G::generator(), S::from(77))};
    const crypto::FastChecker<G> fast(context, 5);
    for (const unsigned order : {1u, 2u, 3u}) {
        const auto multiple = [&](const S& challenge) {
            const BigNumber c = crypto::from_words(challenge.limbs().data(), 4);
            return BN_mod_word(c.get(), order) == 0;
        };
        crypto::Ballot<G> ballot;
        ballot.election_uuid = election.uuid;
        ballot.election_hash = election.fingerprint;
        const auto sk = S::from(5);
        ballot.credential = crypto::encoded<G>(G::generator_power_secret(sk));
        const std::string Z = crypto::ballot_binding(election, ballot);
        const std::vector<std::uint64_t> plain{0, 1, 0};
        crypto::Answer<G> answer;
        std::vector<S> r;
        auto sum = crypto::neutral_pair<G>();
        for (std::size_t i = 0; i < 3; ++i) {
            r.push_back(S::random());
            auto c = crypto::encrypt<G>(context.y, r[i], S::from(plain[i]));
            if (i == 1 && order > 1) c.alpha = crypto::encoded<G>(G::multiply(c.alpha.point, element_of_order<G>(order)));
            answer.choices.push_back(c);
            std::vector<crypto::Proof<G>> proofs;
            do proofs = crypto::prove_individual<G>(context.y, Z, c, r[i], plain[i]);
            while (!multiple(proofs[0].challenge) || !multiple(proofs[1].challenge));
            answer.individual_proofs.push_back(proofs);
            BOOST_TEST(crypto::verify_individual<G>(context.y, Z, c, proofs));
            if (i != 0) crypto::multiply_into(sum, c);
        }
        const std::string Z2 = crypto::whole_answer(Z, answer.choices);
        do answer.blank_proof = crypto::prove_blank<G>(context.y, Z2, r[0], 0, r[1] + r[2], 1);
        while (!multiple(answer.blank_proof[1].challenge));
        do answer.overall_proof = crypto::prove_overall_blank<G>(context.y, Z2, 1, 1, r[0], 0, r[1] + r[2], 1);
        while (!multiple(answer.overall_proof[1].challenge));
        BOOST_TEST(crypto::verify_blank<G>(context.y, Z2, answer.choices[0], sum, answer.blank_proof));
        BOOST_TEST(crypto::verify_overall_blank<G>(context.y, Z2, answer.choices[0], sum, question.min, question.max,
                                                   answer.overall_proof));
        ballot.answers.push_back(answer);
        std::string text = crypto::write_unsigned(ballot);
        ballot.signature_hash = crypto::sha_b64(text);
        ballot.signature = crypto::prove_knowledge<G>("sig|" + ballot.signature_hash + "|", sk);
        text = crypto::write_signed(text, ballot);
        for (const auto& fault : {crypto::check_ballot<G>(context, ballot, text, false), fast.check(ballot, text, false)}) {
            BOOST_TEST(fault.has_value() == (order > 1));
            if (fault) BOOST_TEST(fault->check + " " + fault->where == "membership answers[0].choices[1].alpha");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fast_tests
