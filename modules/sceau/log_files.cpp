// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/log_files.hpp"

#include <stdexcept>
#include <system_error>

#include "util/file.hpp"

namespace sceau {

namespace fs = std::filesystem;
namespace tlog = crypto::tlog;

namespace {

void make_folder(const fs::path& folder, fs::perms rights) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, rights, error);
    if (error) throw std::runtime_error("[log] folder: " + folder.string() + ": " + error.message());
}

constexpr fs::perms k_for_all =
    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec;

// A file of the public log and, where they are missing, the folders from `root` down to it.
void write_public(const fs::path& root, const std::string& path, std::string_view content) {
    fs::path folder = root;
    for (const fs::path& part : fs::path(path).parent_path()) {
        folder /= part;
        if (!fs::exists(folder)) make_folder(folder, k_for_all);
    }
    util::replace_file(root / path, content);
}

// The size whose files are there: that of the published checkpoint, if the tree extends it.
std::uint64_t published_size(const fs::path& log, const tlog::Verifier& log_key, const crypto::merkle::Tree& tree) {
    const auto note = util::read_file(log / "checkpoint");
    const auto opened = note ? tlog::open_checkpoint(*note, log_key) : std::nullopt;
    if (!opened || opened->checkpoint.size > tree.size() || tree.root(opened->checkpoint.size) != opened->checkpoint.root) return 0;
    return opened->checkpoint.size;
}

}  // namespace

LogFiles::LogFiles(const fs::path& folder) : last_(folder / "last"), public_(folder / "public") {
    make_folder(last_, fs::perms::owner_all);
    make_folder(public_, k_for_all);
}

std::optional<tlog::SignedCheckpoint> LogFiles::last_signed(const std::string& uuid, const tlog::Verifier& log_key) const {
    const fs::path file = last_ / uuid;
    if (!util::is_taken(file)) return std::nullopt;
    const auto note = util::read_file(file);
    auto opened = note ? tlog::open_checkpoint(*note, log_key) : std::nullopt;
    if (!opened) throw std::runtime_error(file.string() + " is not a checkpoint signed by us");
    return opened;
}

void LogFiles::remember(const std::string& uuid, const tlog::Note& checkpoint) const {
    util::replace_file(last_ / uuid, checkpoint.write(), true);
}

void LogFiles::publish(const std::string& uuid, const tlog::Verifier& log_key, const crypto::merkle::Tree& tree,
                       const tlog::Note& checkpoint, const Leaves& leaves) const {
    const fs::path log = public_ / uuid;
    if (!fs::exists(log)) make_folder(log, k_for_all);
    const std::uint64_t from = published_size(log, log_key, tree);
    for (const tlog::File& tile : tlog::tiles_between(tree, from, tree.size())) write_public(log, tile.path, tile.content);
    if (from < tree.size()) {
        std::uint64_t index = from / tlog::k_tile_width;
        const std::vector<std::string> entries = leaves(index * tlog::k_tile_width);
        auto at = entries.begin();
        for (std::uint64_t width = 0; (width = tlog::tile_width(0, index, tree.size())) > 0; ++index) {
            const auto end = at + static_cast<std::ptrdiff_t>(width);
            write_public(log, tlog::entries_path(index, width), tlog::write_entries({at, end}));
            at = end;
        }
    }
    const std::string note = checkpoint.write();
    if (util::read_file(log / "checkpoint") != note) write_public(log, "checkpoint", note);
}

}  // namespace sceau
