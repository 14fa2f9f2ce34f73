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
         "À faire chaque jour du vote, et quand on vous le demande. Avec --report, écrit l’état daté que le bureau des élections verra ; avec\n"
         "--challenge, une preuve que quiconque peut vérifier.",
         {{"--record", "FICHIER", "la clé publique du bureau ; sans elle, ….trustees.json à côté de la clé"},
          {"--copy", "FICHIER", "une copie de la clé, sur un autre support, à essayer aussi ; peut être répétée"},
          {"--report", "", "écrit ….porteur-N.etat.json, à remettre au bureau des élections"},
          {"--challenge", "TEXTE", "la question posée, par exemple « Répétition du 1er décembre »"},
          {"--group", "GROUPE", "pour une clé sans en-tête"},
          {"--owner", "N", "pour une clé sans en-tête : son rang dans la clé du bureau"},
          k_passphrase_option},
         check},
        {"verify-proof", "PREUVE…", "[bureau des élections] vérifie des preuves de possession", "Ne demande aucun secret.",
         {{"--record", "FICHIER", "la clé publique du bureau (….trustees.json)"}, {"--challenge", "TEXTE", "la question posée"}},
         verify_proof},
        {"health", "DOSSIER", "[bureau des élections] quelles clés de porteurs sont bonnes, lesquelles sont au rouge",
         "DOSSIER est celui de la cérémonie, où les états reçus (….etat.json, que fait « check --report ») ont été copiés. Ne demande aucun\n"
         "secret. Code de retour 1 si un porteur est au rouge : état absent, trop vieux, faux.",
         {{"--days", "N", "âge permis d’un état, en jours (2)"}}, health},
        {"passphrase", "CLE", "[porteur] change la phrase de passe d’une clé",
         "La clé (.cle) reste la même. Les copies faites avant gardent l’ancienne phrase.",
         {k_passphrase_option, {"--new-passphrase-file", "FICHIER", "la nouvelle ; sans elle, demandée deux fois au clavier"}},
         passphrase},
        {"note", "ARCHIVES…", "[porteur] après le scellement : note l’empreinte de ce qui est scellé",
         "ARCHIVES : dossiers ou fichiers .bel, que fait « dossier export » dès le scellement. Contrôle chaque archive, montre ses règles,\n"
         "demande l’empreinte du procès-verbal de scellement. « decrypt » ne marche que pour ce qui est noté.",
         {{"--key", "FICHIER", "votre clé"},
          {"--fingerprint", "EMPREINTE", "celle que tous les porteurs ont lue ; sans elle, demandée au clavier"},
          k_passphrase_option},
         note},
        {"decrypt", "ARCHIVES…", "[porteur] déchiffre votre part des totaux, à partir des archives",
         "ARCHIVES : dossiers ou fichiers .bel, que fait « dossier export » après la clôture. Vérifie chaque bulletin, refait chaque total,\n"
         "compare avec le scellement noté et avec la fin signée du journal public, demande, puis écrit vos déchiffrements et leurs deux preuves\n"
         "à côté de la clé. Refuse un second total d’un scrutin, et moins de cinq bulletins si l’élection scellée ne dit pas le contraire. Sans réseau ni base de données.",
         {{"--key", "FICHIER", "votre clé"}, {"--yes", "", "ne demande pas « oui » au clavier"}, k_passphrase_option},
         decrypt},
        {"destroy", "CLE…", "[porteur] après le dépouillement : détruit la clé, ses copies et les secrets de la cérémonie",
         "Écrase et supprime les clés données et les ….secret du porteur, puis écrit une déclaration datée, à joindre au procès-verbal. Refusé\n"
         "tant qu’un scrutin noté n’a pas son résultat publié dans les archives données, sauf motif du bureau (--reason).",
         {{"--archives", "DOSSIER", "les archives publiées ; peut être répétée"},
          {"--reason", "TEXTE", "le motif du bureau, porté dans la déclaration"},
          {"--record", "FICHIER", "la clé publique du bureau ; sans elle, ….trustees.json à côté de la clé"},
          {"--yes", "", "ne demande pas « détruire » au clavier"},
          k_passphrase_option},
         destroy},
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
