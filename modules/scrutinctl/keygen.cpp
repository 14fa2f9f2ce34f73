// SPDX-License-Identifier: AGPL-3.0-or-later
// keygen: the secrets of all processes, each in its own folder. What exists is kept; what two processes share is copied. What existed once
// and is lost is never made anew in silence: the sealed records name its public half, and codes de vote and accounts hang on the rest.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "domain/escrow.hpp"
#include "util/signature.hpp"
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
        util::replace_file(root_ / module / name, content, /*secret=*/true);
        ++written_;
    }

    unsigned written() const { return written_; }

    // Set once every secret was made: one that is missing afterwards was lost.
    bool is_complete() const { return fs::exists(root_ / k_complete); }
    void set_complete() {
        if (!is_complete()) util::replace_file(root_ / k_complete, "", /*secret=*/true);
    }

private:
    static constexpr const char* k_complete = ".complete";
    fs::path root_;
    unsigned written_ = 0;
};

struct SharedSecret {
    std::string_view name;
    std::initializer_list<std::string_view> modules;
    bool may_be_new = false;  // nothing that is kept hangs on it: an older installation, or a rotation, gets another
};
const SharedSecret k_shared[] = {{"password_pepper", {"activation", "account", "reassort"}},
                                 {"numen_pepper", {"reassort", "scrutinctl"}},
                                 {"binding_key", {"vote", "scrutinctl"}},
                                 {"pseudonym_key", {"activation", "account", "scrutins", "reassort", "bureau"}, true},
                                 {"desk_key", {"bureau"}, true},
                                 {"return_key", {"courrier"}, true}};

// A secret key of one process, and its public half in the office's folder.
struct KeyPair {
    const char *module, *secret, *public_half;
};
constexpr KeyPair k_signing[] = {{"vote", "receipt_secret_key", "receipt_public_key"},
                                 {"sceau", "log_secret_key", "log_public_key"}};
constexpr KeyPair k_escrow{"reassort", "escrow_secret_key", "escrow_public_key"};

util::Status lost(std::string_view module, std::string_view name) {
    return bad_input(
        "le secret " + std::string(module) + "/" + std::string(name) +
        " a existé et n’est plus là. Remettez-le depuis la sauvegarde : un autre ne servirait à rien une fois les scrutins "
        "scellés. Rien n’est changé. (Avant le premier scellement seulement : effacez tout le dossier et recommencez.)");
}

util::Status check_pair(const SecretTree& tree, const KeyPair& pair, const std::string& expected_public) {
    const std::string published = tree.read("scrutinctl", pair.public_half);
    if (tree.read(pair.module, pair.secret).empty() && (tree.is_complete() || !published.empty()))
        return lost(pair.module, pair.secret);
    if (!published.empty() && !expected_public.empty() && published != expected_public) {
        return bad_input("scrutinctl/" + std::string(pair.public_half) + " n’est pas la moitié publique de " + pair.module + "/" +
                         pair.secret + " : remettez la bonne clé depuis la sauvegarde. Rien n’est changé.");
    }
    return util::Done{};
}

util::Status check_nothing_lost(const SecretTree& tree) {
    for (const KeyPair& pair : k_signing) {
        const std::string secret = tree.read(pair.module, pair.secret);
        if (auto sound = check_pair(tree, pair, secret.empty() ? "" : util::public_key_of(secret)); !sound) return sound;
    }
    if (auto sound = check_pair(tree, k_escrow, tree.read("reassort", "escrow_public_key")); !sound) return sound;
    for (const SharedSecret& shared : k_shared) {
        const bool is_there = std::any_of(shared.modules.begin(), shared.modules.end(),
                                          [&](std::string_view module) { return !tree.read(module, shared.name).empty(); });
        if (!is_there && !shared.may_be_new && tree.is_complete()) return lost(*shared.modules.begin(), shared.name);
    }
    return util::Done{};
}

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
    for (const std::string_view module : modules) {
        const bool has_left = name == "binding_key" && module == "scrutinctl" && tree.is_complete();
        if (!has_left) tree.write(module, name, value);  // the office's copy goes at the sealing, and does not come back
    }
    return util::Done{};
}

}  // namespace

util::Status keygen(Office&, const Arguments& arguments) {
    SecretTree tree(arguments.positional[0]);
    if (auto sound = check_nothing_lost(tree); !sound) return sound;
    const mode_t old_mask = umask(077);
    for (const SharedSecret& secret : k_shared) {
        if (auto shared = share_random(tree, secret.name, secret.modules); !shared) return shared;
    }
    if (tree.read("reassort", "escrow_secret_key").empty()) {
        const domain::EscrowKeys keys = domain::make_escrow_keys();
        tree.write("reassort", "escrow_public_key", keys.public_key);
        tree.write("reassort", "escrow_secret_key", keys.secret_key.view());
    }
    tree.write("scrutinctl", "escrow_public_key", tree.read("reassort", "escrow_public_key"));
    for (const auto& [module, secret, public_half] : k_signing) {
        if (tree.read(module, secret).empty()) tree.write(module, secret, util::make_signing_keys().secret_key.view());
        tree.write("scrutinctl", public_half, util::public_key_of(tree.read(module, secret)));
    }
    tree.write("bureau", "log_public_key", tree.read("scrutinctl", "log_public_key"));
    tree.set_complete();
    umask(old_mask);
    say(tree.written() == 0 ? "Tous les secrets sont déjà là ; rien n’est changé."
                            : counted(tree.written(), "secret écrit", "secrets écrits") + " dans " + arguments.positional[0] + ".");
    return util::Done{};
}

}  // namespace scrutinctl
