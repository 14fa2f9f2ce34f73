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
        "Plus strict que belenios-tool : forme, clés, preuves, signatures, total, résultat. Une ligne « Refus : » par contrôle\n"
        "refusé : quel enregistrement, quel contrôle, et où dans l’enregistrement. Si rien n’est refusé, la dernière ligne est\n"
        "« all checks passed ». Un dépouillement complet dit aussi « résultat publié » : le début d’une archive est l’archive,\n"
        "sans défaut, d’un vote en cours. Code de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 pas d’archive à lire.",
        {{"--attendance", "N", "nombre d’émargements attendu"},
         {"--credentials", "EMPREINTE", "empreinte publiée de la liste des clés publiques des électeurs, 43 caractères"},
         {"--since", "FICHIER",
          "copie plus ancienne, vérifiée et gardée par vous-même : elle doit être le début de celle-ci, et les preuves de ses bulletins ne sont pas revues"},
         {"--tracker", "NUMERO", "numéro de suivi d’un bulletin à chercher, 43 caractères ou 64 chiffres ; peut être répété"},
         {"--jobs", "N", "nombre de fils d’exécution ; par défaut, autant que de cœurs"},
         {"--revotes", "REGLE", "« admis » ou « refuses » ; sans elle, ce que dit l’élection scellée (celles du portail refusent)"},
         {"--json", "", "rapport en JSON"}},
        verify,
        exit_status_of_archive};
}

cli::Program program() {
    return {
        "scrutin-verify",
        "Contrôle ce qu’une élection a publié, sans base de données.",
        "« scrutin-verify FICHIER » est « scrutin-verify archive FICHIER » : un premier mot qui n’est pas une commande est un fichier.\n"
        "Codes de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 pas d’archive à lire ; 64 commande mal écrite ; 65 option refusée ;\n"
        "70 erreur interne.\n",
        {},
        {archive_command()},
        "archive",
        {}};
}

}  // namespace auditor
