// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/count.hpp"

#include <numeric>

#include "scrutinctl/judge.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/urne_reader.hpp"
#include "trustee/key_file.hpp"
#include "trustee/total.hpp"
#include "trustee/trustee_file.hpp"

namespace scrutinctl {

using namespace cli;

util::Result<SealedElection> sealed_election(Office& office, const store::Scrutin& scrutin) {
    auto setup = store::find_setup(office.db(), scrutin.id);
    if (!setup) return util::failure(util::Fault::not_found, "scrutin " + scrutin.code + " : il n’est pas scellé");
    const auto election = crypto::Election::parse(setup->election);
    if (!election) return bad_input("scrutin " + scrutin.code + " : élection scellée illisible : " + election.error().detail);
    return SealedElection{std::move(*setup), *election};
}

util::Status check_counters(Office& office, const store::Scrutin& scrutin) {
    const store::Attendance counts = store::attendance(office.db(), scrutin.id);
    if (counts.ballots != counts.emargements || counts.emargements > counts.inscrits) {
        return refused("scrutin " + scrutin.code + " : " + counted(counts.ballots, "bulletin", "bulletins") + ", " +
                       counted(counts.emargements, "émargement", "émargements") + ", " +
                       counted(counts.inscrits, "inscrit", "inscrits") +
                       ". Le dépouillement s’arrête : l’écart est à porter au procès-verbal");
    }
    if (counts.waiting > 0) {
        return refused("scrutin " + scrutin.code + " : " + counted(counts.waiting, "bulletin attend", "bulletins attendent") +
                       " encore d’entrer dans l’urne. sceau le fait en quelques secondes : recommencez ; s’il ne sert pas, "
                       "portail-status le dit");
    }
    return util::Done{};
}

namespace {

// The product of the urne's ballots in the order of the public log, which the signed head must be over.
util::Result<crypto::Election::Tally> product_of_ballots(Office& office, const store::Scrutin& scrutin,
                                                         const SealKeeper::Sealed& sealed, const crypto::Election& election) {
    HeadCheck head(office, scrutin, sealed.seal.log_key);
    ArchivedBallots ballots(office.db(), scrutin.id);
    bool missing = false;
    const auto made = election.tally([&] {
        auto ballot = ballots.next();
        if (ballot && ballot->empty()) {
            missing = true;
            ballot.reset();
        }
        if (ballot) head.add(*ballot);
        return ballot;
    });
    if (missing) return refused("scrutin " + scrutin.code + " : un bulletin du journal public manque dans l’urne");
    if (const util::Status is_signed = head.outcome(/*complete=*/true); !is_signed) return is_signed.error();
    if (!made) return bad_input("scrutin " + scrutin.code + " : " + made.error().detail);
    if (made->count != store::attendance(office.db(), scrutin.id).ballots)
        return refused("scrutin " + scrutin.code + " : l’urne a des bulletins que le journal public n’a pas");
    return made;
}

}  // namespace

util::Result<store::StoredTally> encrypted_tally_of(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin) {
    if (scrutin.stop.is_annulled()) return refused("scrutin " + scrutin.code + " : il est annulé, et n’est jamais dépouillé");
    const auto stored = store::find_tally(office.db(), scrutin.id);
    if (!stored && scrutin.state != domain::ScrutinState::closed)
        return refused("scrutin " + scrutin.code + " : il est « " + scrutin.state_word() + " », le dépouillement suit la clôture");
    const auto sealed = keeper.require(scrutin);
    if (!sealed) return sealed.error();
    if (const util::Status agree = check_counters(office, scrutin); !agree) return agree.error();
    const auto election = crypto::Election::parse(sealed->setup.election);
    if (!election) return bad_input("scrutin " + scrutin.code + " : élection scellée illisible : " + election.error().detail);
    if (!stored) {
        if (const auto judged = judge_archive(office, scrutin, *sealed, ""); !judged) return judged.error();
    }
    const auto made = product_of_ballots(office, scrutin, *sealed, **election);
    if (!made) return made.error();
    if (stored) {
        if (stored->tally.encrypted_tally != made->encrypted_tally || stored->tally.sized != made->sized ||
            stored->tally.count != made->count)
            return refused("scrutin " + scrutin.code +
                           " : le total chiffré enregistré n’est pas celui des bulletins de l’urne. Le dépouillement de ce scrutin "
                           "s’arrête, aucun porteur ne doit déchiffrer : prévenir le bureau de vote");
        return *stored;
    }
    office.db().transaction([&] {
        store::insert_tally(office.db(), scrutin.id, *made);
        record(office, "encrypted-tally",
               scrutin.code + " bulletins=" + std::to_string(made->count) + " " + crypto::sha_hex(made->encrypted_tally));
        return true;
    });
    return store::StoredTally{*made, ""};
}

namespace {

// The second proofs of all decryptions: who has a false one, or none where the sealed record demands it.
util::Status check_second_proofs(const store::Scrutin& scrutin, const SealedElection& sealed, const store::StoredTally& stored,
                                 const std::vector<store::StoredPartial>& partials) {
    std::string faults;
    for (const store::StoredPartial& one : partials) {
        const bool is_there = !one.second_proof.empty();
        if (!is_there && !sealed.election->rules().bound_decryption) continue;
        if (is_there && sealed.election->verify_binding(sealed.setup_hash(), sealed.setup.trustees, stored.tally.encrypted_tally,
                                                        one.owner, one.partial, one.second_proof))
            continue;
        faults += (faults.empty() ? "" : " ; ") + std::string("la seconde preuve du porteur ") + std::to_string(one.owner) +
                  (is_there ? " est fausse" : " manque");
    }
    if (faults.empty()) return util::Done{};
    return refused("scrutin " + scrutin.code + " : " + faults +
                   ". Le dépouillement s’arrête ; « scrutinctl export » écrit tous les déchiffrements, à porter au procès-verbal");
}

}  // namespace

util::Status combine_scrutin(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin) {
    const auto stored = encrypted_tally_of(office, keeper, scrutin);
    if (!stored) return stored.error();
    const auto sealed = keeper.require(scrutin);
    if (!sealed) return sealed.error();
    const auto election = sealed_election(office, scrutin);
    if (!election) return election.error();
    const auto partials = store::partials(office.db(), scrutin.id);
    const unsigned needed = trustee::decryptions_needed(sealed->setup.trustees);
    if (partials.size() < needed) {
        return util::failure(util::Fault::unavailable, scrutin.code + " : " +
                                                           counted(partials.size(), "déchiffrement", "déchiffrements") + " sur " +
                                                           std::to_string(needed) + " nécessaires");
    }
    if (const auto good = check_second_proofs(scrutin, *election, *stored, partials); !good) return good;
    std::vector<std::pair<unsigned, std::string>> records;
    records.reserve(partials.size());
    for (const store::StoredPartial& one : partials) records.emplace_back(one.owner, one.partial);
    const auto counts = election->election->combine(sealed->setup.trustees, stored->tally, records);
    if (!counts) return bad_input("scrutin " + scrutin.code + " : " + counts.error().detail);
    if (std::accumulate(counts->votes.begin(), counts->votes.end(), std::uint64_t{0}) != stored->tally.count) {
        return refused("scrutin " + scrutin.code +
                       " : la somme des voix n’est pas le nombre de bulletins. Le dépouillement s’arrête");
    }
    const auto judged = judge_archive(office, scrutin, *sealed, counts->result);
    if (!judged) return judged.error();
    if (judged->votes != counts->votes)
        return refused("scrutin " + scrutin.code + " : le résultat n’est pas celui que l’archive prouve");
    const bool moved = office.db().transaction([&] {
        if (!store::move_state(office.db(), scrutin.id, domain::ScrutinState::closed, domain::ScrutinState::tallied)) return false;
        store::set_result(office.db(), scrutin.id, counts->result);
        record(office, "tally",
               scrutin.code + " archive=" + judged->digest + " sceau=" + sealed->digest + " " + counts->result +
                   " ; vérifiée par " + judged->judges);
        return true;
    });
    return moved ? util::Status(util::Done{})
                 : refused("scrutin " + scrutin.code + " : son état a changé pendant le dépouillement");
}

util::Status decrypt(Office& office, const Arguments& arguments) {
    const auto scrutins = scrutins_to_count(office, arguments);
    if (!scrutins) return scrutins.error();
    const std::vector<std::string> files = arguments.all("--key");
    if (files.empty()) return bad_input("--key FICHIER est attendu : la clé d’un porteur");
    const auto the = the_election(office);
    if (!the) return the.error();
    if (!the->demonstration)
        return refused(
            "hors démonstration, la clé d’un porteur ne vient jamais ici : « scrutinctl dossier export », puis, sur la machine "
            "de chaque porteur, « scrutin-trustee decrypt », puis « scrutinctl dossier import »");
    SealKeeper keeper(office);
    for (const std::string& file : files) {
        if (trustee::is_box_file(file))
            return refused(file + " : une clé de cérémonie ne s’emploie que chez son porteur, par « scrutin-trustee decrypt »");
        const auto key = trustee::open_key_file(file, arguments);
        if (!key) return key.error();
        std::size_t made = 0, there = 0, not_closed = 0, of_others = 0;
        for (const store::Scrutin& scrutin : *scrutins) {
            if (scrutin.bureau != key->bureau || scrutin.crypto_group != key->group) {
                ++of_others;
                continue;
            }
            if (scrutin.state < domain::ScrutinState::closed) {
                ++not_closed;
                continue;
            }
            const auto stored = encrypted_tally_of(office, keeper, scrutin);
            if (!stored) return stored.error();
            const auto sealed = sealed_election(office, scrutin);
            if (!sealed) return sealed.error();
            const auto decrypted = trustee::decrypt_total({*sealed->election, sealed->setup_hash(), sealed->setup.trustees,
                                                           stored->tally.encrypted_tally, stored->tally.count},
                                                          key->owner, key->key);
            if (!decrypted) return bad_input(file + " : clé refusée pour " + scrutin.code + " : " + decrypted.error().detail);
            const bool added = office.db().transaction([&] {
                if (!store::insert_partial(office.db(), scrutin.id, {key->owner, decrypted->partial, decrypted->second_proof}))
                    return false;
                record(office, "decrypt",
                       scrutin.code + " porteur=" + std::to_string(key->owner) + " " + crypto::sha_hex(decrypted->partial));
                return true;
            });
            ++(added ? made : there);
        }
        if (of_others == scrutins->size()) return bad_input(file + " : cette clé n’est celle d’aucun des scrutins choisis");
        if (made + there == 0) return refused(file + " : aucun scrutin de cette clé n’est clos");
        say("Porteur " + std::to_string(key->owner) + ", " + key->bureau + " (" + key->group + ") : " +
            counted(made, "déchiffrement", "déchiffrements") + (there > 0 ? ", " + std::to_string(there) + " déjà là" : "") +
            (not_closed > 0 ? ", " + counted(not_closed, "scrutin non clos", "scrutins non clos") : "") + ".");
    }
    return util::Done{};
}

util::Status tally(Office& office, const Arguments& arguments) {
    const auto scrutins = scrutins_to_count(office, arguments);
    if (!scrutins) return scrutins.error();
    SealKeeper keeper(office);
    Stops stops;
    std::size_t done = 0, before = 0, waiting = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state >= domain::ScrutinState::tallied) {
            ++before;
            continue;
        }
        const util::Status combined = combine_scrutin(office, keeper, scrutin);
        if (combined) {
            ++done;
        } else if (combined.error().fault == util::Fault::unavailable) {
            ++waiting;
            say("En attente : " + combined.error().detail + ".");
        } else {
            stops.add(combined.error());
        }
    }
    say(counted(done, "scrutin dépouillé", "scrutins dépouillés") +
        (before > 0 ? ", " + counted(before, "l’était déjà", "l’étaient déjà") : "") + ".");
    if (!stops.empty()) return stops.outcome();
    if (waiting > 0) return refused(counted(waiting, "scrutin attend", "scrutins attendent") + " des déchiffrements");
    return util::Done{};
}

}  // namespace scrutinctl
