// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of an auditor's commands.
#include "auditor/commands.hpp"

namespace auditor {

namespace {

int exit_status_of_archive(util::Fault fault) { return fault == util::Fault::not_found ? 2 : cli::exit_status_of(fault); }

}  // namespace

cli::Command archive_command() {
    return {
        "archive",
        "FICHIER",
        "vérifie une archive, sans base de données",
        "Plus strict que belenios-tool : forme, clés, preuves, signatures, total, secondes preuves, résultat. Une ligne « Refus : » par contrôle\n"
        "refusé : quel enregistrement, quel contrôle, et où dans l’enregistrement. Si rien n’est refusé, la dernière ligne est\n"
        "« all checks passed ». Un dépouillement complet dit aussi « résultat publié » : le début d’une archive est l’archive,\n"
        "sans défaut, d’un vote en cours. Code de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 pas d’archive à lire.",
        {{"--attendance", "N", "nombre d’émargements attendu"},
         {"--credentials", "EMPREINTE",
          "empreinte publiée de la liste des clés publiques des électeurs, 64 chiffres hexadécimaux ou 43 caractères"},
         {"--since", "FICHIER",
          "copie plus ancienne, vérifiée et gardée par vous-même : elle doit être le début de celle-ci, et les preuves de ses bulletins ne sont pas revues"},
         {"--proofs", "FICHIER", "les secondes preuves ; sans elle, <uuid>.preuves.json à côté de l’archive"},
         {"--tracker", "NUMERO", "numéro de suivi d’un bulletin à chercher, 43 caractères ou 64 chiffres ; peut être répété"},
         {"--jobs", "N", "nombre de fils d’exécution ; par défaut, autant que de cœurs"},
         {"--revotes", "REGLE", "« admis » ou « refuses » ; sans elle, ce que dit l’élection scellée (celles du portail refusent)"},
         {"--json", "", "rapport en JSON"}},
        verify,
        exit_status_of_archive};
}

namespace {

std::vector<cli::Command> others() {
    const cli::Option log{"--log", "CLE", "clé du registre du scrutin, « nom+empreinte+clé », telle que publiée au scellement"};
    return {
        {"receipt",
         "FICHIER…",
         "vérifie une preuve de vote, et que son bulletin est dans l’urne",
         "FICHIER : la preuve de vote (.json ou .pdf), et s’il est là le fichier que donne la page « Mon bulletin est-il dans l’urne ? ».\n"
         "Ne demande rien au portail, sauf par une adresse donnée à --sealed. Code de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 pas de preuve à lire.",
         {{"--key", "CLE", "clé des preuves de vote, 43 caractères : au procès-verbal de scellement"},
          log,
          {"--sealed", "SOURCE",
           "à la place des deux clés : l’adresse https://…/scellement/CODE, ou un dossier avec ses fichiers « election » et « texte »"},
          {"--fingerprint", "EMPREINTE", "avec --sealed : l’empreinte du scrutin, prise sur l’affiche"}},
         check_receipt,
         exit_status_of_archive},
        {"ballot",
         "TEXTE",
         "dit ce que chiffrait un bulletin ouvert par son électeur",
         "TEXTE : le texte que donne « Vérifier mon bulletin », ou un fichier qui le contient. Le bulletin est refait à partir de lui ; sa\n"
         "référence est celle que l’appareil montrait si, et seulement si, il avait chiffré ce choix. Code de retour : 0 ; 1 un contrôle\n"
         "refusé ; 2 rien à lire.",
         {{"--election", "FICHIER", "l’élection scellée (election.json) ou une archive (.bel) du scrutin"},
          {"--tracker", "NUMERO", "la référence notée avant l’ouverture, 43 caractères"}},
         check_opened_ballot,
         exit_status_of_archive},
        {"bundle",
         "DOSSIER",
         "vérifie tout ce qu’un scrutin a laissé, dans un dossier de « scrutinctl bundle »",
         "Chaque fichier par son empreinte, l’archive, ses secondes preuves et la fin de son journal public, le scellement, la chaîne et la signature du\n"
         "journal des actes ; procès-verbal et proclamation disent ce que l’archive prouve. Sans réseau. Code de retour : 0 tout est bon ;\n"
         "1 un contrôle refusé ; 2 pas de dossier à lire.",
         {{"--digest", "EMPREINTE", "celle du dossier (SHA-256 de SHA256SUMS), telle qu’annoncée"},
          {"--fingerprint", "EMPREINTE", "celle du scrutin, prise sur l’affiche"}},
         check_bundle,
         exit_status_of_archive},
        {"portal",
         "ADRESSE",
         "compare ce qu’un portail sert avec la liste scellée de ses fichiers",
         "ADRESSE : celle du portail (https://…), demandée par le programme curl de cette machine, ou un dossier. Chaque fichier de l’isoloir\n"
         "et des pages est comparé à son empreinte ; la page d’accueil ne doit charger aucun autre script. Code de retour : 0 rien ne\n"
         "diffère ; 1 une différence, dite avec sa raison ; 2 pas de liste ; 69 le portail ne répond pas.",
         {{"--scrutin", "CODE", "prend au portail la liste de ce scrutin, que l’empreinte de l’affiche garantit"},
          {"--fingerprint", "EMPREINTE", "celle du scrutin, prise sur l’affiche : huit groupes de quatre, ou entière"},
          {"--list", "FICHIER", "ou : liste scellée des programmes, pages et fichiers, prise ailleurs"},
          {"--digest", "EMPREINTE", "empreinte publiée de cette liste, entière ou en huit groupes de quatre"}},
         check_portal,
         exit_status_of_archive},
        {"watch",
         "SOURCE DOSSIER",
         "suit le registre public d’un scrutin et vérifie qu’il ne fait que grandir",
         "SOURCE : l’adresse du registre (https://…/urne/UUID), demandée par le programme curl de cette machine, ou un dossier où\n"
         "ces fichiers ont été copiés. DOSSIER garde la clé et chaque point de contrôle vérifié ; un point de contrôle qui ne prolonge pas\n"
         "le dernier y est gardé aussi, comme preuve. À lancer régulièrement, ou avec --every. Code de retour : 0 le registre prolonge ce qui\n"
         "avait été vu ; 1 il ne le prolonge pas ; 69 il ne répond pas.",
         {log,
          {"--every", "N", "recommence toutes les N secondes, jusqu’à une contradiction"},
          {"--witness", "CLE", "clé d’un témoin qui doit avoir cosigné ; peut être répété"}},
         watch},
        {"witness init",
         "DOSSIER",
         "fait la clé d’un témoin",
         "Un témoin suit le registre sur sa machine et cosigne ce qu’il a vu : le portail ne peut plus montrer deux urnes. La clé secrète\n"
         "reste dans DOSSIER (mode 0600) et n’est jamais remplacée.",
         {{"--name", "NOM", "nom du témoin, une adresse sans https:// : temoin.syndicat.example/urne"}, log},
         witness_init},
        {"witness cosign",
         "SOURCE DOSSIER",
         "suit le registre comme « watch », puis cosigne son point de contrôle",
         "Ne cosigne que ce qui prolonge tout ce que ce témoin a déjà cosigné. Écrit DOSSIER/cosigne.txt et montre la ligne de signature.",
         {log},
         witness_cosign},
        {"witness answer",
         "DOSSIER",
         "répond à une demande de cosignature (c2sp.org/tlog-witness)",
         "Lit la demande sur l’entrée standard et écrit la réponse comme un programme CGI : à placer derrière un serveur web.",
         {},
         witness_answer},
    };
}

}  // namespace

cli::Program program() {
    std::vector<cli::Command> commands{archive_command()};
    for (cli::Command& command : others()) commands.push_back(std::move(command));
    return {
        "scrutin-verify",
        "Contrôle ce qu’une élection a publié, sans base de données.",
        "« scrutin-verify FICHIER » est « scrutin-verify archive FICHIER » : un premier mot qui n’est pas une commande est un fichier.\n"
        "Codes de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 rien à lire ; 64 commande mal écrite ; 65 option refusée ;\n"
        "69 pas de réponse ; 70 erreur interne.\n",
        {},
        std::move(commands),
        "archive",
        {}};
}

}  // namespace auditor
