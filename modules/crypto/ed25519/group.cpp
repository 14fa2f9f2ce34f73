// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/ed25519/group.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "util/ensure.hpp"

namespace crypto {

namespace {

using Bytes = std::array<unsigned char, 32>;  // RFC 8032 order
using ed25519::Point;

constexpr char k_hex[] = "0123456789abcdef";

std::string to_text(const Limbs& w) {
    std::string text(64, '0');
    for (std::size_t i = 0; i < 64; ++i) text[63 - i] = k_hex[(w[i / 16] >> (4 * (i % 16))) & 15];
    return text;
}

Limbs to_limbs(const Bytes& bytes) {
    Limbs w{};
    for (std::size_t i = 0; i < 32; ++i) w[i / 8] |= static_cast<std::uint64_t>(bytes[i]) << (8 * (i % 8));
    return w;
}

Bytes to_bytes(const Point& p) {
    const Limbs w = ed25519::compress(p);
    Bytes bytes;
    for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<unsigned char>(w[i / 8] >> (8 * (i % 8)));
    return bytes;
}

Bytes to_bytes(const Ed25519::Scalar& s) {
    Bytes bytes;
    s.store_little_endian(bytes.data());
    return bytes;
}

void wipe(Bytes& bytes) { sodium_memzero(bytes.data(), bytes.size()); }

// The results below are about to be published.
Point to_point(const Bytes& bytes) {
    mark_public(bytes.data(), bytes.size());
    const auto p = ed25519::decompress_var(to_limbs(bytes));
    ENSURE(p.has_value());
    return *p;
}

Bytes base_multiple(const Ed25519::Scalar& s) {
    Bytes scalar = to_bytes(s), product;
    // The status only says that the product is the identity, which is written all the same.
    (void)crypto_scalarmult_ed25519_base_noclamp(product.data(), scalar.data());
    wipe(scalar);
    return product;
}

Bytes multiple(const Point& p, const Ed25519::Scalar& s) {
    if (ed25519::is_identity(p)) return to_bytes(p);  // the base is public; libsodium refuses it
    Bytes scalar = to_bytes(s), product;
    const Bytes base = to_bytes(p);
    // As above for a zero scalar; the other reason to refuse, a base outside the subgroup, is the caller's fault.
    const int status = crypto_scalarmult_ed25519_noclamp(product.data(), scalar.data(), base.data());
    wipe(scalar);
    mark_public(&status, sizeof status);
    ENSURE(status == 0 || s.is_zero());
    return product;
}

}  // namespace

namespace {

// 64 lower-case hex digits, big-endian.
bool read_hex(std::string_view text, Limbs& w) {
    if (text.size() != 64) return false;
    w = {};
    for (std::size_t i = 0; i < 64; ++i) {
        const char c = text[63 - i];
        std::uint64_t digit = 0;
        if (c >= '0' && c <= '9') digit = static_cast<std::uint64_t>(c - '0');
        else if (c >= 'a' && c <= 'f') digit = static_cast<std::uint64_t>(c - 'a') + 10;
        else return false;
        w[i / 16] |= digit << (4 * (i % 16));
    }
    return true;
}

}  // namespace

std::optional<Point> Ed25519::decode_var(std::string_view text) {
    Limbs w;
    if (!read_hex(text, w)) return std::nullopt;
    return ed25519::decompress_var(w);
}

// The square roots go through the engine together.
std::vector<std::optional<Point>> Ed25519::decode_many_var(const std::vector<std::string_view>& texts) {
    std::vector<ed25519::HalfPoint> halves(texts.size());
    std::vector<ed25519::Field> roots(texts.size());
    std::vector<bool> good(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Limbs w;
        good[i] = read_hex(texts[i], w) && ed25519::begin_decompress_var(w, halves[i]);
        if (good[i]) roots[i] = halves[i].radicand;
    }
    ed25519::engine().raw_roots(roots.data(), roots.size());
    std::vector<std::optional<Point>> points(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (good[i]) points[i] = ed25519::end_decompress_var(halves[i], roots[i]);
    return points;
}

std::string Ed25519::encode(const Element& a) { return to_text(ed25519::compress(a)); }

// One inversion for all (Montgomery's trick): running products of the Z, then back.
std::vector<std::string> Ed25519::encode_all(const std::vector<Element>& many) {
    using ed25519::Field;
    std::vector<std::string> texts(many.size());
    std::vector<Field> before(many.size());
    Field product = ed25519::field_from(1);
    for (std::size_t i = 0; i < many.size(); ++i) {
        before[i] = product;
        product = product * many[i].z;
    }
    Field inverse = ed25519::invert(product);
    for (std::size_t i = many.size(); i-- > 0;) {
        const Field z_inverse = inverse * before[i];
        inverse = inverse * many[i].z;
        Limbs w = ed25519::to_limbs(many[i].y * z_inverse);
        w[3] |= (ed25519::to_limbs(many[i].x * z_inverse)[0] & 1) << 63;
        texts[i] = to_text(w);
    }
    return texts;
}

const Point& Ed25519::generator() {
    static const Point b = [] {
        const auto p = decode_var("6666666666666666666666666666666666666666666666666666666666666658");
        ENSURE(p.has_value());
        return *p;
    }();
    return b;
}

const Point& Ed25519::inverse_generator() {
    static const Point b = ed25519::negate(generator());
    return b;
}

Point Ed25519::generator_power_secret(const Scalar& s) { return to_point(base_multiple(s)); }

std::string Ed25519::generator_power_text_secret(const Scalar& s) {
    const Bytes product = base_multiple(s);
    mark_public(product.data(), product.size());
    return to_text(to_limbs(product));
}

Point Ed25519::power_secret(const Element& a, const Scalar& s) { return to_point(multiple(a, s)); }

Point Ed25519::masked_power_secret(const Element& a, const Scalar& s, const Scalar& t) {
    Bytes left = multiple(a, s), right = base_multiple(t), sum;
    const int status = crypto_core_ed25519_add(sum.data(), left.data(), right.data());
    mark_public(&status, sizeof status);
    ENSURE(status == 0);
    wipe(left);
    wipe(right);
    return to_point(sum);
}

util::SecretText Ed25519::product_text_secret(const Element& b, const Element& a, const Scalar& s) {
    Bytes left = to_bytes(b), right = multiple(a, s), product;
    const int status = crypto_core_ed25519_add(product.data(), left.data(), right.data());
    mark_public(&status, sizeof status);
    ENSURE(status == 0);
    wipe(right);
    std::reverse(product.begin(), product.end());
    std::string text(2 * product.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), product.data(), product.size());  // in constant time
    wipe(product);
    text.pop_back();
    return util::SecretText(std::move(text));
}

const ed25519::Comb& Ed25519::fixed_generator() {
    static const FixedBase comb = make_fixed_base(generator(), 8);
    return comb;
}

std::vector<Point> Ed25519::multiply_fixed_many_var(const std::vector<FixedTask<Ed25519>>& tasks) {
    std::vector<ed25519::CombSum> sums(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        sums[i].start = *tasks[i].start;
        sums[i].count = tasks[i].terms.size();
        ENSURE(sums[i].count <= sums[i].terms.size());
        for (std::size_t k = 0; k < sums[i].count; ++k)
            sums[i].terms[k] = {tasks[i].terms[k].first, tasks[i].terms[k].second.limbs()};
    }
    ed25519::engine().sum_combs(sums);
    std::vector<Point> products(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) products[i] = sums[i].sum;
    return products;
}

void Ed25519::power_many_var(std::vector<PowerTask<Ed25519>>& tasks) {
    std::vector<ed25519::ChainTask> chains;
    chains.reserve(tasks.size());
    for (const auto& task : tasks) {
        auto& chain = chains.emplace_back(ed25519::ChainTask{task.base, {}, task.test_membership});
        for (const auto& s : task.exponents) chain.scalars.push_back(s.limbs());
    }
    ed25519::engine().run_chains(chains.data(), chains.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        tasks[i].powers = std::move(chains[i].products);
        tasks[i].is_member = chains[i].is_member;
    }
}

}  // namespace crypto
