// SPDX-License-Identifier: AGPL-3.0-or-later
// By libgd: each digit has its own size, angle and height, lines cross them, and the whole is bent.
#include <gd.h>

#include <cmath>
#include <memory>
#include <stdexcept>

#include "reassort/security_media.hpp"
#include "util/random.hpp"

namespace reassort {
namespace {

constexpr const char* k_font = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
constexpr int k_margin = 22, k_lines = 4;

using Image = std::unique_ptr<gdImage, void (*)(gdImagePtr)>;

Image blank() {
    Image image(gdImageCreateTrueColor(k_image_width, k_image_height), gdImageDestroy);
    if (!image) throw std::runtime_error("libgd: no image");
    gdImageFilledRectangle(image.get(), 0, 0, k_image_width, k_image_height, gdTrueColor(255, 255, 255));
    return image;
}

int between(int least, int most) {
    return least + static_cast<int>(util::random_below(static_cast<std::uint32_t>(most - least + 1)));
}

void draw(gdImagePtr image, std::string_view digits, int ink) {
    const int step = (k_image_width - 2 * k_margin) / static_cast<int>(digits.size());
    for (std::size_t i = 0; i < digits.size(); ++i) {
        std::string digit(1, digits[i]);
        int box[8];
        const char* const fault =
            gdImageStringFT(image, box, ink, const_cast<char*>(k_font), between(30, 38), between(-30, 30) / 100.0,
                            k_margin + static_cast<int>(i) * step + between(0, 6), k_image_height - between(18, 34), digit.data());
        if (fault != nullptr) throw std::runtime_error(std::string(k_font) + " (package fonts-dejavu-core): " + fault);
    }
    gdImageSetThickness(image, 2);
    for (int i = 0; i < k_lines; ++i)
        gdImageLine(image, 0, between(10, k_image_height - 10), k_image_width, between(10, k_image_height - 10), ink);
}

}  // namespace

std::string security_image(std::string_view digits) {
    const Image straight = blank(), bent = blank();
    draw(straight.get(), digits, gdTrueColor(0x16, 0x16, 0x16));
    const double wave = between(50, 80), start = between(0, 62) / 10.0, depth = between(4, 7);
    for (int x = 0; x < k_image_width; ++x) {
        const int down = static_cast<int>(depth * std::sin(start + 2 * 3.14159 * x / wave));
        for (int y = 0; y < k_image_height; ++y) {
            const int from = y + down;
            if (from >= 0 && from < k_image_height)
                gdImageSetPixel(bent.get(), x, y, gdImageGetTrueColorPixel(straight.get(), x, from));
        }
    }
    int size = 0;
    void* const png = gdImagePngPtr(bent.get(), &size);
    if (png == nullptr) throw std::runtime_error("libgd: no PNG");
    std::string bytes(static_cast<const char*>(png), static_cast<std::size_t>(size));
    gdFree(png);
    return bytes;
}

}  // namespace reassort
