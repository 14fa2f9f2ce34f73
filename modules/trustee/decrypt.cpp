// SPDX-License-Identifier: AGPL-3.0-or-later
// The count on a holder's machine: shows and checks what the office's dossier asks to decrypt, then writes partial decryptions
// with their proofs. The holder's own file remembers them: another total for the same scrutin is refused for ever, since the
// difference of two totals would be somebody's vote.
#include <algorithm>
#include <set>

#include "cli/passphrase.hpp"
#include "cli/progress.hpp"
#include "cli/small_file.hpp"
#include "crypto/archive/reader.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/hash.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/count_dossier.hpp"
#include "trustee/key_file.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// Whether an archive that was found good holds this record: names are hashes of contents.
bool holds_record(const fs::path& path, const std::string& hash) {
    const crypto::RandomFile file(path);
    crypto::ArchiveReader archive(file);
    if (!file.is_open() || !archive.read_header()) return false;
    while (const auto entry = archive.next())
        if (entry->kind == crypto::ArchiveEntry::Kind::data && entry->hash == hash) return true;
    return false;
}

fs::path find_archive(const fs::path& folder, const std::string& uuid) {
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (entry.path().filename() == uuid + ".bel") return entry.path();
    return {};
}

// The total recomputed from the ballots of the archive, and everything else that the verifier checks.
util::Status check_against_archive(const fs::path& folder, const DossierScrutin& scrutin, const CheckedScrutin& checked) {
    const auto bad = [&](const std::string& what) { return bad_input("contrôle refusé : scrutin " + scrutin.code + " : " + what); };
    const fs::path path = find_archive(folder, checked.election->uuid());
    if (path.empty()) return bad("pas d’archive " + checked.election->uuid() + ".bel dans " + folder.string());
    std::uint64_t seen = 0;
    std::optional<Progress> progress;
    const auto report = crypto::verify_archive(path, {}, [&](std::uint64_t done, std::uint64_t total) {
        if (!progress) progress.emplace("Archive de " + scrutin.code, total);
        progress->advance(done - seen);
        seen = done;
    });
    progress.reset();
    if (!report.all_passed()) return bad("son archive ne se vérifie pas : voyez « scrutin-verify " + path.string() + " »");
    if (report.uuid != checked.election->uuid() || report.fingerprint != checked.election->fingerprint())
        return bad("l’archive est celle d’une autre élection");
    const auto list = util::from_hex(scrutin.credentials);
    if (!list || report.credentials_fingerprint != util::to_base64_unpadded(*list))
        return bad("l’archive a une autre liste de clés d’électeurs que celle du dossier");
    if (!report.closed || report.counted != checked.ballots || !holds_record(path, checked.tally_hash))
        return bad("le total chiffré du dossier n’est pas celui des bulletins de l’archive");
    return util::Done{};
}

util::Result<std::vector<CheckedScrutin>> show_dossier(const CountDossier& dossier, const std::optional<std::string>& archives) {
    std::vector<CheckedScrutin> all;
    std::set<std::string> uuids, tallies;
    for (const DossierScrutin& scrutin : dossier.scrutins) {
        auto checked = check_dossier_scrutin(dossier, scrutin);
        if (!checked) return checked.error();
        if (!uuids.insert(checked->election->uuid()).second)
            return bad_input("contrôle refusé : le scrutin " + scrutin.code + " est deux fois dans le dossier");
        if (checked->ballots > 0 && !tallies.insert(checked->tally_hash).second)
            return bad_input("contrôle refusé : le total chiffré du scrutin " + scrutin.code + " est aussi celui d’un autre");
        say("\n" + checked->name + " (" + scrutin.code + ")");
        say("  " + counted(checked->ballots, "bulletin", "bulletins") + ", " +
            counted(scrutin.emargements, "émargement annoncé", "émargements annoncés") + " par le bureau des élections");
        say("  élection     " + checked->election->fingerprint() + "\n  total chiffré " + checked->tally_hash);
        if (checked->ballots != scrutin.emargements)
            return bad_input("contrôle refusé : scrutin " + scrutin.code +
                             " : autant d’émargements que de bulletins sont attendus");
        if (checked->ballots == 1) say("  Attention : un seul bulletin ; le résultat dira ce que cette personne a voté");
        say_checked("il est scellé avec la clé de ce bureau ; le total est celui du relevé");
        if (archives) {
            if (const auto good = check_against_archive(*archives, scrutin, *checked); !good) return good.error();
            say_checked("archive : chaque bulletin vérifié, total refait à partir d’eux et égal à celui du dossier");
        }
        all.push_back(std::move(*checked));
    }
    return all;
}

// What this holder decrypted before, and where it is kept.
util::Result<HolderPartials> read_own_partials(const fs::path& path, const OpenKey& key) {
    if (!util::is_taken(path)) return HolderPartials{key.bureau, key.group, key.owner, {}};
    auto before = read_partials(path);
    if (!before) return before;
    if (before->bureau != key.bureau || before->group != key.group || before->holder != key.owner)
        return bad_input(path.string() + " est d’un autre porteur ou d’un autre bureau ; mettez-le de côté");
    return before;
}

}  // namespace

util::Status decrypt(const Arguments& arguments) {
    const auto key_path = arguments.get("--key");
    if (!key_path) return bad_input("--key FICHIER est attendu : votre clé (….porteur-N.cle)");
    const auto dossier = read_dossier(arguments.positional[0]);
    if (!dossier) return dossier.error();
    if (dossier->scrutins.empty()) return bad_input("ce dossier n’a aucun scrutin");
    say(dossier->bureau + " (" + dossier->group + ") : " + counted(dossier->scrutins.size(), "scrutin", "scrutins") +
        " à déchiffrer.");
    say("Empreinte de la clé du bureau : " + spoken_fingerprint(dossier->trustees));
    const auto archives = arguments.get("--archives");
    const auto checked = show_dossier(*dossier, archives);
    if (!checked) return checked.error();
    if (!archives)
        say("\nCe que ce dossier seul ne permet pas de contrôler : que chaque total est bien celui des bulletins de l’urne, de tous et\n"
            "d’eux seuls. Pour le contrôler ici, demandez les archives (« scrutinctl export ») et ajoutez --archives DOSSIER.\n"
            "Comparez au moins les nombres de bulletins avec ceux qu’a lus le bureau de vote à la clôture.");
    if (!arguments.has("--yes")) {
        const auto answer = ask_line("\nDéchiffrer votre part de ces totaux ? Tapez oui : ",
                                     "donnez --yes pour déchiffrer sans question : il n’y a pas de clavier");
        if (!answer) return answer.error();
        if (*answer != "oui") return refused("rien n’est déchiffré");
    }

    const auto key = open_key_file(*key_path, arguments);
    if (!key) return key.error();
    if (key->bureau != dossier->bureau || key->group != dossier->group)
        return bad_input("cette clé est celle de « " + key->bureau + " » (" + key->group + "), pas celle de ce dossier");
    if (key->is_encrypted() && key->record_hash != crypto::sha_hex(dossier->trustees))
        return bad_input("contrôle refusé : la clé du bureau de ce dossier n’est pas celle que vous avez confirmée à la cérémonie");
    const fs::path folder = fs::path(*key_path).has_parent_path() ? fs::path(*key_path).parent_path() : fs::path(".");
    const fs::path out = partials_path(folder, key->bureau, key->group, key->owner);
    auto partials = read_own_partials(out, *key);
    if (!partials) return partials.error();

    std::size_t made = 0, there = 0;
    for (std::size_t i = 0; i < checked->size(); ++i) {
        const CheckedScrutin& scrutin = (*checked)[i];
        const auto before = std::find_if(partials->scrutins.begin(), partials->scrutins.end(),
                                         [&](const HolderPartial& one) { return one.uuid == scrutin.election->uuid(); });
        if (before != partials->scrutins.end()) {
            if (before->tally != scrutin.tally_hash)
                return bad_input("contrôle refusé : vous avez déjà déchiffré un autre total pour « " + scrutin.name +
                                 " ». La différence de deux totaux montre des votes : ne déchiffrez rien et prévenez le président");
            ++there;
            continue;
        }
        auto partial =
            scrutin.election->partial_decrypt(dossier->trustees, dossier->scrutins[i].encrypted_tally, key->owner, key->key);
        if (!partial)
            return bad_input("contrôle refusé : « " + scrutin.name + " » : la clé ou le total ne convient pas (" +
                             partial.error().detail + ")");
        if (!scrutin.election->verify_partial_decryption(dossier->trustees, dossier->scrutins[i].encrypted_tally, key->owner,
                                                         *partial))
            return bad_input("le déchiffrement de « " + scrutin.name + " » ne se vérifie pas ; rien n’est écrit");
        partials->scrutins.push_back({scrutin.election->uuid(), scrutin.tally_hash, std::move(*partial)});
        ++made;
    }
    say("");
    say_checked("votre clé est celle du porteur " + std::to_string(key->owner) + " dans la clé du bureau");
    say_checked("chaque total est bien formé ; chaque déchiffrement porte sa preuve, relue");
    if (made > 0) util::replace_file(out, write_partials(*partials), /*secret=*/false);
    say_file(out, made > 0,
             counted(made, "déchiffrement", "déchiffrements") + (there > 0 ? ", " + std::to_string(there) + " déjà faits" : "") +
                 " ; public : à remettre au bureau des élections");
    say_next("au bureau des élections, « scrutinctl dossier import " + out.filename().string() + " », puis « scrutinctl tally ».");
    return util::Done{};
}

}  // namespace trustee
