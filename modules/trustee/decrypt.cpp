// SPDX-License-Identifier: AGPL-3.0-or-later
// The count on a holder's machine, from the archives alone: each is checked whole and its total made again from the ballots; it must be
// of the sealing that the holder noted, over all the ballots that the public log ended with, and the first of its scrutin: the difference
// of two totals would be somebody's vote. No option goes round any of it.
#include <algorithm>

#include "cli/passphrase.hpp"
#include "crypto/hash.hpp"
#include "trustee/archives.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/reply.hpp"
#include "trustee/key_at_work.hpp"
#include "trustee/total.hpp"
#include "util/file.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_stop = ". Ne déchiffrez rien et prévenez le président";

// What this holder has decrypted already: the file it wrote beside its key. No such file: nothing yet.
util::Result<HolderPartials> read_own_partials(const fs::path& path, const OpenKey& key) {
    if (!util::is_taken(path)) return HolderPartials{key.bureau, key.group, key.owner, {}};
    auto before = read_partials(path);
    if (!before)
        return bad_input(before.error().detail + ". Ce fichier garde ce que vous avez déjà déchiffré : rien n’est fait sans lui");
    if (before->bureau != key.bureau || before->group != key.group || before->holder != key.owner)
        return bad_input(path.string() + " : ces déchiffrements sont ceux d’une autre clé");
    return before;
}

// Whether this total is the one to decrypt: of a closed urn, of the sealing that was noted, not too small, no second one.
util::Status check_total(const CheckedArchive& archive, const SealNotes& notes, const HolderPartials& before) {
    const crypto::VerifyReport& report = archive.report;
    const auto bad = [&](const std::string& what) { return bad_input("contrôle refusé : « " + report.name + " » : " + what); };
    if (!report.closed) return bad("l’urne n’est pas close dans cette archive");
    const SealNote* note = notes.find(report.uuid);
    if (note == nullptr)
        return bad(
            "vous n’avez pas noté son scellement : « scrutin-trustee note ARCHIVES --key CLE », avec l’empreinte du procès-verbal "
            "de scellement");
    if (note->setup != report.setup)
        return bad("ce n’est pas ce que vous avez noté au scellement : élection, clé du bureau ou liste des électeurs ont changé" +
                   std::string(k_stop));
    if (auto why = why_too_small(report.rules, report.counted); !why.empty()) return bad(why);
    const std::string total = crypto::sha_hex(report.encrypted_tally);
    const bool another = std::any_of(before.scrutins.begin(), before.scrutins.end(),
                                     [&](const HolderPartial& one) { return one.uuid == report.uuid && one.tally != total; });
    if (another || (!note->total.empty() && note->total != total))
        return bad("vous avez déjà déchiffré un autre total pour ce scrutin. La différence de deux totaux montre des votes" +
                   std::string(k_stop));
    // With its last ballots left out an archive is as sound, and the total of what is left says what those were.
    if (const util::Status whole = check_log_end(archive.path, report); !whole)
        return bad(whole.error().detail + std::string(k_stop));
    return util::Done{};
}

void show(const CheckedArchive& archive) {
    const crypto::VerifyReport& report = archive.report;
    say("\n" + report.name + " (" + report.uuid + ")");
    say("  " + counted(report.counted, "bulletin", "bulletins") +
        " ; comparez avec le nombre lu par le bureau de vote à la clôture");
    say("  scellement    " + spoken_fingerprint(report.setup) + "\n  total chiffré " + crypto::sha_hex(report.encrypted_tally));
    if (report.counted > 0 && report.counted < crypto::k_least_ballots)
        say("  Règle scellée : « " + std::string(crypto::k_small_totals) + " »");
    say_checked("chaque bulletin est vérifié, le total refait à partir d’eux ; c’est le scellement que vous avez noté");
    say_checked("aucun bulletin ne manque : ce sont ceux du dernier point de contrôle signé du journal public");
}

}  // namespace

util::Status decrypt(const Arguments& arguments) {
    const auto key_path = key_option(arguments);
    if (!key_path) return key_path.error();
    auto work =
        KeyAtWork::open(*key_path, arguments, "une clé de démonstration ne déchiffre rien ici : « scrutinctl decrypt » l’emploie");
    if (!work) return work.error();
    auto& [lock, key, notes] = *work;
    say(work->holder() + ".");
    const fs::path out = partials_path(key_path->parent_path(), key.bureau, key.group, key.owner);
    auto partials = read_own_partials(out, key);
    if (!partials) return partials.error();
    const auto archives = read_archives(arguments.positional, key.record_hash);
    if (!archives) return archives.error();
    for (const CheckedArchive& archive : *archives) {
        if (const auto good = check_total(archive, notes, *partials); !good) return good;
        show(archive);
    }
    if (!arguments.has("--yes")) {
        const auto answer = ask_line("\nDéchiffrer votre part de ces totaux ? Tapez oui : ",
                                     "donnez --yes pour déchiffrer sans question : il n’y a pas de clavier");
        if (!answer) return answer.error();
        if (*answer != "oui") return refused("rien n’est déchiffré");
    }

    // On the disk before anything is decrypted: whatever stops us, no other total follows.
    for (const CheckedArchive& archive : *archives)
        notes.set_total(archive.report.uuid, crypto::sha_hex(archive.report.encrypted_tally));
    notes.save();
    std::size_t made = 0, there = 0;
    for (const auto& [path, report, election] : *archives) {
        if (std::any_of(partials->scrutins.begin(), partials->scrutins.end(),
                        [&uuid = report.uuid](const HolderPartial& one) { return one.uuid == uuid; })) {
            ++there;
            continue;
        }
        auto done =
            decrypt_total({*election, report.setup, report.trustees, report.encrypted_tally, report.counted}, key.owner, key.key);
        if (!done) return bad_input("contrôle refusé : « " + report.name + " » : " + done.error().detail);
        partials->scrutins.push_back({report.uuid, report.setup, crypto::sha_hex(report.encrypted_tally), std::move(done->partial),
                                      std::move(done->second_proof)});
        ++made;
    }
    say("");
    say_checked("votre clé est celle du porteur " + std::to_string(key.owner) + " dans la clé du bureau");
    say_checked("chaque déchiffrement porte ses deux preuves, relues");
    if (made > 0) util::replace_file(out, write_partials(*partials), /*secret=*/false);
    say_file(out, made > 0,
             counted(made, "déchiffrement", "déchiffrements") + (there > 0 ? ", " + std::to_string(there) + " déjà faits" : "") +
                 " ; public : à remettre au bureau des élections");
    say_next("au bureau des élections, « scrutinctl dossier import " + out.filename().string() + " », puis « scrutinctl tally ».");
    return util::Done{};
}

}  // namespace trustee
