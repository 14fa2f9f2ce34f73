// SPDX-License-Identifier: AGPL-3.0-or-later
// Logos that pages show: PNGs of every kind that are taken, and the same with one thing wrong.
#include <zlib.h>

#include <boost/test/unit_test.hpp>

#include "domain/logo.hpp"
#include "util/bytes.hpp"

namespace logo_tests {

namespace {

std::string number(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}
std::string chunk(const std::string& name, const std::string& data) {
    const std::string named = name + data;
    const auto sum = crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
    return number(static_cast<std::uint32_t>(data.size())) + named + number(static_cast<std::uint32_t>(sum));
}
std::string packed(const std::string& pixels) {
    uLongf length = compressBound(pixels.size());
    std::string bytes(length, '\0');
    compress(reinterpret_cast<Bytef*>(bytes.data()), &length, reinterpret_cast<const Bytef*>(pixels.data()), pixels.size());
    bytes.resize(length);
    return bytes;
}
const std::string k_start("\x89PNG\r\n\x1a\n", 8), k_end = chunk("IEND", "");
std::string header(unsigned width, unsigned height, char depth, char color, char interlaced = 0) {
    return chunk("IHDR", number(width) + number(height) + std::string{depth, color, 0, 0, interlaced});
}
struct Kind {
    char depth, color;
    unsigned channels;
};
std::string pixels_of(unsigned width, unsigned height, const Kind& kind) {
    return std::string((1 + (width * kind.channels * static_cast<unsigned>(kind.depth) + 7) / 8) * height, '\0');
}
const Kind k_rgb{8, 2, 3};
std::string png(unsigned width, unsigned height, const Kind& kind = k_rgb) {
    return k_start + header(width, height, kind.depth, kind.color) + (kind.color == 3 ? chunk("PLTE", "rgb") : "") +
           chunk("IDAT", packed(pixels_of(width, height, kind))) + k_end;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(logo_tests)

BOOST_AUTO_TEST_CASE(whole_pngs_of_every_kind_are_taken_with_their_size) {
    for (const Kind& kind : {Kind{8, 0, 1}, {1, 0, 1}, {4, 0, 1}, k_rgb, {8, 3, 1}, {2, 3, 1}, {8, 4, 2}, {8, 6, 4}}) {
        const auto size = domain::logo_size(png(100, 61, kind));
        BOOST_REQUIRE_MESSAGE(size, "colour " << int{kind.color});
        BOOST_TEST((size->width == 100 && size->height == 61));
    }
    const std::string pixels = packed(pixels_of(20, 20, k_rgb));
    BOOST_TEST(domain::logo_size(k_start + header(20, 20, 8, 2) + chunk("gAMA", number(45455)) +
                                 chunk("IDAT", pixels.substr(0, 5)) + chunk("IDAT", pixels.substr(5)) + k_end)
                   .has_value());
    BOOST_TEST(domain::why_no_logo(png(16, 512)).empty());
}

BOOST_AUTO_TEST_CASE(no_byte_of_one_can_be_another) {
    const std::string good = png(24, 16);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const int bit : {1, 128}) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ bit);
            if (domain::logo_size(bad)) BOOST_FAIL("byte " + std::to_string(at));
        }
        if (domain::logo_size(good.substr(0, at))) BOOST_FAIL("cut at byte " + std::to_string(at));
    }
    BOOST_TEST(!domain::logo_size(good + "x").has_value());
    BOOST_TEST(!domain::logo_size(good + k_end).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_image_is_refused) {
    const std::string head = header(20, 20, 8, 2), pixels = chunk("IDAT", packed(pixels_of(20, 20, k_rgb)));
    std::string filtered = pixels_of(20, 20, k_rgb);
    filtered[61] = 5;
    for (const auto& [what, bytes] : std::initializer_list<std::pair<const char*, std::string>>{
             {"text", k_start + head + chunk("tEXt", "a") + pixels + k_end},
             {"animation", k_start + head + chunk("acTL", number(1) + number(0)) + pixels + k_end},
             {"a profile", k_start + head + chunk("iCCP", "a") + pixels + k_end},
             {"interlaced", k_start + header(20, 20, 8, 2, 1) + pixels + k_end},
             {"16 bits", k_start + header(20, 20, 16, 2) + pixels + k_end},
             {"an unknown colour", k_start + header(20, 20, 8, 5) + pixels + k_end},
             {"no palette", k_start + header(20, 20, 8, 3) + chunk("IDAT", packed(pixels_of(20, 20, {8, 3, 1}))) + k_end},
             {"fewer pixels", k_start + head + chunk("IDAT", packed(pixels_of(20, 19, k_rgb))) + k_end},
             {"more pixels", k_start + head + chunk("IDAT", packed(pixels_of(20, 21, k_rgb))) + k_end},
             {"a bomb", k_start + head + chunk("IDAT", packed(std::string(10'000'000, '\0'))) + k_end},
             {"something after the pixels", k_start + head + chunk("IDAT", packed(pixels_of(20, 20, k_rgb)) + "x") + k_end},
             {"an unknown filter", k_start + head + chunk("IDAT", packed(filtered)) + k_end},
             {"pixels in two places", k_start + head + pixels + chunk("gAMA", number(1)) + k_end},
             {"two headers", k_start + head + head + pixels + k_end},
             {"no header", k_start + pixels + k_end},
             {"no end", k_start + head + pixels},
             {"no pixels", k_start + head + k_end},
             {"too small", png(15, 20)},
             {"too large", png(513, 20)},
             {"nothing", ""}})
        BOOST_TEST(!domain::logo_size(bytes).has_value(), what);
    BOOST_TEST(domain::why_no_logo("\xff\xd8\xff\xe0").find("PNG") != std::string::npos);
    std::string heavy = k_start + head + chunk("pHYs", std::string(256, 'x'));
    while (heavy.size() < domain::k_logo_shown_bytes) heavy += chunk("pHYs", std::string(256, 'x'));
    BOOST_TEST(!domain::logo_size(heavy + pixels + k_end).has_value());
    BOOST_TEST(domain::why_no_logo(heavy + pixels + k_end).find("au plus pour s’afficher") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace logo_tests
