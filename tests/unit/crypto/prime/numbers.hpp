// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers that a hostile ballot may hold in a prime group, for the suites of its fast path and of its decimal writing.
#pragma once

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/groups.hpp"
#include "crypto/prime/constants.hpp"

namespace test {

using crypto::BigNumber;
using Groups = boost::mpl::list<crypto::Toy607, crypto::Belenios2048>;

template <class G>
struct ParamsOf;
template <class P>
struct ParamsOf<crypto::PrimeGroup<P>> {
    using type = P;
};
template <class G>
const auto& constants_of() {
    return crypto::constants<typename ParamsOf<G>::type>();
}

// a^((p-1)/order) for the first small a that gives an element of that order.
template <class G>
BigNumber element_of_order(unsigned order) {
    const auto& k = constants_of<G>();
    for (unsigned a = 2;; ++a) {
        BigNumber base, exponent, power;
        BN_set_word(base.get(), a);
        BN_copy(exponent.get(), k.p.get());
        BN_sub_word(exponent.get(), 1);
        BOOST_REQUIRE(BN_div_word(exponent.get(), order) == 0);
        BN_mod_exp(power.get(), base.get(), exponent.get(), k.p.get(), crypto::context());
        if (!BN_is_one(power.get())) return power;
    }
}

// Every kind of number a hostile ballot may hold: ends of the range, small orders, members times those, long runs of ones.
template <class G>
std::vector<BigNumber> numbers() {
    const auto& k = constants_of<G>();
    std::vector<BigNumber> list{G::identity(), G::generator(), G::inverse_generator(), element_of_order<G>(2),
                                element_of_order<G>(3)};
    for (unsigned distance = 2; distance < 5; ++distance) {
        BigNumber near = k.p, small;
        BN_sub_word(near.get(), distance);
        BN_set_word(small.get(), distance);
        list.push_back(near);
        list.push_back(small);
    }
    for (int bits = 3; bits < BN_num_bits(k.p.get()); bits = bits * 3 / 2 + 1) {
        BigNumber ones;
        BN_set_bit(ones.get(), bits);
        list.push_back(ones);
        BN_sub_word(ones.get(), 1);
        list.push_back(ones);
    }
    for (int i = 0; i < 3; ++i) {
        list.push_back(G::power_var(G::generator(), G::Scalar::random()));
        list.push_back(G::multiply(list.back(), list[3]));
        list.push_back(G::multiply(list[list.size() - 2], list[4]));
    }
    return list;
}

}  // namespace test
