// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/command_row.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

const Option k_sheet{"--feuille", "FICHIER", "en fait une feuille à remettre (PDF, mode 0600) au lieu de l’écrire ici"};
const Option k_union{"--union", "NOM", "le syndicat, ou les syndicats ensemble, comme sur le bulletin"};

}  // namespace

std::vector<Row> desk_rows() {
    // clang-format off
    return {
        {"members", "", "qui siège au bureau en ligne, pour quel bureau de vote ou quelle académie", "Dit aussi où en est le second facteur de chacun. Ne change rien.", {}, members},
        {"members import", "FICHIER", "ajoute les rôles d’un membres.csv",
         "Colonnes : courriel, bureau, academie, role. Un bureau de vote (président, secrétaire, délégué, suppléant, expert) ou une académie (gestionnaire,\n"
         "assistance). Chacun entre avec son espace électeur et un second facteur. Une seule erreur, et rien n’est importé ; ce qui y est déjà reste.\n"
         "Un expert peut n’être électeur de rien : les colonnes civilite, nom et prenom le nomment alors ; il n’a que le bureau en ligne.",
         {}, members_import, Row::Kind::acts},
        {"members remove", "ADRESSE", "met fin aux rôles d’une personne, à l’instant", "Son second facteur est gardé : revenue, elle entre avec.", {}, members_remove, Row::Kind::acts},
        {"members enrol", "ADRESSE", "donne un code d’enregistrement à qui n’a pas encore de second facteur",
         "Le code sert une fois, pendant quatorze jours, avec le mot de passe de la personne : elle fait alors son second facteur, que nous ne voyons pas.\n"
         "Refusé à qui en a un : « members recover ».", {k_sheet}, members_enrol, Row::Kind::acts},
        {"members recover", "ADRESSE", "propose de renouveler un second facteur perdu", "Un autre officier décide. Rien ne change d’ici là.", {}, members_recover, Row::Kind::acts},
        {"members approve", "NUMERO", "renouvelle le second facteur, sur la proposition d’un autre",
         "L’ancien ne vaut plus rien, la personne sort du bureau, et le nouveau code d’enregistrement est donné ici. Refusé à qui l’a proposé.", {k_sheet},
         members_approve, Row::Kind::acts},
        {"members refuse", "NUMERO", "écarte une proposition ; qui l’a faite peut la retirer ainsi", "La proposition et la décision restent au journal.", {}, members_refuse, Row::Kind::acts},
        {"desk apply", "", "fait ce que le bureau en ligne a décidé : changements de la liste approuvés à deux, relances demandées",
         "Lancé toutes les cinq minutes par portail-desk.timer. Chaque changement est jugé de nouveau à cet instant ; celui qui n’est plus possible est écarté, avec la\n"
         "raison, qui se lit au bureau en ligne. Peut être interrompu et relancé. Attend son tour pendant un acte du bureau, et la fin d’un lot de codes.\n"
         "Plus de cinquante radiations en un jour attendent qu’un officier les lise : « roll approved » les liste, et donne le numéro de cette lecture, qui s’écrit\n"
         "ici. Celles qui sont approuvées depuis attendent un autre passage ; si la liste a changé autrement, rien n’est fait. Une fois lues et faites,\n"
         "cinquante autres passent avant la prochaine lecture.\n"
         "Une inscription approuvée attend --inscriptions : FICHIER a les colonnes d’electeurs.csv, NUMEN et date de naissance compris, et une ligne par personne, qui\n"
         "vient de l’administration. Chaque ligne doit dire ce qui a été approuvé : celle qui diffère est laissée, avec sa ligne et sa colonne, et les autres sont faites.\n"
         "Un fichier fautif est refusé en entier. Ses scrutins sont ceux des règles ; un courriel le dit à la personne. Relancée avec le même fichier, ne refait rien.",
         {{"--radiations-relues", "NUMERO", "fait aussi des radiations plus nombreuses, celles qu’un officier a lues sous ce numéro ; le journal le dit"},
          {"--inscriptions", "FICHIER", "les lignes de l’administration pour les inscriptions approuvées"},
          {"--encoding", "NOM", "comment lire un fichier qui n’est pas en UTF-8, comme pour « import »"}}, desk_apply},
        {"candidatures open", "", "ouvre le dépôt d’une liste : pour quel scrutin, quel syndicat, par qui, jusqu’à quand",
         "Les délégués entrent au bureau en ligne (« members enrol ») et y déposent. Relancée, change la période, ou remplace les délégués par ceux qui sont\n"
         "nommés. Sans date : de l’ouverture du portail à l’affichage des listes. D’un scrutin en préparation seulement.",
         {k_scrutin, k_union, {"--delegate", "ADRESSE", "l’adresse d’un délégué de la liste ; peut être répétée"},
          {"--from", "DATE", "ouverture du dépôt, « 2026-10-01 09:00 » (heure de Paris)"}, {"--until", "DATE", "fin du dépôt"}},
         candidatures_open, Row::Kind::acts},
        {"candidatures rule", "", "ce que doit être une liste de ce scrutin",
         "Ce qui n’est pas donné reste comme avant ; au départ : de 1 nom à deux fois les sièges, sans contrôle de la part des femmes, deux pages. Une part qui\n"
         "ne donne pas un nombre entier est tenue par l’entier du dessous ou du dessus.",
         {k_scrutin, {"--at-least", "N", "noms, au moins"}, {"--at-most", "N", "noms, au plus"}, {"--even", "", "un nombre pair de noms"},
          {"--women", "PART", "part des femmes parmi les personnes représentées, « 61,35 » (%)"}, {"--pages", "N", "pages d’une profession de foi, au plus"}},
         candidatures_rule, Row::Kind::acts},
        {"candidatures deposit", "DOSSIER", "dépose une liste reçue sur papier ou par courriel",
         "Lit DOSSIER/candidats.csv (civilité;nom;prénom;affectation), et, s’ils y sont, profession.pdf, logo.png ou logo.jpg, et d’une liste commune organisations.csv\n"
         "(organisation;part en %, ou sans part : à parts égales). Dans la période de dépôt. Un\n"
         "nouveau dépôt remplace le précédent, qui se garde ; le même ne change rien. Les délégués en reçoivent le numéro et l’empreinte.",
         {k_scrutin, k_union, {"--name", "NOM", "le nom de la liste"}}, candidatures_deposit, Row::Kind::acts},
        {"candidatures list", "", "les candidatures ouvertes et ce qui est déposé", "Jamais un brouillon. Ne change rien.", {k_scrutin, k_json}, candidatures_list},
        {"candidatures show", "NUMERO", "un dépôt : ses candidats, ses fichiers, ce qui en est décidé", "Ne change rien.", {}, candidatures_show},
        {"candidatures file", "NUMERO QUOI FICHIER", "écrit la profession de foi (QUOI : profession) ou le logo (logo) d’un dépôt, mode 0600", "Jamais à la place d’un autre.", {}, candidatures_file},
        {"candidatures check", "", "contrôle les dépôts : nombre de noms, femmes et hommes, électeurs du scrutin, personne sur deux listes, PDF",
         "Le PDF est lu par un processus à part, sans réseau ni fichier. Ne change rien.", {k_scrutin, k_json}, candidatures_check},
        {"candidatures accept", "NUMERO", "accepte un dépôt que les contrôles laissent passer",
         "Un courriel le dit à ses délégués. Un dépôt remplacé entre-temps est refusé : c’est du nouveau qu’il faut décider.",
         {{"--malgre", "", "accepte malgré ce que disent les contrôles ; gardé avec la décision"}}, candidatures_accept, Row::Kind::acts},
        {"candidatures refuse", "NUMERO", "refuse un dépôt, avec la raison que ses délégués liront",
         "Tant que la période de dépôt dure, ils peuvent en déposer un autre ; « candidatures open --until » la prolonge.",
         {{"--raison", "TEXTE", "pourquoi, en une ligne"}}, candidatures_refuse, Row::Kind::acts},
        {"candidatures order", "NUMERO…", "l’ordre des listes d’un scrutin, comme le tirage ou l’arrêté l’a donné",
         "Les numéros des candidatures acceptées, chacune une fois, après la fin du dépôt. Rien n’est tiré au sort ici.",
         {k_scrutin, {"--acte", "TEXTE", "quel tirage au sort, ou quel arrêté"}}, candidatures_order, Row::Kind::acts},
        {"candidatures publish", "", "fait des listes acceptées celles du scrutin, dans leur ordre",
         "Chaque scrutin en une transaction ; relancée, ne change rien. Refusée tant qu’un dépôt est à décider, qu’un rang manque, ou que les contrôles ne disent\n"
         "plus ce qu’ils disaient à l’acceptation. D’un scrutin en préparation seulement.",
         {k_scrutin, {"--remplace", "", "met ces listes à la place de celles que le scrutin a déjà"}}, candidatures_publish, Row::Kind::acts},
        {"sessions", "", "combien de personnes sont connectées, combien de visiteurs remplissent un formulaire", "Ne change rien.", {}, sessions},
    };
    // clang-format on
}

}  // namespace scrutinctl
