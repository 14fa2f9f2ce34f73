// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/booth_files.hpp"

#include <fstream>
#include <optional>

#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/log.hpp"

namespace vote {

namespace {

// SHA-256, as the sealed list of files has it: who has one can tell the other.
std::string integrity_of(std::string_view text) { return "sha256-" + util::to_base64_unpadded(util::sha256(text)) + "="; }

std::optional<BoothFiles> read_all(const std::filesystem::path& folder) {
    std::ifstream parts(folder / "parts.txt");
    BoothFiles files;
    std::string part, path;
    while (parts >> part >> path) {
        const auto text = util::read_file(folder / path);
        if (!text) return std::nullopt;
        (part == "page" ? files.page : files.worker).push_back({path, integrity_of(*text)});
    }
    if (files.page.empty() || files.worker.empty()) return std::nullopt;
    return files;
}

}  // namespace

BoothFiles read_booth_files(const std::filesystem::path& static_files) {
    if (!static_files.empty()) {
        if (auto files = read_all(static_files / "booth")) return *std::move(files);
        util::log(util::Level::error, "booth-files-not-read", {{"folder", (static_files / "booth").string()}});
    }
    return {{{"booth.js", {}}}, {}};
}

}  // namespace vote
