// SPDX-License-Identifier: AGPL-3.0-or-later
// The ceremony on a holder's machine, second half: one's share of the key from everybody's polynomials, then the signed
// confirmation of the bureau's key, which alone makes the key file.
#include "crypto/hash.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/holder_desk.hpp"

namespace trustee {

using namespace cli;

namespace {

// What the holder agreed to at the steps before: nothing that comes from outside replaces it.
struct Agreed {
    Strings certs, commitments;
};
util::Result<Agreed> read_agreed(HolderDesk& desk) {
    const unsigned holders = desk.opening().holders;
    const auto contribution = desk.read(k_polynomial_secret, holders + 2);
    if (!contribution) return contribution.error();
    const auto pinned = desk.read(k_commitments_secret, holders);
    if (!pinned) return pinned.error();
    Agreed agreed;
    for (unsigned i = 0; i < holders; ++i) {
        agreed.certs.emplace_back((*contribution)[i].view());
        agreed.commitments.emplace_back((*pinned)[i].view());
    }
    return agreed;
}

}  // namespace

util::Status finish(const Arguments& arguments) {
    const auto found = CeremonyFolder::find(arguments.positional[0]);
    if (!found) return found.error();
    const CeremonyFolder& folder = *found;
    const Opening& opening = folder.opening();
    say_heading(opening, "Étape 5, votre part de la clé");
    auto desk = HolderDesk::open(arguments);
    if (!desk) return desk.error();
    bool made_now = false;
    if (!desk->has(k_share_secret)) {
        if (desk->has(k_key_secret))
            return refused("la cérémonie est finie : votre clé est " + desk->path_of(k_key_secret).string());
        if (!desk->has(k_commitments_secret))
            return refused("vous n’avez pas encore envoyé votre polynôme : " + trustee_line("reveal", folder.path()) +
                           " vient avant");
        const auto parts = folder.read(k_parts, desk->number(), 1);
        if (!parts) return parts.error();
        const auto identity = desk->read(k_identity_secret, 2);
        if (!identity) return identity.error();
        const auto agreed = read_agreed(*desk);
        if (!agreed) return agreed.error();
        const auto share =
            crypto::ceremony::finish(opening.setting(), (*identity)[0].view(), agreed->certs, agreed->commitments, (*parts)[0]);
        if (!share) return ceremony_refused(opening, share.refusal());
        made_now = desk->keep(k_share_secret, {share->key_file.view(), share->public_key});
        say_checked("chaque polynôme est signé par son porteur, pour la liste de certificats que vous avez acceptée");
        say_checked("chacun est celui de son engagement ; le vôtre est revenu inchangé");
        say_checked("les " + std::to_string(opening.holders) + " parts s’ouvrent et répondent aux polynômes");
    }
    const auto kept = desk->read(k_share_secret, 2);
    if (!kept) return kept.error();
    const auto published = folder.publish(k_public_key, desk->number(), {std::string((*kept)[1].view())});
    if (!published) return published.error();
    if (!made_now) say_checked("l’étape était déjà faite ; votre part s’ouvre avec votre phrase de passe");
    say_file(desk->path_of(k_share_secret), made_now, "secret, chiffré par votre phrase de passe : il reste dans ce dossier");
    say_file(folder.piece_path(k_public_key, desk->number()), *published,
             "public : à remettre au bureau des élections (clé USB ou courriel)");
    say_next("attendez la clé publique du bureau (" + folder.record_path().filename().string() +
             "), copiez-la dans ce dossier, puis " + trustee_line("confirm", folder.path()) + ".");
    return util::Done{};
}

util::Status confirm(const Arguments& arguments) {
    const auto found = CeremonyFolder::find(arguments.positional[0]);
    if (!found) return found.error();
    const CeremonyFolder& folder = *found;
    const Opening& opening = folder.opening();
    say_heading(opening, "Étape 6, confirmation de la clé du bureau");
    auto desk = HolderDesk::open(arguments);
    if (!desk) return desk.error();
    const auto record = folder.read_record();
    if (!record) return record.error();
    bool made_now = false;
    if (!desk->has(k_key_secret)) {
        if (!desk->has(k_share_secret))
            return refused("vous n’avez pas encore votre part : " + trustee_line("finish", folder.path()) + " vient avant");
        const auto agreed = read_agreed(*desk);
        if (!agreed) return agreed.error();
        const auto share = desk->read(k_share_secret, 2);
        if (!share) return share.error();
        if (const auto fits = crypto::ceremony::check_record(opening.setting(), agreed->certs, agreed->commitments, *record); !fits)
            return ceremony_refused(opening, fits.refusal());
        const auto confirmation = crypto::ceremony::confirm(opening.group, *record, (*share)[0].view());
        if (!confirmation) return ceremony_refused(opening, confirmation.refusal());
        made_now = desk->keep(k_key_secret, {(*share)[0].view(), crypto::sha_hex(*record), *confirmation});
        say_checked("la clé du bureau est faite des certificats et des polynômes que vous avez acceptés, et de rien d’autre");
    }
    const auto kept = desk->read(k_key_secret, 3);
    if (!kept) return kept.error();
    if ((*kept)[1].view() != crypto::sha_hex(*record))
        return bad_input(
            "contrôle refusé : cette clé du bureau n’est pas celle que vous avez confirmée. Rien n’est changé ; prévenez le "
            "président du bureau");
    if (const auto own = crypto::ceremony::check_key_file(opening.group, *record, desk->number(), (*kept)[0].view()); !own)
        return ceremony_refused(opening, own.refusal());
    const auto published = folder.publish(k_confirmation, desk->number(), {std::string((*kept)[2].view())});
    if (!published) return published.error();
    say_checked("à la place du " + opening.holder(desk->number()) +
                ", elle a votre clé publique ; votre part s’ouvre et lui répond");
    say_file(desk->path_of(k_key_secret), made_now,
             "VOTRE CLÉ, chiffrée par votre phrase de passe : faites-en une copie sur une clé USB, sous enveloppe scellée");
    say_file(folder.piece_path(k_confirmation, desk->number()), *published,
             "public : à remettre au bureau des élections (clé USB ou courriel)");
    say("\n    EMPREINTE DE LA CLÉ DU BUREAU, à porter au procès-verbal :   " + spoken_fingerprint(*record) + "\n");
    say_next(
        "c’est fini pour vous. Essayez votre clé et votre copie (« scrutin-trustee check FICHIER »), puis détruisez les\n"
        "fichiers « .secret » de ce dossier : ils ne servent plus.");
    return util::Done{};
}

}  // namespace trustee
