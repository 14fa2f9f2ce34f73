// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of commands.
#include "scrutinctl/commands.hpp"

#include <algorithm>
#include <iterator>

#include "scrutinctl/passphrase.hpp"
#include "scrutinctl/trustee_commands.hpp"

namespace scrutinctl {

namespace {

const Option k_scrutin{"--scrutin", "CODE", "ce scrutin seulement ; peut être répété. Sans elle : tous"};

std::vector<Command> office_commands() {
    return {
        {"keygen", "DOSSIER", "fait les secrets de tous les processus",
         "Écrit DOSSIER/<processus>/<secret>, mode 0600, sans jamais remplacer ce qui existe.", {}, keygen},
        {"schema check", "", "vérifie que la base de données est joignable et à la bonne version", "Ne change rien.", {}, schema_check},
        {"demo", "DOSSIER", "écrit une élection inventée, prête à importer",
         "Personnes, syndicats et écoles inventés ; dates relatives au jour. La même graine donne les mêmes personnes.\n"
         "DOSSIER/essai.toml a les données d’une électrice pour essayer.",
         {{"--electors", "N", "nombre d’électeurs (1 000)"}, {"--seed", "S", "graine (2026)"}}, demo},
        {"import", "DOSSIER", "importe l’élection décrite par des fichiers",
         "Lit electeurs.csv, scrutins.csv, listes.csv, candidats.csv, regles.csv, academies.csv et calendrier.toml (README-import.md).\n"
         "Toutes les erreurs sont dites avec fichier, ligne, colonne et cause ; une seule, et rien n’est importé. Remplace l’import\n"
         "précédent tant que rien n’est scellé et qu’aucun espace électeur n’est ouvert.",
         {{"--dry-run", "", "contrôle tout et n’écrit rien"}}, import},
        {"calendar show", "", "montre le calendrier", "Ne change rien.", {}, calendar_show},
        {"calendar set", "EVENEMENT DATE", "change une date, « 2026-12-03 10:00 » (heure de Paris) ou « maintenant »",
         "Refusé pour une date passée et, après le scellement, pour les dates du vote (sauf démonstration).", {}, calendar_set},
        {"publish", "", "draft → published : listes électorales et candidatures visibles aux dates du calendrier",
         "Sans effet sur ce qui est déjà publié.", {k_scrutin}, publish},
        {"trustee demo-ceremony", "DOSSIER", "fait les clés de tous les bureaux, pour une démonstration",
         "Une clé à seuil par bureau et par groupe : DOSSIER/<bureau>.<groupe>.trustees.json et un fichier .cle par porteur.\n"
         "Refusé hors démonstration : en vrai, chaque porteur fait sa part sur sa machine.",
         {{"--holders", "N", "porteurs (3)"}, {"--threshold", "K", "nécessaires au dépouillement (N − 1)"}}, trustee_demo_ceremony},
        {"seal", "", "published → sealed : codes de vote, clés publiques, scellement de tous les scrutins",
         "Fait pour chaque électeur un code de vote et son enveloppe, écrit le fichier des notices (le seul endroit où les codes\n"
         "existent), puis scelle chaque scrutin. Peut être interrompu et repris avec le même dossier de notices.",
         {{"--trustees", "DOSSIER", "clés publiques des bureaux (trustees)"},
          {"--notices", "DOSSIER", "où écrire notices.csv (notices)"},
          {"--threads", "N", "fils de calcul (un par cœur)"}},
         seal},
        {"open", "", "sealed → open : le vote commence",
         "Refusé avant l’heure du calendrier (une démonstration avance l’heure).", {k_scrutin}, open},
        {"rehearse", "", "fait voter des électeurs inventés (démonstration seulement)",
         "Chaque vote passe par l’enveloppe, le chiffrement, les contrôles et la transaction d’un vrai vote.",
         {{"--ballots", "N", "votes à déposer (100)"},
          {"--notices", "FICHIER", "notices.csv (notices/notices.csv)"},
          {"--vote-secrets", "DOSSIER", "secrets du processus vote"},
          {"--seed", "S", "graine des choix (1)"},
          k_scrutin},
         rehearse},
        {"participation", "", "inscrits et émargements, par scrutin",
         "Ne change rien ; aucun résultat partiel n’existe.", {k_scrutin}, participation},
        {"reassort report", "", "codes de vote réémis, par jour", "Ne change rien.", {}, reassort_report},
        {"close", "", "open → closed : urne, émargements et compteurs figés",
         "Refusé avant la clôture et ses 30 minutes de grâce (une démonstration avance l’heure).", {k_scrutin}, close},
        {"decrypt", "", "déchiffre ici la part d’un porteur (démonstration seulement)",
         "Contrôle d’abord chaque bulletin et fait le total chiffré s’il n’existe pas. Seuls les scrutins de cette clé, clos, sont touchés.\n"
         "Refusé hors démonstration : en vrai, la clé ne vient jamais sur le serveur (« dossier export », « trustee decrypt »).",
         {{"--key", "FICHIER", "clé d’un porteur ; peut être répétée"}, k_passphrase_option, k_scrutin}, decrypt},
        {"tally", "", "closed → tallied : contrôle les bulletins et réunit les déchiffrements",
         "S’arrête si bulletins et émargements diffèrent, ou si un bulletin ne se vérifie pas.", {k_scrutin}, tally},
        {"proclaim", "", "tallied → proclaimed : voix, sièges, résultats publiés",
         "Une égalité que le texte laisse au sort attend le tirage du bureau.",
         {{"--draw", "SCRUTIN=LISTE,…", "numéro de la liste tirée au sort"}, k_scrutin}, proclaim},
        {"status", "", "l’état de chaque scrutin", "Ne change rien.", {k_scrutin}, status},
        {"export", "DOSSIER", "écrit l’archive .bel de chaque scrutin scellé",
         "DOSSIER/<code>/<uuid>.bel, à vérifier par « scrutinctl verify » et par « belenios-tool election verify --dir DOSSIER/<code> ».\n"
         "Un vote en cours s’exporte aussi : les bulletins que le journal public a numérotés.",
         {k_scrutin}, export_archives},
        {"verify", "FICHIER", "vérifie une archive, sans base de données",
         "Plus strict que belenios-tool : forme, clés, preuves, signatures, total, résultat. Une ligne « Refus : » par contrôle\n"
         "refusé : quel enregistrement, quel contrôle, et où dans l’enregistrement. Si rien n’est refusé, la dernière ligne est\n"
         "« all checks passed ». Un dépouillement complet dit aussi « résultat publié » : le début d’une archive est l’archive,\n"
         "sans défaut, d’un vote en cours. Code de retour : 0 tout est bon ; 1 un contrôle refusé ; 2 pas d’archive à lire.",
         {{"--attendance", "N", "nombre d’émargements attendu"},
          {"--credentials", "EMPREINTE", "empreinte publiée de la liste des clés publiques des électeurs, 43 caractères"},
          {"--since", "FICHIER", "copie plus ancienne, vérifiée et gardée par vous-même : elle doit être le début de celle-ci, et les preuves de ses bulletins ne sont pas revues"},
          {"--tracker", "NUMERO", "numéro de suivi d’un bulletin à chercher, 43 caractères ou 64 chiffres ; peut être répété"},
          {"--jobs", "N", "nombre de fils d’exécution ; par défaut, autant que de cœurs"},
          {"--revotes", "REGLE", "« admis » ou « refuses » ; sans elle, ce que dit l’élection scellée (celles du portail refusent)"},
          {"--json", "", "rapport en JSON"}},
         verify},
        {"audit show", "", "montre le journal des actes", "Ne change rien.", {}, audit_show},
        {"audit verify", "", "vérifie la chaîne du journal des actes", "Ne change rien.", {}, audit_verify},
    };
}

// The rows of a family, just before the command `name`.
void insert_before(std::vector<Command>& all, std::string_view name, std::vector<Command> family) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Command& row) { return row.name == name; });
    all.insert(at, std::make_move_iterator(family.begin()), std::make_move_iterator(family.end()));
}

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> k_commands = [] {
        std::vector<Command> all = office_commands();
        insert_before(all, "trustee demo-ceremony", trustee_commands());
        insert_before(all, "decrypt", dossier_commands());
        return all;
    }();
    return k_commands;
}

}  // namespace scrutinctl
