// SPDX-License-Identifier: AGPL-3.0-or-later
// bundle: all that a proclaimed scrutin leaves, in one folder with one list of digests, which `scrutin-verify bundle` checks on any machine. A
// folder has its name once that verifier, run here, has refused nothing of it.
#include "scrutinctl/bundle.hpp"

#include "auditor/commands.hpp"
#include "domain/canonical.hpp"
#include "domain/proclamation.hpp"
#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/digest_list.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/store_sealed.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

std::string how_to_verify(const SealKeeper::Sealed& sealed) {
    return "Ce dossier contient tout ce que laisse le scrutin « " + sealed.seal.title +
           " ».\n\n"
           "  proces-verbal.html, .pdf   le procès-verbal, à lire et à signer\n"
           "  proclamation.txt           ce que le bureau a proclamé\n"
           "  archive/                   les bulletins chiffrés, le total, les déchiffrements et le résultat (.bel), les secondes preuves\n"
           "                             (.preuves.json), la fin signée du journal public (.checkpoint) et le texte du scellement\n"
           "  scellement/                l’élection scellée et le texte de son scellement\n"
           "  journal.txt, .checkpoint   le journal des actes du bureau des élections, et sa tête signée\n"
           "  programmes*.txt            les empreintes des programmes et des pages, au scellement puis à chaque intervention\n"
           "  cles.txt                   les clés publiques\n"
           "  SHA256SUMS                 l’empreinte de chaque fichier\n\n"
           "Vérifier, sans réseau, sur n’importe quelle machine :\n\n"
           "  scrutin-verify bundle CE-DOSSIER --digest EMPREINTE-ANNONCÉE --fingerprint EMPREINTE-DE-L’AFFICHE\n\n"
           "Avec des outils que ce projet n’a pas écrits :\n\n"
           "  sha256sum -c SHA256SUMS\n"
           "  belenios-tool election verify --dir archive        (groupe BELENIOS-2048)\n\n"
           "Chaque ligne de journal.txt : numéro, heure (UTC), qui, acte, détail, empreinte ; l’empreinte est\n"
           "SHA-256(empreinte précédente | heure | qui | acte | détail), la première précédente étant 64 zéros.\n\n"
           "Le journal nomme des agents et des lieux : ce dossier se remet au bureau, aux organisations et au juge, il ne se publie pas tel quel.\n";
}

std::string keys_text(const SealKeeper::Sealed& sealed) {
    return "preuves-de-vote " + sealed.seal.receipt_key + "\njournal-public " + sealed.seal.log_key + "\n";
}

// The whole chain, not this scrutin's alone: a part of a chain proves nothing.
std::string journal_text(Office& office) {
    std::string text;
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        text += domain::canonical::line(std::to_string(entry.id), {entry.at, entry.actor, entry.action, entry.detail, entry.hash});
    });
    return text;
}

util::Status fill(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed, const HolderNames& holders,
                  const fs::path& folder) {
    const auto proclaimed = store::find_proclamation(office.db(), scrutin.id);
    const auto head = store::last_journal_head(office.db());
    if (!proclaimed) return refused("scrutin " + scrutin.code + " : pas encore proclamé, pas de dossier");
    if (!head) return refused("le journal des actes n’a pas encore de tête signée : le processus sceau est-il en marche ?");
    const auto minutes = make_minutes(office, scrutin, holders);
    if (!minutes) return minutes.error();
    const auto archive = write_archive(office, scrutin, sealed, folder / "en-cours");
    if (!archive) return archive.error();
    if (!write_log_end(office, scrutin, sealed, archive->path))
        return refused("scrutin " + scrutin.code + " : le processus sceau n’a pas publié la fin signée de son journal public");
    fs::rename(folder / "en-cours" / scrutin.code, folder / "archive");
    fs::remove(folder / "en-cours");
    fs::create_directories(folder / "scellement");
    util::replace_file(folder / "scellement/election", sealed.setup.election);
    util::replace_file(folder / "scellement/texte", domain::write_seal(sealed.seal));
    for (const store::Programs& programs : store::all_programs(office.db()))
        util::replace_file(folder /
                               (programs.number == 1 ? "programmes.txt" : "programmes-" + std::to_string(programs.number) + ".txt"),
                           programs.text);
    util::replace_file(folder / "proces-verbal.html", minutes->html);
    util::replace_file(folder / "proces-verbal.pdf", minutes->pdf);
    util::replace_file(folder / "proclamation.txt", proclaimed->text);
    util::replace_file(folder / "cles.txt", keys_text(sealed));
    util::replace_file(folder / "journal.checkpoint", head->note);  // before the entries: those are as many or more
    util::replace_file(folder / "journal.txt", journal_text(office));
    util::replace_file(folder / "LISEZMOI.txt", how_to_verify(sealed));
    util::replace_file(folder / "SHA256SUMS", list_digests(folder));
    Arguments check;
    check.positional = {folder.string()};
    check.options.emplace("--fingerprint", util::sha256_hex(sealed.setup.election));
    if (const util::Status holds = auditor::check_bundle(check); !holds)
        return refused("scrutin " + scrutin.code +
                       " : le dossier ne se vérifie pas (« Refus » ci-dessus). Rien n’en est gardé ; s’il s’agit du journal, "
                       "le processus sceau signe dans les secondes qui suivent un acte : relancez");
    return util::Done{};
}

}  // namespace

util::Status make_bundle(Office& office, const store::Scrutin& scrutin, const HolderNames& holders, const fs::path& out) {
    if (scrutin.state < domain::ScrutinState::proclaimed)
        return refused("scrutin " + scrutin.code + " : pas encore proclamé, pas de dossier");
    const fs::path folder = out / scrutin.code, beside = out / (scrutin.code + ".en-cours");
    if (util::is_taken(folder))
        return refused(folder.string() + " existe déjà : donnez un autre --out, ou retirez-le ; rien n’en est changé");
    SealKeeper keeper(office);
    const auto sealed = keeper.require(scrutin);
    if (!sealed) return sealed.error();
    fs::remove_all(beside);  // of a run that was stopped
    fs::create_directories(beside);
    const util::Status filled = fill(office, scrutin, *sealed, holders, beside);
    if (!filled) {
        fs::remove_all(beside);
        return filled;
    }
    const std::string digest = util::sha256_hex_of_file(beside / "SHA256SUMS").value_or("");
    record_alone(office, "bundle", scrutin.code + " " + digest);
    fs::rename(beside, folder);
    say(folder.string() + " : EMPREINTE DU DOSSIER   " + digest);
    return util::Done{};
}

util::Status bundle(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    const auto holders = read_holder_names(office, arguments);
    if (!scrutins) return scrutins.error();
    if (!holders) return holders.error();
    const auto out = arguments.get("--out");
    if (!out) return bad_input("--out DOSSIER est attendu : où écrire");
    if (const auto journal = check_journal(office); !journal) return journal.error();
    fs::create_directories(*out);
    Stops stops;
    std::size_t made = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (const util::Status done = make_bundle(office, scrutin, *holders, *out); !done) stops.add(done.error());
        else ++made;
    }
    say(counted(made, "dossier", "dossiers") +
        ", chacun vérifié ; leurs empreintes sont au journal des actes et se portent au procès-verbal.");
    return stops.outcome();
}

}  // namespace scrutinctl
