// SPDX-License-Identifier: AGPL-3.0-or-later
// Exponential ElGamal (SPECIFICATION.md 6): alpha = g^r, beta = y^r g^m.
#pragma once

#include "crypto/group.hpp"
#include "crypto/json_text.hpp"

namespace crypto {

// Two elements that decode; membership is checked by whoever trusts them.
template <class G>
struct Ciphertext {
    Encoded<G> alpha, beta;
};

template <class G>
Ciphertext<G> encrypt(const typename G::Element& y, const typename G::Scalar& r, const typename G::Scalar& m) {
    return {encoded<G>(G::generator_power_secret(r)), encoded<G>(G::masked_power_secret(y, r, m))};
}

// Reads an element's writing; not yet a member.
template <class G>
Encoded<G> read_element(Reader& in) {
    const std::string_view text = in.plain_string();
    auto point = in.ok() ? G::decode_var(text) : std::nullopt;
    if (!point) {
        in.fail();
        return {G::identity(), {}};
    }
    return {std::move(*point), std::string(text)};
}

// Its writing alone, to be decoded with others by decode_writings.
template <class G>
Encoded<G> read_writing(Reader& in) {
    return {G::identity(), std::string(in.plain_string())};
}

template <class G>
Ciphertext<G> read_ciphertext(Reader& in, Encoded<G> (*read)(Reader&) = read_element<G>) {
    in.literal(R"({"alpha":)");
    auto alpha = read(in);
    in.literal(R"(,"beta":)");
    auto beta = read(in);
    in.literal("}");
    return {std::move(alpha), std::move(beta)};
}

// Fills in the points of elements whose writings were read; the index of the first that does not decode, or their number.
template <class G>
std::size_t decode_writings(const std::vector<Encoded<G>*>& elements) {
    std::vector<std::string_view> texts;
    texts.reserve(elements.size());
    for (const auto* e : elements) texts.push_back(e->text);
    auto points = G::decode_many_var(texts);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (!points[i]) return i;
        elements[i]->point = std::move(*points[i]);
    }
    return elements.size();
}

template <class G>
std::string write_ciphertext(const Ciphertext<G>& c) {
    return R"({"alpha":")" + c.alpha.text + R"(","beta":")" + c.beta.text + "\"}";
}

// The pair of points alone, for products.
template <class G>
struct PointPair {
    typename G::Element a, b;
};

template <class G>
PointPair<G> neutral_pair() {
    return {G::identity(), G::identity()};
}

template <class G>
void multiply_into(PointPair<G>& product, const Ciphertext<G>& c) {
    product.a = G::multiply(product.a, c.alpha.point);
    product.b = G::multiply(product.b, c.beta.point);
}

}  // namespace crypto
