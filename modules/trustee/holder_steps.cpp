// SPDX-License-Identifier: AGPL-3.0-or-later
// The ceremony on a holder's machine, first half: identity, reading of all certs, a polynomial kept back behind its commitment,
// and its release once every commitment is in hand. A step run twice finds its own secret and gives the same files.
#include <algorithm>

#include "cli/passphrase.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/commands.hpp"
#include "trustee/holder_desk.hpp"

namespace trustee {

using namespace cli;

namespace {

constexpr std::string_view k_to_office = "public : à remettre au bureau des élections (clé USB ou courriel)";
constexpr std::string_view k_stays = "secret, chiffré par votre phrase de passe : il reste dans ce dossier";

Strings texts_of(const SecretList& list, std::size_t count) {
    Strings texts;
    for (std::size_t i = 0; i < count; ++i) texts.emplace_back(list[i].view());
    return texts;
}

// The list of certs, checked whole, and what is read aloud.
struct CheckedCerts {
    Strings certs;
    std::string spoken;
};
util::Result<CheckedCerts> read_certs(const CeremonyFolder& folder) {
    auto certs = folder.read(k_certs, 0, folder.opening().holders);
    if (!certs) return certs.error();
    const auto fingerprint = crypto::ceremony::check_certs(folder.opening().setting(), *certs);
    if (!fingerprint) return ceremony_refused(folder.opening(), fingerprint.refusal());
    return CheckedCerts{std::move(*certs), spoken_fingerprint(folder.opening().id + "|" + *fingerprint)};
}

util::Status check_own_cert(const CeremonyFolder& folder, unsigned number, const Strings& certs) {
    const auto own = folder.read(k_cert, number, 1);
    if (!own) return own.error();
    if (certs[number - 1] == (*own)[0]) return util::Done{};
    return bad_input("contrôle refusé : à votre place (" + folder.opening().holder(number) +
                     ") la liste a un autre certificat que le vôtre. Arrêtez-vous et prévenez le président du bureau");
}

void say_certs_checked(const Opening& opening, bool with_own) {
    say_checked("les " + std::to_string(opening.holders) + " certificats sont là, chacun à sa place, pour ce groupe et ce seuil");
    say_checked("leurs signatures sont justes, leurs clés sont du groupe, aucune n’est nulle ni en double");
    if (with_own) say_checked("votre certificat y est, à votre place, inchangé");
}

}  // namespace

util::Status identity(const Arguments& arguments) {
    if (!arguments.has("--holder")) return bad_input("--holder N est attendu : votre numéro de porteur");
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const Opening& opening = folder->opening();
    const auto number = arguments.number("--holder", 0, 1, opening.holders);
    if (!number) return number.error();
    for (const unsigned other : folder->own_numbers())
        if (other != *number)
            return refused("ce dossier est déjà celui du " + opening.holder(other) +
                           " : à chaque porteur sa machine et son dossier. Rien n’est changé");
    if (folder->own_numbers().empty() && folder->has(k_cert, *number))
        return refused(
            "ce dossier a déjà un certificat du " + opening.holder(*number) +
            ", sans son secret : le numéro est-il le bon ? Si ce secret est perdu, reprenez votre copie. Rien n’est changé");

    say_heading(opening, "Étape 1, identité du " + opening.holder(*number));
    auto desk = HolderDesk::begin(arguments, *number);
    if (!desk) return desk.error();
    bool made_now = false;
    if (!desk->has(k_identity_secret)) {
        if (desk->has(k_key_secret))
            return refused("la cérémonie est finie : votre clé est " + desk->path_of(k_key_secret).string());
        auto identity = crypto::ceremony::make_identity(opening.setting(), *number);
        if (!identity) return ceremony_refused(opening, identity.refusal());
        made_now = desk->keep(k_identity_secret, {identity->seed.view(), identity->cert});
    }
    const auto kept = desk->read(k_identity_secret, 2);
    if (!kept) return kept.error();
    const auto published = folder->publish(k_cert, *number, {std::string((*kept)[1].view())});
    if (!published) return published.error();
    say_checked(made_now ? "le secret a été relu et s’ouvre avec votre phrase de passe"
                         : "l’étape était déjà faite ; votre secret s’ouvre avec votre phrase de passe");
    say_file(desk->path_of(k_identity_secret), made_now, k_stays);
    say_file(folder->piece_path(k_cert, *number), *published, k_to_office);
    say_next("attendez la liste de tous les certificats (" + folder->piece_path(k_certs).filename().string() +
             "), copiez-la dans ce dossier, puis " + trustee_line("certs", folder->path()) + ".");
    return util::Done{};
}

util::Status certs(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    say_heading(folder->opening(), "Étape 2, contrôle des certificats");
    const auto checked = read_certs(*folder);
    if (!checked) return checked.error();
    const auto numbers = folder->own_numbers();
    if (numbers.size() == 1) {
        if (const auto own = check_own_cert(*folder, numbers[0], checked->certs); !own) return own;
    }
    say_certs_checked(folder->opening(), numbers.size() == 1);
    say("\n    EMPREINTE À LIRE À VOIX HAUTE :   " + checked->spoken + "\n");
    say("Chaque porteur lit la sienne, sur son propre écran. Toutes doivent être les mêmes, symbole pour symbole. Une seule\n"
        "différence : quelqu’un a reçu une fausse liste, arrêtez la cérémonie.");
    say_next("si toutes sont égales, " + trustee_line("commit", folder->path()) + ".");
    return util::Done{};
}

util::Status commit(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const Opening& opening = folder->opening();
    say_heading(opening, "Étape 3, engagement");
    const auto checked = read_certs(*folder);
    if (!checked) return checked.error();
    std::string typed;
    if (const auto given = arguments.get("--fingerprint")) {
        typed = *given;
    } else {
        const auto line = ask_line("Tapez l’empreinte que tous les porteurs ont lue (espaces et majuscules indifférents) : ",
                                   "donnez --fingerprint EMPREINTE : celle que tous les porteurs ont lue à voix haute");
        if (!line) return line.error();
        typed = *line;
    }
    if (!is_same_fingerprint(typed, checked->spoken))
        return bad_input("l’empreinte donnée n’est pas celle de la liste de ce dossier (" + checked->spoken +
                         "). Rien n’est écrit ; relisez-la, et si elle diffère vraiment, arrêtez la cérémonie");

    auto desk = HolderDesk::open(arguments);
    if (!desk) return desk.error();
    const auto identity = desk->read(k_identity_secret, 2);
    if (!identity) return identity.error();
    if (const auto own = check_own_cert(*folder, desk->number(), checked->certs); !own) return own;
    bool made_now = false;
    if (!desk->has(k_polynomial_secret)) {
        const auto made = crypto::ceremony::make_contribution(opening.setting(), (*identity)[0].view(), checked->certs);
        if (!made) return ceremony_refused(opening, made.refusal());
        std::vector<std::string_view> texts(checked->certs.begin(), checked->certs.end());
        texts.insert(texts.end(), {made->polynomial, made->commitment});
        made_now = desk->keep(k_polynomial_secret, texts);
    }
    const auto kept = desk->read(k_polynomial_secret, opening.holders + 2);
    if (!kept) return kept.error();
    if (texts_of(*kept, opening.holders) != checked->certs)
        return bad_input(
            "contrôle refusé : la liste des certificats n’est plus celle sur laquelle vous vous êtes engagé. Arrêtez-vous "
            "et prévenez le président du bureau");
    const auto published = folder->publish(k_commitment, desk->number(), {std::string(kept->back().view())});
    if (!published) return published.error();
    say_checked("l’empreinte tapée est celle de la liste de ce dossier");
    say_certs_checked(opening, true);
    say_checked("votre polynôme est fait et reste chez vous, chiffré ; seul son engagement est publié");
    say_file(desk->path_of(k_polynomial_secret), made_now, k_stays);
    say_file(folder->piece_path(k_commitment, desk->number()), *published, k_to_office);
    say_next("attendez la liste de tous les engagements (" + folder->piece_path(k_commitments).filename().string() +
             "), copiez-la dans ce dossier, puis " + trustee_line("reveal", folder->path()) + ".");
    return util::Done{};
}

util::Status reveal(const Arguments& arguments) {
    const auto folder = CeremonyFolder::find(arguments.positional[0]);
    if (!folder) return folder.error();
    const Opening& opening = folder->opening();
    say_heading(opening, "Étape 4, envoi du polynôme");
    const auto commitments = folder->read(k_commitments, 0, opening.holders);
    if (!commitments)
        return commitments.error().fault == util::Fault::forbidden
                   ? refused(commitments.error().detail +
                             ". Votre polynôme ne sort pas tant que l’engagement de chacun n’est pas là : "
                             "sinon le dernier choisirait le sien en voyant les autres")
                   : commitments.error();
    const auto is_commitment = [](const std::string& text) {
        return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    };
    if (!std::all_of(commitments->begin(), commitments->end(), is_commitment))
        return bad_input("contrôle refusé : un des engagements n’en est pas un. Arrêtez-vous et prévenez le président du bureau");
    for (unsigned i = 0; i < opening.holders; ++i)
        if (std::count(commitments->begin(), commitments->end(), (*commitments)[i]) != 1)
            return bad_input("contrôle refusé : l’engagement du " + opening.holder(i + 1) + " est aussi celui d’un autre");

    auto desk = HolderDesk::open(arguments);
    if (!desk) return desk.error();
    if (!desk->has(k_polynomial_secret))
        return refused("vous n’êtes pas encore engagé : " + trustee_line("commit", folder->path()) + " vient avant");
    const auto kept = desk->read(k_polynomial_secret, opening.holders + 2);
    if (!kept) return kept.error();
    const std::string_view polynomial = (*kept)[opening.holders].view();
    if ((*commitments)[desk->number() - 1] != kept->back().view())
        return bad_input(
            "contrôle refusé : à votre place, la liste a un autre engagement que le vôtre. Votre polynôme reste chez vous ; "
            "prévenez le président du bureau");
    // From now on these commitments are the ones that count, whatever list comes later.
    const bool made_now =
        !desk->has(k_commitments_secret) && desk->keep(k_commitments_secret, {commitments->begin(), commitments->end()});
    const auto pinned = desk->read(k_commitments_secret, opening.holders);
    if (!pinned) return pinned.error();
    if (texts_of(*pinned, opening.holders) != *commitments)
        return bad_input(
            "contrôle refusé : la liste des engagements a changé depuis que vous avez envoyé votre polynôme. Arrêtez la "
            "cérémonie et prévenez le président du bureau");
    const auto published = folder->publish(k_polynomial, desk->number(), {std::string(polynomial)});
    if (!published) return published.error();
    say_checked("les " + std::to_string(opening.holders) + " engagements sont là, tous différents ; le vôtre est inchangé");
    say_checked("ils sont fixés dans votre dossier : un polynôme qui n’y répond pas sera refusé à l’étape suivante");
    say_file(desk->path_of(k_commitments_secret), made_now, k_stays);
    say_file(folder->piece_path(k_polynomial, desk->number()), *published,
             std::string(k_to_office) + " ; les parts qu’il contient sont chiffrées pour chaque porteur");
    say_next("attendez votre fichier de parts (" + folder->piece_path(k_parts, desk->number()).filename().string() +
             "), copiez-le dans ce dossier, puis " + trustee_line("finish", folder->path()) + ".");
    return util::Done{};
}

}  // namespace trustee
