// SPDX-License-Identifier: AGPL-3.0-or-later
// destroy: after the count a holder's key is wiped with its copies and the ceremony's secrets, and a dated statement is written for the
// minutes, proved by the key that goes. Refused while a scrutin that was noted has no published result in the archives given.
#include <algorithm>

#include "cli/passphrase.hpp"
#include "crypto/hash.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "trustee/archives.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/key_at_work.hpp"
#include "trustee/trustee_file.hpp"
#include "util/clock.hpp"
#include "util/file.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// The keys named, and what the ceremony left beside the first.
util::Result<std::vector<fs::path>> files_to_wipe(const Arguments& arguments, const OpenKey& key) {
    std::vector<fs::path> files;
    for (const std::string& name : arguments.positional) {
        const auto box = read_key_box(name);
        if (!box) return box.error();
        if (box->head.ceremony != key.ceremony || box->head.holder != key.owner)
            return bad_input(name + " : cette clé est celle d’un autre porteur ou d’une autre cérémonie ; rien n’est détruit");
        files.emplace_back(name);
    }
    const std::string begins = file_stem(key.bureau, key.group) + ".porteur-" + std::to_string(key.owner) + ".";
    const fs::path folder = files[0].has_parent_path() ? files[0].parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begins) && name.ends_with(".secret")) files.push_back(entry.path());
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(arguments.positional.size()), files.end());
    return files;
}

// Whether every scrutin that this key may still have to decrypt has its result published. A reason given by the bureau does without.
util::Status check_counted(const Arguments& arguments, const SealNotes& notes, const OpenKey& key) {
    if (arguments.has("--reason")) return util::Done{};
    std::vector<CheckedArchive> archives;
    if (const auto places = arguments.all("--archives"); !places.empty()) {
        auto read = read_archives(places, key.record_hash);
        if (!read) return read.error();
        archives = std::move(*read);
    }
    std::string missing;
    for (const SealNote& note : notes.all()) {
        const bool counted = std::any_of(archives.begin(), archives.end(), [&](const CheckedArchive& archive) {
            return archive.report.uuid == note.uuid && archive.report.setup == note.setup && archive.report.finished;
        });
        if (!counted) missing += "\n  " + note.uuid;
    }
    if (notes.all().empty())
        return refused("aucun scellement n’est noté : donnez --reason \"…\", le motif que le bureau porte au procès-verbal");
    if (missing.empty()) return util::Done{};
    return refused("ces scrutins, que vous avez notés, n’ont pas de résultat publié dans les archives données (--archives) :" +
                   missing + "\nRien n’est détruit. Si le bureau en décide autrement, --reason \"…\" donne son motif");
}

std::string statement_of(const OpenKey& key, const std::vector<fs::path>& files, const std::string& record_hash,
                         const std::string& reason) {
    std::string text = "Destruction d’une part de clé de bureau de vote\n\nBureau : " + key.bureau + " (" + key.group +
                       ")\nPorteur : " + std::to_string(key.owner) + "\nClé du bureau (SHA-256) : " + record_hash +
                       "\nDate de la machine du porteur : " + util::to_iso(util::SystemClock().now()) + "\nMotif : " + reason +
                       "\n\nFichiers écrasés de données tirées au hasard, puis supprimés :\n";
    for (const fs::path& file : files) text += "  " + shown(fs::absolute(file).string()) + "\n";
    return text +
           "\nSur une mémoire flash (clé USB, carte, SSD), l’écrasement n’atteint pas forcément toutes les cellules : le support\n"
           "lui-même est à détruire.\n";
}

}  // namespace

util::Status destroy(const Arguments& arguments) {
    const fs::path path = arguments.positional[0];
    const auto work = KeyAtWork::open(path, arguments, "une clé de démonstration se supprime comme tout fichier");
    if (!work) return work.error();
    const auto& [lock, key, notes] = *work;
    const std::string reason = arguments.get("--reason").value_or("dépouillement fini, résultats publiés et prouvés");
    if (!is_plain_line(reason)) return bad_input("--reason TEXTE : une ligne de 1 à 400 octets");
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const auto record_path = arguments.get("--record");
    const auto record = read_public_file(record_path ? fs::path(*record_path) : trustees_path(folder, key.bureau, key.group));
    if (!record || crypto::sha_hex(*record) != key.record_hash)
        return bad_input("la clé publique du bureau, celle que vous avez confirmée, est attendue à côté de la clé (ou --record)");
    if (const auto counted = check_counted(arguments, notes, key); !counted) return counted;
    const auto files = files_to_wipe(arguments, key);
    if (!files) return files.error();
    say(work->holder() + ". Seront détruits, sans retour :");
    for (const fs::path& file : *files) say("  " + file.string());
    if (!arguments.has("--yes")) {
        const auto answer = ask_line("Tapez détruire : ", "donnez --yes pour détruire sans question : il n’y a pas de clavier");
        if (!answer) return answer.error();
        if (*answer != "détruire") return refused("rien n’est détruit");
    }
    const std::string statement = statement_of(key, *files, key.record_hash, reason);
    const std::string challenge = "destruction " + crypto::sha_hex(statement);
    const auto proof = crypto::ceremony::prove_possession(key.group, *record, key.owner, key.key.view(), challenge);
    if (!proof) return bad_input("cette clé n’est pas celle du porteur dans la clé du bureau ; rien n’est détruit");
    for (const fs::path& file : *files) util::wipe_file(file);
    const std::string begins = file_stem(key.bureau, key.group) + ".porteur-" + std::to_string(key.owner) + ".destruction";
    const fs::path out = folder / (begins + ".txt"), proof_out = folder / (begins + ".json");
    util::replace_file(out, statement);
    util::replace_file(proof_out, write_piece({key.bureau, key.group, 0, 0, {}, key.ceremony}, k_possession, key.owner,
                                              {challenge, key.record_hash, *proof}));
    say_checked(counted(files->size(), "fichier écrasé et supprimé", "fichiers écrasés et supprimés"));
    say_file(out, true, "à joindre au procès-verbal ; détruisez aussi les supports, et les copies qui n’étaient pas là");
    say_file(proof_out, true,
             "preuve par la clé détruite : « scrutin-trustee verify-proof » avec --challenge \"" + challenge + "\"");
    return util::Done{};
}

}  // namespace trustee
