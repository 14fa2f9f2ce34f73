// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's side of a ceremony, without secret and without database: it opens it, and each time files have come in, checks
// them and makes the next ones. Anybody could do it; nobody can cheat by doing it.
#include <functional>

#include "cli/small_file.hpp"
#include "crypto/hash.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/trustee_file.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace trustee {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// Verifiers read no larger record of trustees (crypto/archive/verify.cpp): to be known before the ceremony, not after the vote.
constexpr std::size_t k_largest_record = 2 << 20;

// An upper bound: per holder the elements of its polynomial, of its cert and its key, and five signatures, with JSON around them.
std::size_t record_size(const Opening& opening) {
    const std::size_t element = opening.group == "Ed25519" ? 64 : 617;
    return opening.holders * ((opening.threshold + 3) * (element + 5) + 1300);
}

// Names from a file, one holder per line.
util::Result<Strings> read_names(const std::string& path) {
    const auto text = util::read_file(path);
    if (!text) return bad_input("le fichier des noms ne peut pas être lu : " + path);
    Strings names;
    for (const std::string& line : util::split(*text, '\n')) {
        const std::string name(util::trim(line));
        if (name.empty()) continue;
        if (!is_plain_line(name)) return bad_input(path + " : un nom est trop long ou a des caractères de commande");
        names.push_back(name);
    }
    return names;
}

// One text of each holder, or nothing after saying who is awaited.
util::Result<std::optional<Strings>> gather(const CeremonyFolder& folder, const Piece& piece) {
    Strings texts;
    std::string awaited;
    for (unsigned number = 1; number <= folder.opening().holders; ++number) {
        if (!folder.has(piece, number)) {
            awaited += "\n  " + folder.opening().holder(number) + " : " + folder.piece_path(piece, number).filename().string();
            continue;
        }
        auto text = folder.read(piece, number, 1);
        if (!text) return text.error();
        texts.push_back(std::move((*text)[0]));
    }
    if (awaited.empty()) return std::optional<Strings>(std::move(texts));
    if (texts.empty())
        say("Aucun porteur n’a encore remis " + std::string(piece.what) + " (« scrutin-trustee " + std::string(piece.command) +
            " » chez lui).");
    else say("Manque encore (« scrutin-trustee " + std::string(piece.command) + " » chez le porteur) :" + awaited);
    return std::optional<Strings>();
}

// The end of a run that made something, or that could make nothing yet.
util::Status waiting(bool made_something) {
    if (made_something) return util::Done{};
    return refused("la cérémonie attend ces fichiers ; copiez-les dans le dossier et relancez la commande");
}

}  // namespace

util::Status start(const Arguments& arguments) {
    Opening opening;
    opening.bureau = std::string(util::trim(arguments.get("--bureau").value_or("")));
    opening.group = arguments.get("--group").value_or("Ed25519");
    if (!is_plain_line(opening.bureau) || file_stem(opening.bureau, "").size() < 2)
        return bad_input("--bureau NOM est attendu : le nom du bureau de vote, comme dans scrutins.csv");
    if (util::count_code_points(opening.bureau) > 80) return bad_input("--bureau : 80 caractères au plus, comme dans scrutins.csv");
    if (opening.group != "Ed25519" && opening.group != "BELENIOS-2048")
        return bad_input("--group : Ed25519 ou BELENIOS-2048, comme dans scrutins.csv ; « " + opening.group + " » reçu");
    if (const auto path = arguments.get("--names")) {
        auto names = read_names(*path);
        if (!names) return names.error();
        opening.names = std::move(*names);
    }
    const auto holders = arguments.number("--holders", static_cast<unsigned>(opening.names.size()), 3, 60);
    if (!holders) return holders.error();
    if (*holders < 3 || *holders > 60) return bad_input("--holders N ou --names FICHIER est attendu : les porteurs, de 3 à 60");
    if (!opening.names.empty() && opening.names.size() != *holders)
        return bad_input("le fichier des noms a " + counted(opening.names.size(), "nom", "noms") + " pour " +
                         std::to_string(*holders) + " porteurs");
    opening.holders = *holders;
    if (!arguments.has("--threshold"))
        return bad_input("--threshold K est attendu : combien de porteurs suffisent au dépouillement (2 au moins, et moins que " +
                         std::to_string(*holders) + ")");
    const auto threshold = arguments.number("--threshold", 0, 2, *holders - 1);
    if (!threshold) return threshold.error();
    opening.threshold = *threshold;
    if (record_size(opening) > k_largest_record)
        return bad_input(
            "avec tant de porteurs et un tel seuil, la clé du bureau dépasserait les 2 Mio que lisent les vérificateurs : prenez "
            "un seuil plus bas, moins de porteurs ou le groupe Ed25519");

    const fs::path folder = arguments.positional[0];
    fs::create_directories(folder);
    const fs::path path = folder / (file_stem(opening.bureau, opening.group) + ".0-ouverture.json");
    if (util::is_taken(path)) {
        const auto there = CeremonyFolder::find(folder);
        if (!there) return there.error();
        const Opening& old = there->opening();
        if (old.bureau != opening.bureau || old.holders != opening.holders || old.threshold != opening.threshold ||
            old.names != opening.names)
            return refused(path.string() + " existe déjà, avec un autre réglage ; rien n’est remplacé");
        say_heading(old, "Cérémonie déjà ouverte");
        say_file(path, false, "public : à remettre à chaque porteur");
        return util::Done{};
    }
    if (CeremonyFolder::find(folder)) return refused("ce dossier a déjà une autre cérémonie : prenez un dossier par cérémonie");
    if (!util::create_file(path, write_opening(opening), /*secret=*/false)) return refused(path.string() + " existe déjà");
    const auto opened = CeremonyFolder::find(folder);
    if (!opened) return opened.error();
    say_heading(opened->opening(), "Ouverture de la cérémonie");
    for (unsigned number = 1; number <= opening.holders; ++number) say("  " + opened->opening().holder(number));
    say_file(path, true, "public : à remettre à chaque porteur, avec le programme scrutin-trustee");
    say("À vérifier par le bureau : le président et le secrétaire ont chacun une part au moins, les délégués et suppléants les deux\n"
        "tiers des parts au moins, personne plus de deux (CGFP, art. R211-545).");
    say_next(
        "chaque porteur, sur sa machine, dans un dossier à lui où il a copié ce fichier :\n"
        "« scrutin-trustee identity SON-DOSSIER --holder SON-NUMERO ».");
    return util::Done{};
}

namespace {

// Each stage makes its list once all are in, and checks on each later run that nobody's file has changed since.
struct Stage {
    const Piece& in;
    const Piece& out;
    std::function<crypto::Checked<util::Done>(const Strings&)> check;
    std::string advice, next;
};

util::Result<std::optional<Strings>> run_stage(const CeremonyFolder& folder, const Stage& stage, bool& made_something) {
    auto texts = gather(folder, stage.in);
    if (!texts || !*texts) return texts;
    if (folder.has(stage.out)) {
        const auto published = folder.read(stage.out, 0, (*texts)->size());
        if (!published) return published.error();
        for (unsigned i = 0; i < folder.opening().holders; ++i)
            if ((*published)[i] != (**texts)[i])
                return refused(std::string(stage.in.what) + " du " + folder.opening().holder(i + 1) + " n’est plus celui de " +
                               folder.piece_path(stage.out).string() +
                               ", déjà remis à tous : remettez l’ancien fichier, ou recommencez "
                               "la cérémonie dans un autre dossier");
    }
    if (const auto good = stage.check(**texts); !good) return ceremony_refused(folder.opening(), good.refusal());
    const auto written = folder.publish(stage.out, 0, **texts);
    if (!written) return written.error();
    if (*written) {
        say_file(folder.piece_path(stage.out), true, stage.advice);
        say_next(stage.next);
        made_something = true;
    }
    return texts;
}

// One file a holder; whether any is new.
util::Result<bool> hand_out_parts(const CeremonyFolder& folder, const Strings& parts) {
    const Opening& opening = folder.opening();
    bool any_new = false;
    for (unsigned number = 1; number <= opening.holders; ++number) {
        const auto written = folder.publish(k_parts, number, {parts[number - 1]});
        if (!written) return written.error();
        any_new = any_new || *written;
        if (*written) say_file(folder.piece_path(k_parts, number), true, "à remettre au " + opening.holder(number));
    }
    if (any_new) say_next("chez chaque porteur, « scrutin-trustee finish SON-DOSSIER ».");
    return any_new;
}

void say_finished(const CeremonyFolder& folder, const std::string& record) {
    say("\n    EMPREINTE DE LA CLÉ DU BUREAU, à porter au procès-verbal :   " + spoken_fingerprint(record) + "\n");
    say("La cérémonie est finie. Clé : " + folder.record_path().string() +
        ", confirmations : " + folder.piece_path(k_confirmations).string() + ".");
}

}  // namespace

util::Status collect(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const Opening& opening = folder->opening();
    const auto setting = opening.setting();
    say_heading(opening, "Réunion des fichiers des porteurs");
    if (!folder->own_numbers().empty())
        say("Attention : ce dossier a aussi le secret d’un porteur. En vrai, il reste sur la machine du porteur.");
    const std::string to_each = "public : à remettre à chaque porteur";

    bool made_something = false;
    std::string fingerprint;
    const auto certs = run_stage(*folder,
                                 {k_cert, k_certs,
                                  [&](const Strings& texts) -> crypto::Checked<util::Done> {
                                      const auto checked = crypto::ceremony::check_certs(setting, texts);
                                      if (!checked) return checked.refusal();
                                      fingerprint = spoken_fingerprint(opening.id + "|" + *checked);
                                      return util::Done{};
                                  },
                                  to_each,
                                  "chez chaque porteur, « scrutin-trustee certs SON-DOSSIER », lecture à voix haute, puis "
                                  "« scrutin-trustee commit SON-DOSSIER »."},
                                 made_something);
    if (!certs) return certs.error();
    if (!*certs) return waiting(made_something);
    say_checked("les certificats : signatures, places, groupe, seuil, clés différentes. Empreinte : " + fingerprint);

    const auto commitments = run_stage(*folder,
                                       {k_commitment, k_commitments, crypto::ceremony::check_commitments, to_each,
                                        "chez chaque porteur, « scrutin-trustee reveal SON-DOSSIER »."},
                                       made_something);
    if (!commitments) return commitments.error();
    if (!*commitments) return waiting(made_something);
    say_checked("les engagements : un par porteur, tous différents");

    const auto polynomials = gather(*folder, k_polynomial);
    if (!polynomials) return polynomials.error();
    if (!*polynomials) return waiting(made_something);
    const auto parts = crypto::ceremony::route(setting, **certs, **commitments, **polynomials);
    if (!parts) return ceremony_refused(opening, parts.refusal());
    say_checked("les polynômes : chacun est celui de son engagement, signé, fait pour cette liste de certificats");
    if (const auto written = hand_out_parts(*folder, *parts); !written) return written.error();
    else made_something = made_something || *written;

    const auto public_keys = gather(*folder, k_public_key);
    if (!public_keys) return public_keys.error();
    if (!*public_keys) return waiting(made_something);
    const auto record = crypto::ceremony::assemble(setting, **certs, **commitments, **polynomials, **public_keys);
    if (!record) return ceremony_refused(opening, record.refusal());
    say_checked("les clés publiques : chacune répond aux polynômes, avec sa preuve ; la clé du bureau est complète");
    const auto recorded = folder->publish_record(*record);
    if (!recorded) return recorded.error();
    if (*recorded) {
        made_something = true;
        say_file(folder->record_path(), true, to_each);
        say_next("chez chaque porteur, « scrutin-trustee confirm SON-DOSSIER ».");
    }

    const auto confirmations =
        run_stage(*folder,
                  {k_confirmation, k_confirmations,
                   [&](const Strings& texts) { return crypto::ceremony::check_confirmations(opening.group, *record, texts); },
                   "public : à garder près de la clé du bureau ; le scellement la demande",
                   "« scrutinctl seal --trustees DOSSIER », DOSSIER ayant la clé et les confirmations de chaque bureau."},
                  made_something);
    if (!confirmations) return confirmations.error();
    if (!*confirmations) return waiting(made_something);
    say_checked("les " + std::to_string(opening.holders) + " porteurs ont confirmé cette clé, par leur signature");
    say_finished(*folder, *record);
    return util::Done{};
}

}  // namespace trustee
