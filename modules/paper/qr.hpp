// SPDX-License-Identifier: AGPL-3.0-or-later
// A QR code as a drawing for a page: the path of an SVG whose unit is one module. Knows no election.
#pragma once

#include <string>
#include <string_view>

namespace paper {

struct QrDrawing {
    unsigned side = 0;  // modules, with the four of quiet zone on each side
    std::string path;   // "M4 4h7v1h-7z…": digits, letters, blanks, signs
};
// Throws std::runtime_error: a text too long for a code (some 2 kB).
QrDrawing draw_qr(std::string_view text);

}  // namespace paper
