// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace paper {

QrDrawing draw_qr(std::string_view text) {
    constexpr unsigned k_quiet = 4;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M,
                                                                                   QR_MODE_8, 1),
                                                               QRcode_free);
    if (!code) throw std::runtime_error("a text too long for a QR code");
    const auto width = static_cast<unsigned>(code->width);
    QrDrawing drawing{width + 2 * k_quiet, {}};
    for (unsigned y = 0; y < width; ++y) {
        for (unsigned x = 0; x < width;) {
            unsigned run = 0;
            while (x + run < width && (code->data[y * width + x + run] & 1) != 0) ++run;
            if (run > 0) {
                const std::string length = std::to_string(run);
                drawing.path +=
                    "M" + std::to_string(x + k_quiet) + " " + std::to_string(y + k_quiet) + "h" + length + "v1h-" + length + "z";
            }
            x += run + 1;
        }
    }
    return drawing;
}

}  // namespace paper
