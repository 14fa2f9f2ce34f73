// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/logo.hpp"

#include <zlib.h>

#include <array>
#include <algorithm>
#include <cstdint>

#include "domain/uploaded_file.hpp"

namespace domain {

namespace {

constexpr std::string_view k_signature("\x89PNG\r\n\x1a\n", 8);
constexpr std::size_t k_header = 13, k_around = 12;  // of IHDR; length, name and checksum around a chunk

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

struct Image {
    LogoSize size;
    unsigned depth = 0, color = 0;
    bool has_palette = false;
    std::string packed;

    // Colour, and what one pixel has: 0 grey, 2 red green blue, 3 of a palette, 4 grey and opacity, 6 all four.
    unsigned channels() const {
        constexpr std::array<unsigned, 7> k_channels{1, 0, 3, 1, 2, 0, 4};
        return color < k_channels.size() ? k_channels.at(color) : 0;
    }
    bool is_known() const {
        const bool is_small_depth = (color == 0 || color == 3) && (depth == 1 || depth == 2 || depth == 4);
        return channels() != 0 && (depth == 8 || is_small_depth);
    }
    std::size_t row_bytes() const { return 1 + (std::size_t{size.width} * channels() * depth + 7) / 8; }
};

bool read_header(std::string_view data, Image& image) {
    if (data.size() != k_header) return false;
    image.size = {number_at(data, 0), number_at(data, 4)};
    image.depth = static_cast<unsigned char>(data[8]), image.color = static_cast<unsigned char>(data[9]);
    const auto is_fit = [](unsigned side) { return side >= k_logo_least_side && side <= k_logo_most_side; };
    // Compression and filters as there are; not interlaced.
    return is_fit(image.size.width) && is_fit(image.size.height) && image.is_known() && data[10] == 0 && data[11] == 0 &&
           data[12] == 0;
}

// Every pixel is there, none is too many, and each row says a filter that exists.
bool holds_its_pixels(const Image& image) {
    std::string pixels(image.row_bytes() * image.size.height, '\0');
    uLongf length = pixels.size();
    uLong taken = image.packed.size();
    const int done =
        uncompress2(reinterpret_cast<Bytef*>(pixels.data()), &length, reinterpret_cast<const Bytef*>(image.packed.data()), &taken);
    if (done != Z_OK || length != pixels.size() || taken != image.packed.size()) return false;
    for (std::size_t row = 0; row < image.size.height; ++row)
        if (static_cast<unsigned char>(pixels[row * image.row_bytes()]) > 4) return false;
    return true;
}

}  // namespace

std::optional<LogoSize> logo_size(std::string_view png) {
    if (png.size() > k_logo_shown_bytes || !png.starts_with(k_signature)) return std::nullopt;
    Image image;
    bool is_ended = false, is_past_pixels = false;
    std::size_t at = k_signature.size();
    for (std::size_t number = 0; at < png.size(); ++number) {
        if (is_ended || png.size() - at < k_around) return std::nullopt;
        const std::size_t length = number_at(png, at);
        if (length > png.size() - at - k_around) return std::nullopt;
        const std::string_view name = png.substr(at + 4, 4), data = png.substr(at + 8, length);
        const auto sum =
            crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(png.data() + at + 4), static_cast<uInt>(length + 4));
        if (sum != number_at(png, at + 8 + length)) return std::nullopt;
        const bool has_pixels = !image.packed.empty();
        if ((name == "IHDR") != (number == 0)) return std::nullopt;
        if (name == "IHDR") {
            if (!read_header(data, image)) return std::nullopt;
        } else if (name == "IDAT") {
            if (is_past_pixels) return std::nullopt;
            image.packed += data;
        } else if (name == "IEND") {
            if (length != 0) return std::nullopt;
            is_ended = true;
        } else if (name == "PLTE") {
            if (has_pixels || image.has_palette || length == 0 || length % 3 != 0 || length > 768) return std::nullopt;
            image.has_palette = true;
        } else {
            constexpr std::array<std::string_view, 6> k_allowed{"tRNS", "gAMA", "cHRM", "sRGB", "pHYs", "sBIT"};
            if (has_pixels || std::find(k_allowed.begin(), k_allowed.end(), name) == k_allowed.end() || length > 256)
                return std::nullopt;
        }
        is_past_pixels = is_past_pixels || (has_pixels && name != "IDAT");
        at += k_around + length;
    }
    if (!is_ended || (image.color == 3 && !image.has_palette) || !holds_its_pixels(image)) return std::nullopt;
    return image.size;
}

std::string why_no_logo(std::string_view file) {
    if (logo_size(file)) return {};
    if (kind_of_file(file) != "png") return "le logo n’est pas une image PNG : il ne s’affiche pas sur les pages";
    if (file.size() > k_logo_shown_bytes)
        return "le logo pèse " + size_text(file.size()) + ", " + size_text(k_logo_shown_bytes) + " au plus pour s’afficher";
    return "le logo ne s’affiche pas : une image PNG entière de 16 à 512 pixels de côté, non entrelacée, sans texte ni animation, est attendue";
}

}  // namespace domain
