// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows of the key ceremony, of the holders' keys and of the count away from the server.
#include "cli/passphrase.hpp"
#include "trustee/commands.hpp"

namespace trustee {

using namespace cli;

std::vector<Command> commands() {
    // One paragraph a command, which the tool would make a column.
    // clang-format off
    return {
        {"start", "DOSSIER", "[bureau des élections] ouvre la cérémonie des clés d’un bureau de vote",
         "Écrit le fichier d’ouverture, à remettre à chaque porteur. Un dossier par cérémonie, et une cérémonie par bureau et par\n"
         "groupe. Sans base de données. README-ceremonie.md dit toute la cérémonie.",
         {{"--bureau", "NOM", "le bureau de vote, comme dans scrutins.csv"},
          {"--group", "GROUPE", "Ed25519 (par défaut) ou BELENIOS-2048, comme dans scrutins.csv"},
          {"--holders", "N", "nombre de porteurs, de 3 à 60"},
          {"--names", "FICHIER", "leurs noms et qualités, un par ligne, dans l’ordre de leurs numéros"},
          {"--threshold", "K", "combien suffisent au dépouillement, de 2 à N − 1"}},
         start},
        {"collect", "DOSSIER", "[bureau des élections] contrôle les fichiers reçus et fait les suivants",
         "À relancer chaque fois que des fichiers de porteurs arrivent dans DOSSIER : il dit qui manque, contrôle tout, fait les listes,\n"
         "les parts de chacun, la clé publique du bureau, puis la liste des confirmations. Ne voit aucun secret.",
         {}, collect},
        {"identity", "DOSSIER", "[porteur] étape 1 : votre secret et votre certificat",
         "DOSSIER a le fichier d’ouverture. Demande une phrase de passe nouvelle, qui servira à toutes les étapes et au dépouillement.",
         {{"--holder", "N", "votre numéro de porteur"}, k_passphrase_option}, identity},
        {"certs", "DOSSIER", "[porteur] étape 2 : contrôle tous les certificats, empreinte à lire à voix haute",
         "Ne demande pas de phrase de passe et n’écrit rien.", {}, certs},
        {"commit", "DOSSIER", "[porteur] étape 3 : fait votre polynôme et publie son engagement",
         "Refusé si l’empreinte donnée n’est pas celle de la liste de ce dossier. Le polynôme reste chiffré sur votre machine.",
         {{"--fingerprint", "EMPREINTE", "celle que tous les porteurs ont lue ; sans elle, demandée au clavier"}, k_passphrase_option},
         commit},
        {"reveal", "DOSSIER", "[porteur] étape 4 : envoie votre polynôme, une fois tous les engagements là",
         "Refusé tant que la liste de tous les engagements manque. Fixe cette liste dans votre dossier.", {k_passphrase_option},
         reveal},
        {"finish", "DOSSIER", "[porteur] étape 5 : contrôle les parts reçues et fait votre part de la clé",
         "Refusé si un polynôme n’est pas celui de son engagement, ou si une part n’y répond pas.", {k_passphrase_option},
         finish},
        {"confirm", "DOSSIER", "[porteur] étape 6 : contrôle et confirme la clé du bureau ; votre fichier de clé",
         "Refusé si la clé du bureau n’est pas faite de ce que vous avez accepté. Écrit votre clé (.cle) et votre confirmation signée.",
         {k_passphrase_option}, confirm},
        {"status", "DOSSIER", "où en est la cérémonie de ce dossier, et la commande suivante", "Ne change rien, n’ouvre aucun secret.",
         {}, status},
        {"check", "CLE", "[porteur] votre clé s’ouvre-t-elle, est-ce la bonne ? Rien n’est déchiffré",
         "À faire quand vous voulez. Avec --challenge, écrit une preuve que le bureau des élections, ou quiconque, peut vérifier.",
         {{"--record", "FICHIER", "la clé publique du bureau ; sans elle, ….trustees.json à côté de la clé"},
          {"--challenge", "TEXTE", "la question posée, par exemple « Répétition du 1er décembre »"},
          {"--group", "GROUPE", "pour une clé sans en-tête"},
          {"--owner", "N", "pour une clé sans en-tête : son rang dans la clé du bureau"},
          k_passphrase_option},
         check},
        {"verify-proof", "PREUVE…", "[bureau des élections] vérifie des preuves de possession", "Ne demande aucun secret.",
         {{"--record", "FICHIER", "la clé publique du bureau (….trustees.json)"}, {"--challenge", "TEXTE", "la question posée"}},
         verify_proof},
        {"passphrase", "CLE", "[porteur] change la phrase de passe d’une clé",
         "La clé (.cle) reste la même. Les copies faites avant gardent l’ancienne phrase.",
         {k_passphrase_option, {"--new-passphrase-file", "FICHIER", "la nouvelle ; sans elle, demandée deux fois au clavier"}},
         passphrase},
        {"decrypt", "FICHIER", "[porteur] déchiffre votre part des totaux d’un dossier de dépouillement",
         "FICHIER est le dossier que fait « dossier export ». Montre chaque scrutin, contrôle, demande, puis écrit vos déchiffrements à\n"
         "côté de la clé. Refuse un second total pour un scrutin déjà déchiffré. Sans réseau ni base de données.",
         {{"--key", "FICHIER", "votre clé"},
          {"--archives", "DOSSIER", "les archives .bel : chaque bulletin est vérifié et chaque total refait"},
          {"--yes", "", "ne demande pas « oui » au clavier"},
          k_passphrase_option},
         decrypt},
    };
    // clang-format on
}

Program program() {
    return {
        "scrutin-trustee",
        "Le bureau d’un porteur de clé : cérémonie, clé, dépouillement.",
        "Codes de retour : 0 fait ; 1 refusé pour l’instant (fichiers absents, étape sautée, disque) ; 64 commande mal écrite ; 65 fichier ou\n"
        "contrôle refusé ; 70 erreur interne ; 77 phrase de passe refusée.\n",
        {},
        commands(),
        "",
        {}};
}

}  // namespace trustee
