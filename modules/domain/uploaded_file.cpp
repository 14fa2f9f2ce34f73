// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/uploaded_file.hpp"

#include <algorithm>

#include "util/text.hpp"

namespace domain {

namespace {

constexpr std::size_t k_pdf_tail = 1024;  // where readers look for its end
constexpr std::size_t k_name_length = 100;
constexpr std::size_t k_kilobyte = 1000, k_tenth_of_megabyte = 100'000;

}  // namespace

std::string_view kind_of_file(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xff\xd8\xff"sv)) return "jpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv)) return "png";
    const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), k_pdf_tail));
    if (bytes.starts_with("%PDF-"sv) && tail.find("%%EOF"sv) != std::string_view::npos) return "pdf";
    return {};
}

std::string_view media_type_of(std::string_view kind) {
    if (kind == "jpeg") return "image/jpeg";
    return kind == "png" ? "image/png" : "application/pdf";
}

std::string_view ending_of(std::string_view kind) {
    if (kind == "jpeg") return ".jpg";
    return kind == "png" ? ".png" : ".pdf";
}

std::string shown_file_name(std::string_view given) {
    const std::size_t folder = given.find_last_of("/\\");
    if (folder != std::string_view::npos) given.remove_prefix(folder + 1);
    const std::string name = util::printable(util::trim(given), k_name_length);
    return name.empty() ? "sans nom" : name;
}

std::string size_text(std::size_t bytes) {
    if (bytes < 10 * k_tenth_of_megabyte) return std::to_string(std::max<std::size_t>(bytes / k_kilobyte, 1)) + "\u00a0ko";
    const std::size_t tenths = bytes / k_tenth_of_megabyte;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + "\u00a0Mo";
}

}  // namespace domain
