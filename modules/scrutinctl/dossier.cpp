// SPDX-License-Identifier: AGPL-3.0-or-later
// dossier export and import: the archives that the holders of each bureau are given, once to note what was sealed and once to decrypt on
// their machines, and what they bring back. A decryption is stored only after both its proofs were checked against the total of this
// database.
#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "scrutinctl/stops.hpp"
#include "trustee/reply.hpp"
#include "trustee/seal_notes.hpp"
#include "trustee/trustee_file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

constexpr std::chrono::seconds k_longest_wait_for_end{10};

// The archive of one scrutin for the holders of its bureau; a closed one only once its total was checked and kept, with the end of its
// public log beside it.
util::Result<WrittenArchive> write_dossier(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin,
                                           const SealKeeper::Sealed& sealed, const std::filesystem::path& folder) {
    const bool closed = scrutin.state == domain::ScrutinState::closed;
    if (closed)
        if (const auto stored = encrypted_tally_of(office, keeper, scrutin); !stored) return stored.error();
    auto written = write_archive(office, scrutin, sealed, folder / trustee::file_stem(scrutin.bureau, scrutin.crypto_group),
                                 closed ? ArchivePart::total : ArchivePart::sealing);
    // sceau signs the end of the log within a second or two of the close.
    const auto wait_until = std::chrono::steady_clock::now() + k_longest_wait_for_end;
    while (closed && written && !write_log_end(office, scrutin, sealed, written->path)) {
        if (std::chrono::steady_clock::now() > wait_until)
            return refused(
                "scrutin " + scrutin.code +
                " : le processus sceau n’a pas encore publié la fin signée de son journal public : est-il en marche ? Les "
                "porteurs la demandent pour déchiffrer.");
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    return written;
}

}  // namespace

util::Status dossier_export(Office& office, const Arguments& arguments) {
    const auto scrutins = scrutins_to_count(office, arguments);
    if (!scrutins) return scrutins.error();
    std::map<std::pair<std::string, std::string>, std::vector<trustee::SealNote>> bureaux;  // by bureau and group
    std::size_t to_note = 0, to_decrypt = 0, counted_before = 0;
    const std::filesystem::path folder = arguments.positional[0];
    SealKeeper keeper(office);
    Stops stops;
    for (const store::Scrutin& scrutin : *scrutins) {
        counted_before += scrutin.state > domain::ScrutinState::closed;
        if (scrutin.state < domain::ScrutinState::sealed || scrutin.state > domain::ScrutinState::closed) continue;
        const bool closed = scrutin.state == domain::ScrutinState::closed;
        const auto sealed = keeper.require(scrutin);
        if (!sealed) {
            stops.add(sealed.error());
            continue;
        }
        const auto archive = write_dossier(office, keeper, scrutin, *sealed, folder);
        if (!archive) {
            stops.add(archive.error());
            continue;
        }
        ++(closed ? to_decrypt : to_note);
        bureaux[{scrutin.bureau, scrutin.crypto_group}].push_back({scrutin.uuid, setup_hash_of(sealed->setup), ""});
        say(archive->path.string() +
            (closed ? " : " + counted(archive->ballots, "bulletin", "bulletins") + "." : " : scellement."));
    }
    if (bureaux.empty() && !stops.empty()) return stops.outcome();
    if (bureaux.empty())
        return refused(counted_before > 0 ? "tous les scrutins clos sont déjà dépouillés"
                                          : "aucun des scrutins choisis n’est scellé");
    for (const auto& [name, sealed] : bureaux) {
        const auto& [bureau, group] = name;
        record_alone(office, "dossier-export",
                     bureau + ", " + group + " : " + std::to_string(sealed.size()) + " scrutins, scellement " +
                         trustee::sealing_fingerprint(sealed));
        say(bureau + " (" + group + ") : " + (folder / trustee::file_stem(bureau, group)).string() + ", " +
            counted(sealed.size(), "scrutin", "scrutins") + ".");
        if (to_decrypt == 0)
            say("    EMPREINTE DU SCELLEMENT, à porter au procès-verbal :   " + trustee::sealing_fingerprint(sealed));
    }
    say("À remettre aux porteurs de chaque bureau. Chacun, sur sa machine :");
    if (to_note > 0) say("« scrutin-trustee note DOSSIER --key SA-CLE.cle », après lecture de l’empreinte à voix haute.");
    if (to_decrypt > 0) say("« scrutin-trustee decrypt DOSSIER --key SA-CLE.cle ».");
    return stops.outcome();
}

namespace {

// A partial decryption that was checked, with the scrutin that it belongs to.
struct Accepted {
    const store::Scrutin* scrutin;
    const trustee::HolderPartial* partial;
};

util::Result<std::vector<Accepted>> check_partials(Office& office, const std::vector<store::Scrutin>& scrutins,
                                                   const std::string& file, const trustee::HolderPartials& partials) {
    std::vector<Accepted> accepted;
    std::size_t of_others = 0;
    SealKeeper keeper(office);
    for (const trustee::HolderPartial& one : partials.scrutins) {
        const auto scrutin = std::find_if(scrutins.begin(), scrutins.end(), [&](const auto& s) { return s.uuid == one.uuid; });
        // A holder's file keeps what he decrypted in the rehearsal with the same key.
        if (scrutin == scrutins.end()) {
            ++of_others;
            continue;
        }
        const std::string which = file + " : scrutin " + scrutin->code + " : ";
        if (scrutin->bureau != partials.bureau || scrutin->crypto_group != partials.group)
            return bad_input(which + "il est du bureau « " + scrutin->bureau + " » (" + scrutin->crypto_group + ")");
        if (scrutin->state > domain::ScrutinState::closed) continue;  // counted: one more would only change the archive
        if (!store::find_tally(office.db(), scrutin->id))
            return refused(which + "il n’a pas encore de total chiffré (« scrutinctl dossier export »)");
        const auto stored = encrypted_tally_of(office, keeper, *scrutin);
        if (!stored) return stored.error();
        if (one.tally != crypto::sha_hex(stored->tally.encrypted_tally))
            return bad_input(which + "ce n’est pas le total chiffré de l’urne qui a été déchiffré");
        const auto sealed = sealed_election(office, *scrutin);
        if (!sealed) return sealed.error();
        if (one.setup != sealed->setup_hash()) return bad_input(which + "il est déchiffré pour un autre scellement");
        if (!sealed->election->verify_partial_decryption(sealed->setup.trustees, stored->tally.encrypted_tally, partials.holder,
                                                         one.partial))
            return bad_input(which + "la preuve du déchiffrement est fausse ; rien n’est enregistré de ce fichier");
        if (!sealed->election->verify_binding(one.setup, sealed->setup.trustees, stored->tally.encrypted_tally, partials.holder,
                                              one.partial, one.second_proof))
            return bad_input(which + "la seconde preuve du porteur " + std::to_string(partials.holder) +
                             " est fausse ; rien n’est enregistré de ce fichier");
        accepted.push_back({&*scrutin, &one});
    }
    if (of_others == partials.scrutins.size()) return bad_input(file + " : aucun de ses scrutins n’est de cette élection");
    return accepted;
}

}  // namespace

util::Status dossier_import(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, {});
    if (!scrutins) return scrutins.error();
    for (const std::string& file : arguments.positional) {
        const auto partials = trustee::read_partials(file);
        if (!partials) return partials.error();
        const auto accepted = check_partials(office, *scrutins, file, *partials);
        if (!accepted) return accepted.error();
        std::size_t made = 0, there = 0;
        for (const Accepted& one : *accepted) {
            const bool added = office.db().transaction([&] {
                if (!store::insert_partial(office.db(), one.scrutin->id,
                                           {partials->holder, one.partial->partial, one.partial->second_proof}))
                    return false;
                record(office, "decrypt",
                       one.scrutin->code + " porteur=" + std::to_string(partials->holder) + " " +
                           crypto::sha_hex(one.partial->partial));
                return true;
            });
            ++(added ? made : there);
        }
        say("Porteur " + std::to_string(partials->holder) + ", " + partials->bureau + " (" + partials->group +
            ") : " + counted(made, "déchiffrement vérifié et enregistré", "déchiffrements vérifiés et enregistrés") +
            (there > 0 ? ", " + std::to_string(there) + " déjà là" : "") +
            (accepted->size() < partials->scrutins.size()
                 ? " ; " + counted(partials->scrutins.size() - accepted->size(), "scrutin laissé", "scrutins laissés") +
                       " (déjà dépouillés, ou d’une autre élection : un essai avec la même clé)"
                 : "") +
            ".");
    }
    return util::Done{};
}

}  // namespace scrutinctl
