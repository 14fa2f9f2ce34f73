// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/kept_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace auditor {

namespace fs = std::filesystem;
namespace tlog = crypto::tlog;

namespace {

const std::string k_ending = ".checkpoint";
const std::string k_key_file = "cle-du-registre";

// Twenty digits, so that names are in the order of sizes.
std::string name_of(std::uint64_t size) {
    const std::string digits = std::to_string(size);
    return std::string(20 - digits.size(), '0') + digits + k_ending;
}

bool is_checkpoint_name(const std::string& name) {
    return name.size() == 20 + k_ending.size() && name.ends_with(k_ending) &&
           std::all_of(name.begin(), name.begin() + 20, [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_newline(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

}  // namespace

KeptLog::KeptLog(KeptLog&& other) noexcept
    : folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      key_(std::move(other.key_)),
      newest_(std::move(other.newest_)) {}

KeptLog::~KeptLog() {
    if (lock_ >= 0) ::close(lock_);
}

util::Result<KeptLog> KeptLog::open(const fs::path& folder, const std::optional<std::string>& key) {
    fs::create_directories(folder);
    const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0) throw std::system_error(errno, std::generic_category(), folder.string());
    KeptLog log(folder, lock);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return util::failure(util::Fault::unavailable, folder.string() + " : une autre commande y travaille");

    const fs::path key_file = folder / k_key_file;
    if (!util::is_taken(key_file)) {
        if (!key) return cli::bad_input("la première fois, donnez avec --log la clé du registre, telle que publiée au scellement");
        const auto given = tlog::Verifier::parse(*key);
        if (!given || given->kind != tlog::KeyKind::log)
            return cli::bad_input("--log : « nom+empreinte+clé » est attendu, tel que publié");
        (void)util::create_file(key_file, given->text() + "\n", false);
    }
    const auto kept = cli::read_small_file(key_file, k_most_checkpoint);
    const auto verifier = kept ? tlog::Verifier::parse(without_newline(*kept)) : std::nullopt;
    if (!verifier) return cli::refused(key_file.string() + " : ce n’est plus la clé d’un registre");
    if (key && *key != verifier->text())
        return cli::bad_input("--log : ce n’est pas la clé gardée dans " + folder.string() + " ; un dossier par registre");
    log.key_ = *verifier;
    if (const util::Status read = log.read(); !read) return read.error();
    return log;
}

util::Status KeptLog::read() {
    std::string last;
    for (const auto& entry : fs::directory_iterator(folder_))
        if (const std::string name = entry.path().filename().string(); is_checkpoint_name(name)) last = std::max(last, name);
    if (last.empty()) return util::Done{};
    const auto note = cli::read_small_file(folder_ / last, k_most_checkpoint);
    if (note) newest_ = tlog::open_checkpoint(*note, key_);
    if (!newest_ || name_of(newest_->checkpoint.size) != last)
        return cli::refused((folder_ / last).string() + " : ce point de contrôle gardé n’est plus celui qui avait été vérifié");
    return util::Done{};
}

// What the log served is kept beside: two signed checkpoints that cannot both be true convict whoever signed them.
util::Failure KeptLog::contradiction(const std::string& served, std::string sentence) const {
    const fs::path evidence = folder_ / ("refus-" + util::sha256_hex(served).substr(0, 16) + ".txt");
    (void)util::create_file(evidence, served, false);
    return cli::refused(std::move(sentence) + ". Ce qui a été servi est gardé dans " + evidence.string());
}

util::Result<KeptLog::Round> KeptLog::keep(tlog::SignedCheckpoint seen) {
    const auto before = newest_ ? std::optional(newest_->checkpoint.size) : std::nullopt;
    if (!before || *before != seen.checkpoint.size)
        (void)util::create_file(folder_ / name_of(seen.checkpoint.size), seen.note.write(), false);
    newest_ = seen;
    return Round{std::move(seen), before};
}

util::Result<KeptLog::Round> KeptLog::follow(const Source& source) {
    const auto served = source.read("checkpoint", k_most_checkpoint);
    if (!served) return served.error();
    auto seen = tlog::open_checkpoint(*served, key_);
    if (!seen) return contradiction(*served, "le point de contrôle n’est pas signé par la clé de ce registre");
    const tlog::Checkpoint& now = seen->checkpoint;
    const std::uint64_t old_size = newest_ ? newest_->checkpoint.size : 0;
    if (now.size < old_size)
        return contradiction(*served, "le registre a rétréci : " + cli::counted(now.size, "bulletin", "bulletins") + ", et " +
                                          std::to_string(old_size) + " avaient été vus");
    if (newest_ && now.size == old_size) {
        if (now.root != newest_->checkpoint.root)
            return contradiction(*served, "deux registres différents de " + cli::counted(old_size, "bulletin", "bulletins") +
                                              " ont été signés");
        return keep(*std::move(seen));
    }

    util::Failure trouble{util::Fault::not_found, ""};
    tlog::TileTree tree(now.size, [&](const std::string& path) -> std::optional<std::string> {
        auto tile = source.read(path, tlog::k_tile_width * 32);
        if (tile) return *std::move(tile);
        if (trouble.detail.empty()) trouble = tile.error();
        return std::nullopt;
    });
    const auto root = tree.root();
    const auto proof = root ? tree.prove_consistency(old_size) : util::Result<crypto::merkle::Proof>(root.error());
    if (!proof) {
        const std::string why = trouble.detail.empty() ? proof.error().detail + " n’a pas la longueur attendue" : trouble.detail;
        return util::failure(util::Fault::unavailable, "le registre ne donne pas de quoi vérifier son point de contrôle : " + why);
    }
    if (*root != now.root) return contradiction(*served, "les empreintes publiées ne sont pas celles du point de contrôle signé");
    if (newest_ && !crypto::merkle::verify_consistency(old_size, newest_->checkpoint.root, now.size, now.root, *proof))
        return contradiction(*served, "le registre ne prolonge pas celui de " + cli::counted(old_size, "bulletin", "bulletins") +
                                          " qui avait été vu : des bulletins ont été changés ou retirés");
    return keep(*std::move(seen));
}

util::Result<KeptLog::Round> KeptLog::take(const tlog::AddCheckpoint& request) {
    auto seen = tlog::open_checkpoint(request.note, key_);
    if (!seen) return cli::refused("le point de contrôle n’est pas signé par la clé de ce registre");
    const tlog::Checkpoint& now = seen->checkpoint;
    const std::uint64_t old_size = newest_ ? newest_->checkpoint.size : 0;
    if (request.old_size > now.size) return cli::bad_input("le point de contrôle est plus petit que celui dont il part");
    if (request.old_size != old_size) return util::failure(util::Fault::conflict, std::to_string(old_size));
    if (newest_ && now.size == old_size && now.root != newest_->checkpoint.root)
        return util::failure(util::Fault::conflict, std::to_string(old_size));
    const std::string old_root = newest_ ? newest_->checkpoint.root : crypto::merkle::empty_root();
    if (!crypto::merkle::verify_consistency(old_size, old_root, now.size, now.root, request.proof))
        return contradiction(request.note, "le point de contrôle ne prolonge pas le précédent");
    return keep(*std::move(seen));
}

}  // namespace auditor
