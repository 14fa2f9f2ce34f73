// SPDX-License-Identifier: AGPL-3.0-or-later
// dossier export and import: what the holders of each bureau are given to decrypt on their machines, and what they bring back. A
// partial decryption is stored only after its proof was checked against the tally that this database holds.
#include <algorithm>
#include <map>

#include "scrutinctl/audit.hpp"
#include "scrutinctl/count.hpp"
#include "trustee/commands.hpp"
#include "trustee/count_dossier.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

util::Status dossier_export(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::map<std::pair<std::string, std::string>, trustee::CountDossier> dossiers;
    std::size_t not_closed = 0, counted_before = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::closed) {
            ++not_closed;
            continue;
        }
        if (scrutin.state > domain::ScrutinState::closed) {
            ++counted_before;
            continue;
        }
        const auto stored = encrypted_tally_of(office, scrutin);
        if (!stored) return stored.error();
        const auto sealed = sealed_election(office, scrutin);
        if (!sealed) return sealed.error();
        trustee::CountDossier& dossier = dossiers[{scrutin.bureau, scrutin.crypto_group}];
        if (dossier.scrutins.empty()) dossier = {scrutin.bureau, scrutin.crypto_group, sealed->setup.trustees, {}};
        if (dossier.trustees != sealed->setup.trustees)
            return bad_input("les scrutins du bureau « " + scrutin.bureau +
                             " » n’ont pas la même clé : exportez-les un à un (--scrutin)");
        dossier.scrutins.push_back({scrutin.code, sealed->setup.election, stored->tally.encrypted_tally, stored->tally.sized,
                                    sealed->setup.public_creds_hash, store::attendance(office.db(), scrutin.id).emargements});
    }
    if (dossiers.empty())
        return refused(counted_before > 0 ? "tous les scrutins clos sont déjà dépouillés"
                                          : "aucun des scrutins choisis n’est clos");
    const std::filesystem::path folder = arguments.positional[0];
    std::filesystem::create_directories(folder);
    for (const auto& [name, dossier] : dossiers) {
        const auto path = trustee::dossier_path(folder, dossier.bureau, dossier.group);
        const std::string text = trustee::write_dossier(dossier);
        util::replace_file(path, text);
        record_alone(office, "dossier-export",
                     dossier.bureau + ", " + dossier.group + " : " + std::to_string(dossier.scrutins.size()) + " scrutins " +
                         crypto::sha_hex(text));
        say(path.string() + " : " + counted(dossier.scrutins.size(), "scrutin", "scrutins") + ".");
    }
    say("À remettre aux porteurs de chaque bureau, avec les archives (« scrutinctl export ») pour qu’ils refassent le total" +
        std::string(not_closed > 0 ? " ; " + counted(not_closed, "scrutin n’est pas clos", "scrutins ne sont pas clos") : "") +
        ".");
    say("Chaque porteur, sur sa machine : « scrutin-trustee decrypt --key SA-CLE.cle DOSSIER.json --archives ARCHIVES ».");
    return util::Done{};
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
    for (const trustee::HolderPartial& one : partials.scrutins) {
        const auto scrutin = std::find_if(scrutins.begin(), scrutins.end(), [&](const auto& s) { return s.uuid == one.uuid; });
        if (scrutin == scrutins.end()) return bad_input(file + " : un des scrutins n’est pas de cette élection");
        const std::string which = file + " : scrutin " + scrutin->code + " : ";
        if (scrutin->bureau != partials.bureau || scrutin->crypto_group != partials.group)
            return bad_input(which + "il est du bureau « " + scrutin->bureau + " » (" + scrutin->crypto_group + ")");
        if (scrutin->state > domain::ScrutinState::closed) continue;  // counted: one more would only change the archive
        const auto stored = store::find_tally(office.db(), scrutin->id);
        if (!stored) return refused(which + "il n’a pas encore de total chiffré (« scrutinctl dossier export »)");
        if (one.tally != crypto::sha_hex(stored->tally.encrypted_tally))
            return bad_input(which + "ce n’est pas le total chiffré de l’urne qui a été déchiffré");
        const auto sealed = sealed_election(office, *scrutin);
        if (!sealed) return sealed.error();
        if (!sealed->election->verify_partial_decryption(sealed->setup.trustees, stored->tally.encrypted_tally, partials.holder,
                                                         one.partial))
            return bad_input(which + "la preuve du déchiffrement est fausse ; rien n’est enregistré de ce fichier");
        accepted.push_back({&*scrutin, &one});
    }
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
                if (!store::insert_partial(office.db(), one.scrutin->id, partials->holder, one.partial->partial)) return false;
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
                 ? " ; " + counted(partials->scrutins.size() - accepted->size(), "scrutin était déjà dépouillé",
                                   "scrutins étaient déjà dépouillés")
                 : "") +
            ".");
    }
    return util::Done{};
}

}  // namespace scrutinctl
