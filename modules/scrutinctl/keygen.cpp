// SPDX-License-Identifier: AGPL-3.0-or-later
// keygen: the secrets of all processes, each in its own folder. What exists is kept; what two processes share is copied.
#include <sys/stat.h>

#include <filesystem>
#include <system_error>

#include "domain/escrow.hpp"
#include "domain/signature.hpp"
#include "scrutinctl/commands.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/random.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

class SecretTree {
public:
    explicit SecretTree(fs::path root) : root_(std::move(root)) {}

    std::string read(std::string_view module, std::string_view name) const {
        const std::optional<std::string> content = util::read_file(root_ / module / name);
        return content ? std::string(util::trim(*content)) : std::string();
    }

    void write(std::string_view module, std::string_view name, std::string_view content) {
        if (!read(module, name).empty()) return;
        fs::create_directories(root_ / module);
        fs::permissions(root_ / module, fs::perms::owner_all);
        util::write_file_atomic(root_ / module / name, content, /*secret=*/true);
        ++written_;
    }

    unsigned written() const { return written_; }

private:
    fs::path root_;
    unsigned written_ = 0;
};

// One random value that several processes share.
util::Status share_random(SecretTree& tree, std::string_view name, std::initializer_list<std::string_view> modules) {
    std::string value;
    for (const std::string_view module : modules) {
        const std::string present = tree.read(module, name);
        if (!value.empty() && !present.empty() && present != value) {
            return bad_input("le secret " + std::string(name) +
                             " diffère d’un processus à l’autre : choisissez le bon et effacez l’autre");
        }
        if (!present.empty()) value = present;
    }
    if (value.empty()) value = util::random_token(32);
    for (const std::string_view module : modules) tree.write(module, name, value);
    return util::Done{};
}

}  // namespace

util::Status keygen(Office&, const Arguments& arguments) {
    SecretTree tree(arguments.positional[0]);
    const mode_t old_mask = umask(077);
    util::Status shared = share_random(tree, "password_pepper", {"activation", "account", "reassort"});
    if (shared) shared = share_random(tree, "numen_pepper", {"reassort", "scrutinctl"});
    if (shared) shared = share_random(tree, "binding_key", {"vote", "scrutinctl"});
    if (!shared) return shared;
    if (tree.read("reassort", "escrow_secret_key").empty()) {
        const domain::EscrowKeys keys = domain::make_escrow_keys();
        tree.write("reassort", "escrow_public_key", keys.public_key);
        tree.write("reassort", "escrow_secret_key", keys.secret_key.view());
    }
    tree.write("scrutinctl", "escrow_public_key", tree.read("reassort", "escrow_public_key"));
    for (const auto& [module, secret, public_half] : {std::tuple{"vote", "receipt_secret_key", "receipt_public_key"},
                                                      std::tuple{"sceau", "log_secret_key", "log_public_key"}}) {
        if (tree.read(module, secret).empty()) tree.write(module, secret, domain::make_signing_keys().secret_key.view());
        tree.write("scrutinctl", public_half, domain::public_key_of(tree.read(module, secret)));
    }
    umask(old_mask);
    say(tree.written() == 0
            ? "Tous les secrets sont déjà là ; rien n’est changé."
            : counted(tree.written(), "secret écrit", "secrets écrits") + " dans " + arguments.positional[0] + ".");
    return util::Done{};
}

}  // namespace scrutinctl
