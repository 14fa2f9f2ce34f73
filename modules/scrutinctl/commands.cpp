// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of commands: the office's own, in the order of an election's life, and those of the holders and of the auditor, which
// need no office.
#include "scrutinctl/commands.hpp"

#include <stdexcept>

#include "auditor/commands.hpp"
#include "cli/passphrase.hpp"
#include "scrutinctl/command_row.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/select.hpp"
#include "trustee/commands.hpp"
#include "util/build.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

const Option k_reason{"--motif", "TEXTE", "pourquoi, pour le journal des actes ; obligatoire hors démonstration"};

const Option k_notices{"--notices", "DOSSIER", "où écrire notices.csv (notices)"};
const Option k_threads{"--threads", "N", "fils de calcul (un par cœur)"};

const Option k_authority{"--authority", "TEXTE",
                         "qui autorise cet acte (l’autorité, le bureau de vote), pour le procès-verbal ; obligatoire"};

// Of claims and assistance.
constexpr std::string_view k_list_manual = "Sans nom ni texte : « show » les montre. Ne change rien.";
constexpr std::string_view k_take_manual = "La personne voit sur sa page que sa demande est prise en charge.";
constexpr std::string_view k_answer_manual =
    "La réponse et l’historique se lisent sur la page de la personne, et un courriel le lui dit. --remplace en donne une autre ; l’ancienne reste\n"
    "dans l’historique. Une réclamation acceptée se met en œuvre par une correction de la liste, à deux.";
constexpr std::string_view k_roll_manual =
    "Rien ne change avant que « roll approve », par un autre, ne l’accepte. Avant le scellement seulement. Les deux actes sont au journal,\n"
    "sous un numéro et sans nom. Le code de vote d’une personne radiée n’ouvre plus rien ; « codes » en fait un à qui est réinscrit.";
const Option k_place{"--place", "LIEU", "le lieu de remise, comme dans lot.csv"};
const Option k_folds{"--count", "N", "combien de plis"};
const Option k_elector{"--elector", "ADRESSE", "l’adresse professionnelle de la personne"};
const Option k_academie{"--academie", "CODE", "de cette académie seulement"};
const Option k_claim_state{"--etat", "ETAT", "recue, en_instruction, acceptee ou rejetee"};
const Option k_help_state{"--etat", "ETAT", "recue, en_instruction ou repondue"};
const Option k_since{"--depuis", "JOURS", "reçues il y a au moins tant de jours"};
const Option k_answer{"--reponse", "FICHIER", "le texte, UTF-8, 4 000 caractères au plus"};
const Option k_again{"--remplace", "", "remplace une réponse déjà donnée"};

std::vector<Row> office_rows() {
    // One paragraph a command, which the tool would make a column.
    // clang-format off
    return {
        {"keygen", "DOSSIER", "fait les secrets de tous les processus",
         "Écrit DOSSIER/<processus>/<secret>, mode 0600, sans jamais remplacer ce qui existe.", {}, keygen},
        {"schema check", "", "vérifie que la base de données est joignable et à la bonne version", "Ne change rien.", {}, schema_check},
        {"demo", "DOSSIER", "écrit une élection inventée, prête à importer",
         "Personnes, syndicats et écoles inventés ; dates relatives au jour. La même graine donne les mêmes personnes.\n"
         "DOSSIER/essai.toml a les données d’une électrice pour essayer.",
         {{"--electors", "N", "nombre d’électeurs (1 000)"}, {"--seed", "S", "graine (2026)"}, {"--edition", "ANNÉE", "2018, 2022 ou 2026 (2026)"}}, demo},
        {"import", "DOSSIER", "importe l’élection décrite par des fichiers",
         "Lit electeurs.csv, scrutins.csv, listes.csv, candidats.csv, regles.csv, academies.csv, calendrier.toml\n"
         "et, s’il y est, delegues.csv (README-import.md).\n"
         "Toutes les erreurs sont dites avec fichier, ligne, colonne et cause ; une seule, et rien n’est importé. Remplace l’import\n"
         "précédent tant que rien n’est scellé et qu’aucun espace électeur n’est ouvert : ce qui change est montré, et « oui » demandé.",
         {{"--dry-run", "", "contrôle tout et n’écrit rien"},
          {"--all", "", "donne les erreurs une par une, et non par genre"},
          {"--encoding", "NOM", "comment lire les fichiers qui ne sont pas en UTF-8 : windows-1252, iso-8859-15, macintosh, utf-16le, utf-16be"},
          {"--yes", "", "ne demande pas « oui » au clavier"}}, import, Row::Kind::acts},
        {"calendar show", "", "montre le calendrier", "Ne change rien.", {}, calendar_show},
        {"calendar set", "EVENEMENT DATE", "change une date, « 2026-12-03 10:00 » (heure de Paris) ou « maintenant »",
         "Refusé pour une date passée et, après le scellement, pour les dates du vote (sauf démonstration).", {}, calendar_set, Row::Kind::acts},
        {"publish", "", "draft → published : listes électorales et candidatures visibles aux dates du calendrier",
         "Sans effet sur ce qui est déjà publié.", {k_scrutin}, publish, Row::Kind::acts},
        {"trustee demo-ceremony", "DOSSIER", "fait les clés de tous les bureaux, pour une démonstration",
         "Une clé à seuil par bureau et par groupe : DOSSIER/<bureau>.<groupe>.trustees.json et un fichier .cle par porteur.\n"
         "Refusé hors démonstration : en vrai, chaque porteur fait sa part sur sa machine.",
         {{"--holders", "N", "porteurs (3)"}, {"--threshold", "K", "nécessaires au dépouillement (N − 1)"}}, trustee_demo_ceremony, Row::Kind::plays},
        {"codes", "", "fait le code de vote de chaque électeur qui n’en a pas, avant le scellement",
         "Écrit le fichier des notices du lot (notices.csv, puis notices-2.csv…), le seul endroit où ces codes existent. À faire des semaines avant le\n"
         "scellement ; après un changement de la liste, la même commande fait ce qui manque. Peut être interrompue et reprise avec le même dossier. Si ce\n"
         "dossier est perdu avant la fin du lot, --recommencer abandonne les codes de ce lot, que personne n’a reçus, et en fait d’autres.",
         {k_notices, k_threads, {"--recommencer", "", "abandonne les codes d’un lot interrompu dont le dossier est perdu"}},
         codes, Row::Kind::acts},
        {"codes reissue", "", "refait des codes déjà remis : un pli égaré, un lieu, un lot entier",
         "Les anciens n’ouvrent plus rien dès cet instant ; les nouveaux sont un lot de plus. Avant le scellement ; après, c’est le réassort.",
         {{"--voter", "ADRESSE", "de cette personne ; peut être répétée"},
          {"--place", "LIEU", "de tous ceux dont la notice est remise là"},
          {"--lot", "N", "de tout un lot"},
          k_notices, k_threads},
         codes_reissue, Row::Kind::acts},
        {"codes withdrawn", "", "les plis à retirer : notices dont le code n’ouvre plus rien", "Par lieu de remise. Ne change rien.", {}, codes_withdrawn},
        {"seal", "", "published → sealed : codes de vote, clés publiques, scellement de tous les scrutins",
         "Fait les codes de vote qui manquent, tous si « codes » n’a pas servi, écrit le fichier des notices (le seul endroit où ils\n"
         "existent), puis scelle chaque scrutin. Peut être interrompu et repris avec le même dossier de notices. Si ce dossier est perdu et que rien n’est\n"
         "encore scellé, --recommencer abandonne les codes du lot interrompu, que personne n’a reçus, et en fait d’autres. Hors démonstration, le support de\n"
         "chaque porteur doit avoir répondu à la question du jour, et un essai marqué « essai » avoir été dépouillé avec les mêmes clés.",
         {{"--trustees", "DOSSIER", "clés publiques des bureaux (trustees), confirmations, et de chaque cérémonie l’ouverture et ses deux listes : les noms des porteurs vont au journal"},
          k_notices,
          k_threads,
          {"--recommencer", "", "abandonne les codes d’un scellement interrompu dont le dossier est perdu"},
          {"--answers", "DOSSIER", "les réponses du jour des supports de tous les porteurs (« seal challenge »)"},
          {"--without-answers", "MOTIF", "sans elles ; le motif va au procès-verbal"},
          {"--rehearsal", "DOSSIER", "les archives d’un essai dépouillé avec les mêmes clés"},
          {"--without-rehearsal", "MOTIF", "sans lui ; le motif va au procès-verbal"}},
         seal, Row::Kind::acts},
        {"seal challenge", "", "pose la question du jour aux supports de tous les porteurs, avant le scellement",
         "Chacun y répond par « scrutin-trustee check SA-CLE --challenge QUESTION », qui écrit une preuve. Rien n’est déchiffré. Une question sert 24 heures.", {}, seal_challenge, Row::Kind::acts},
        {"seal show", "", "les empreintes de ce qui est scellé, pour le procès-verbal",
         "Les mêmes que sur les pages /scellement et sur les affiches. Ne change rien.", {k_scrutin}, seal_show},
        {"notices", "DOSSIER", "les notices de vote (PDF), par lieu de remise, et le lot de l’imprimeur",
         "DOSSIER : celui que « codes » ou « seal » a rempli (--notices). Une feuille par électeur, une liste à signer par lieu, lot.csv et SHA256SUMS, dont l’empreinte\n"
         "est au journal. Peut être interrompu et relancé : ce qui est fait reste, et le lot est le même. Tous ces fichiers sont secrets (mode 0600).",
         {{"--lot", "N", "de ce lot de codes (1)"},
          {"--out", "DOSSIER", "où les écrire (DOSSIER/plis, DOSSIER/plis-2…)"},
          {"--sans-comparer", "", "n’essaie pas ces codes sur les enveloppes de la base : après des réassorts, ceux des notices n’ouvrent plus tout"},
          {"--threads", "N", "fils de calcul (un par cœur)"}},
         notices},
        {"notices undelivered", "", "compte les plis que personne n’a pris, à un lieu de remise",
         "S’ajoutent à ceux déjà comptés de ce lieu ; jamais plus que ses électeurs. Au journal.", {k_place, k_folds}, notices_undelivered, Row::Kind::acts},
        {"notices destroyed", "", "compte les plis non remis qui ont été détruits", "Jamais plus que de plis non remis. Au journal, avec le témoin.",
         {k_place, k_folds, {"--temoin", "NOM", "devant qui"}}, notices_destroyed, Row::Kind::acts},
        {"notices register", "", "le registre des plis non remis et détruits", "Ne change rien.", {}, notices_register},
        {"poster", "FICHIER", "affiche (PDF) : l’empreinte de chaque scrutin, à comparer avant de voter",
         "À afficher dans les établissements et à remettre aux organisations syndicales : les mêmes empreintes que dans l’espace de vote et sur les\n"
         "pages /scellement, par un autre chemin que l’écran. Ne change rien.", {k_scrutin}, poster},
        {"programs accept", "", "enregistre une intervention : les programmes et pages d’ici remplacent ceux du scellement",
         "Dit chaque fichier qui diffère, garde la nouvelle liste et la publie avec son motif. Sans elle, ouverture, clôture et dépouillement\n"
         "refusent des programmes qui ne sont plus ceux du scellement. À faire sur décision du bureau de vote.", {}, programs_accept, Row::Kind::acts},
        {"open", "", "sealed → open : le vote commence",
         "Refusé avant l’heure du calendrier (une démonstration avance l’heure).", {k_scrutin}, open, Row::Kind::acts},
        {"rehearse", "", "fait voter des électeurs inventés (démonstration seulement)",
         "Chaque vote passe par l’enveloppe, le chiffrement, les contrôles et la transaction d’un vrai vote.",
         {{"--ballots", "N", "votes à déposer (100)"},
          {"--each", "N", "au lieu de cela, tant de votes dans chaque scrutin, s’il a assez d’électeurs"},
          {"--notices", "FICHIER", "notices.csv (notices/notices.csv)"},
          {"--vote-secrets", "DOSSIER", "secrets du processus vote"},
          {"--seed", "S", "graine des choix (1)"},
          {"--mails", "", "avec chaque vote, le courriel qui l’annonce (il ne part pas)"},
          k_scrutin},
         rehearse, Row::Kind::plays},
        {"participation", "", "inscrits et émargements, par scrutin",
         "Ne change rien ; aucun résultat partiel n’existe.", {k_scrutin}, participation},
        {"turnout mail", "", "écrit la participation aux membres des bureaux de vote qui la demandent, une fois par jour",
         "Lancé chaque soir par portail-turnout.timer ; peut être interrompu et relancé. Pendant le vote seulement ; sans les scrutins de moins de 50 inscrits.\n"
         "Chacun le demande, et l’arrête, sur sa page du bureau en ligne.", {}, turnout_mail},
        {"reassort report", "", "codes de vote réémis, par jour, et combien ont servi", "Alerte quand peu de ces codes servent. Ne change rien.", {}, reassort_report},
        {"close", "", "open → closed : urne, émargements et compteurs figés",
         "Refusé avant la clôture et ses 30 minutes de grâce (une démonstration avance l’heure).", {k_scrutin}, close, Row::Kind::acts},
        {"suspend", "", "propose de suspendre un vote ouvert",
         "Rien ne change avant que « suspensions approve », par un autre, ne l’accepte. Dès lors aucun bulletin n’est plus reçu ; ceux qui ont reçu leur\n"
         "accusé restent. Les électeurs lisent depuis quand, et le motif. Le vote se clôt à son heure, repris ou non.",
         {k_scrutin, k_authority}, suspend, Row::Kind::acts},
        {"resume", "", "propose de reprendre un vote suspendu", "À deux, comme la suspension.", {k_scrutin, k_authority}, resume, Row::Kind::acts},
        {"annul", "", "propose d’arrêter définitivement un vote : le scrutin est annulé",
         "À deux, sans retour. D’un vote ouvert, ou clos et pas encore dépouillé. Il n’est jamais dépouillé ; les électeurs et la page des résultats le\n"
         "disent avec le motif ; son urne se garde.",
         {k_scrutin, k_authority}, annul, Row::Kind::acts},
        {"suspensions", "", "les suspensions, reprises et arrêts, proposés et faits", "Ne change rien.", {}, suspensions},
        {"suspensions approve", "NUMERO", "fait ce qu’un autre a proposé",
         "Refusé à qui l’a proposé. En une transaction : tous les scrutins de la proposition, ou aucun.", {}, suspensions_approve, Row::Kind::acts},
        {"suspensions refuse", "NUMERO", "écarte une proposition ; qui l’a faite peut la retirer ainsi", "La proposition et la décision restent au journal.", {}, suspensions_refuse, Row::Kind::acts},
        {"dossier export", "DOSSIER", "écrit pour chaque bureau les archives que ses porteurs ont à noter, puis à déchiffrer",
         "DOSSIER/<bureau>.<groupe>/<code>/<uuid>.bel. D’un scrutin scellé ou ouvert : son scellement, que chaque porteur note\n"
         "(« trustee note »). D’un scrutin clos : ses bulletins et son total chiffré, que chacun déchiffre (« trustee decrypt ») ; chaque bulletin est\n"
         "d’abord contrôlé.",
         {k_scrutin}, dossier_export},
        {"dossier import", "FICHIER…", "reçoit les déchiffrements des porteurs",
         "Vérifie les deux preuves de chacun contre le total de l’urne avant d’enregistrer ; une seule fausse, et rien n’est pris du fichier.", {},
         dossier_import, Row::Kind::acts},
        {"decrypt", "", "déchiffre ici la part d’un porteur (démonstration seulement)",
         "Contrôle d’abord chaque bulletin et fait le total chiffré s’il n’existe pas. Seuls les scrutins de cette clé, clos, sont touchés.\n"
         "Refusé hors démonstration : en vrai, la clé ne vient jamais sur le serveur (« dossier export », « trustee decrypt »).",
         {{"--key", "FICHIER", "clé d’un porteur ; peut être répétée"}, k_passphrase_option, k_scrutin}, decrypt, Row::Kind::plays},
        {"tally", "", "closed → tallied : contrôle les bulletins et réunit les déchiffrements",
         "S’arrête si bulletins et émargements diffèrent, si l’archive ne se vérifie pas, si un déchiffrement contredit les autres.", {k_scrutin}, tally, Row::Kind::acts},
        {"proclaim", "", "tallied → proclaimed : voix, sièges, résultats publiés",
         "Montre voix, sièges et tirages de chaque scrutin et demande « oui » avant de publier. Une égalité que le texte laisse au sort attend le tirage du\n"
         "bureau ; un tirage qui nomme une autre liste que celles à égalité est refusé.",
         {{"--draw", "SCRUTIN=LISTE,…", "numéro de la liste tirée au sort ; de plusieurs tirages d’un scrutin, dans leur ordre"},
          {"--yes", "", "ne demande pas « oui » au clavier"}, k_scrutin}, proclaim, Row::Kind::acts},
        {"status", "", "l’état de chaque scrutin", "Ne change rien.", {k_scrutin}, status},
        {"results", "", "les résultats proclamés, en JSON, une ligne par scrutin",
         "Voix, sièges et noms de chaque liste ; « unions » : les voix de chaque organisation, exactes (\"1015/2\"), celles d’une liste commune par sa clé de répartition\n"
         "scellée, sinon à parts égales. Ne change rien.",
         {{"--question", "", "seulement ce que lit « seats », pour refaire le calcul des sièges et le partage des voix"}, k_scrutin}, results},
        {"export", "DOSSIER", "écrit l’archive .bel de chaque scrutin scellé",
         "DOSSIER/<code>/<uuid>.bel, et <uuid>.preuves.json (secondes preuves) à côté ; à vérifier par « scrutinctl verify » et par « belenios-tool election verify --dir DOSSIER/<code> ».\n"
         "Un vote en cours s’exporte aussi : les bulletins que le journal public a numérotés.",
         {k_scrutin}, export_archives},
        {"minutes", "DOSSIER", "le procès-verbal de chaque scrutin scellé : une page et un PDF à signer",
         "Scellement, porteurs, ouverture, suspensions, clôture, dépouillement, résultats avec le calcul des sièges, tirages, tous les actes du journal,\n"
         "destruction des parts : d’après le scellement, la proclamation et le journal, qui doit être intact. À tout moment ; ne change rien du scrutin.",
         {{"--porteurs", "FICHIER", "qualités (et noms) à écrire : bureau;porteur;nom;qualite. Un nom qui n’est pas celui de la cérémonie est refusé"}, k_scrutin}, write_minutes},
        {"bundle", "", "tout ce que laisse un scrutin proclamé, dans un dossier que « scrutin-verify bundle » vérifie",
         "Procès-verbal, archive et secondes preuves, fins signées des journaux, scellement, programmes, clés, marche à suivre, et une liste d’empreintes dont\n"
         "celle-ci est au journal. Vérifié ici avant d’avoir son nom ; un dossier qui existe n’est jamais changé.",
         {{"--out", "DOSSIER", "où les écrire, DOSSIER/<code>"},
          {"--porteurs", "FICHIER", "noms à écrire au procès-verbal : bureau;porteur;nom;qualite"}, k_scrutin}, bundle},
        {"bundle publish", "DOSSIER", "publie sur la page des résultats le procès-verbal et l’archive de scrutins proclamés",
         "DOSSIER : celui que « bundle --out » a rempli. De chaque dossier, revérifié ici, seulement ce que chacun peut voir : archive, preuves, fin du journal public,\n"
         "texte du scellement, proclamation, et un procès-verbal sans nom d’agent ni de porteur, avec la liste de leurs empreintes, qui est au journal. Peut être\n"
         "interrompu et relancé ; ce qui est publié reste tel quel. « integrity » compare ces fichiers à leurs empreintes.",
         {{"--again", "", "remplace ce qui est publié, d’après les dossiers d’aujourd’hui"}, k_scrutin}, publish_bundles, Row::Kind::acts},
        {"archive", "DOSSIER", "ce que la loi fait conserver deux ans (R211-580), dans un seul dossier, mode 0600",
         "Le dossier de chaque scrutin (« bundle »), les tables des deux bases, les pièces jointes, et une liste d’empreintes dont celle-ci est au journal.\n"
         "Tous les scrutins sont proclamés ou annulés. Interrompue, elle continue : relancez. Elle nomme les électeurs : à mettre sous scellés.", {{"--piece", "FICHIER", "à joindre (sources, sauvegarde) ; peut être répété"}, {"--porteurs", "FICHIER", "noms à écrire aux procès-verbaux : bureau;porteur;nom;qualite"}}, archive, Row::Kind::acts},
        {"archive show", "", "les archives faites, jusqu’à quand elles se conservent, lesquelles sont détruites", "Ne change rien.", {}, archive_show},
        {"archive verify", "DOSSIER", "compare une archive avec une instance d’essai où ses tables ont été remises",
         "L’instance est celle que fait modules/launcher/restore.sh, qui lance cette commande. Empreintes et lignes, puis tout ce qui se prouve : journal,\n"
         "scellements, journaux publics, nombres, résultats, urnes refaites, dossiers. Code de retour : 0 ; 1 une différence. Ne change rien.", {{"--digest", "EMPREINTE", "celle de l’archive, telle qu’au procès-verbal"}}, archive_verify},
        {"archive destroyed", "EMPREINTE", "note qu’une archive a été détruite, devant témoin", "Refusé avant le terme des deux ans, sauf démonstration.", {{"--temoin", "NOM", "devant qui"}}, archive_destroyed, Row::Kind::acts},
        {"integrity", "", "compare ce qui est scellé, signé et enregistré, scrutin par scrutin",
         "Scellement et tables, bulletins et émargements, urne et journal public, journal des actes, fichiers que nginx sert (logos des listes,\n"
         "pièces publiées ; un fichier de trop aussi). Dit ce qui diffère et quoi faire ;\n"
         "code de retour 1 s’il y a une différence. Ne change rien.",
         {{"--page", "FICHIER", "en écrit aussi une page à imprimer et à signer (PDF)"}, k_scrutin}, integrity},
        {"invite", "", "écrit à chaque électeur que le portail est ouvert, ou relance",
         "Chacun une fois, quoi qu’il arrive : interrompue, la commande se relance et n’écrit qu’à qui manque. Aucun secret dans ces courriels. Une relance\n"
         "de qui n’a pas voté ne dit à personne qui c’est : ni liste, ni nombre sous dix ; le relais de courriel, lui, voit à qui elle part.",
         {{"--relance", "QUI", "not-activated (sans espace électeur) ou non-voters (il leur reste un vote ouvert)"},
          {"--numero", "N", "la relance n° N (1) ; chacun la reçoit une fois"},
          {"--rythme", "N", "messages par minute à un même domaine (300)"},
          {"--dry-run", "", "compte et n’écrit rien"}},
         invite, Row::Kind::answers},
        {"returns", "", "les électeurs dont la messagerie ne prend pas les courriels, les plus récents d’abord",
         "Pleine, inconnue, ou qui fait attendre, d’après ce que leurs serveurs ont répondu ([mail] returns). Une adresse fausse se corrige par « roll correct ».\n"
         "Ne change rien.", {k_academie, k_json}, returns},
        {"claims", "", "les réclamations, les plus anciennes d’abord", k_list_manual, {k_academie, k_claim_state, k_since, k_json}, claims},
        {"claims show", "NUMERO", "une réclamation : qui, quoi, ses états et sa réponse", "Ne change rien.", {k_json}, claims_show},
        {"claims file", "NUMERO N FICHIER", "écrit le fichier n° N d’une réclamation, mode 0600",
         "Jamais à la place d’un autre. C’est la personne qui l’a fait : son contenu n’est que mesuré et reconnu (PDF, JPEG, PNG).", {}, claims_file},
        {"claims take", "NUMERO", "reçue → en instruction", k_take_manual, {}, claims_take, Row::Kind::answers},
        {"claims accept", "NUMERO", "→ acceptée, avec la réponse que la personne lira", k_answer_manual, {k_answer, k_again}, claims_accept, Row::Kind::answers},
        {"claims refuse", "NUMERO", "→ rejetée, avec la réponse que la personne lira", k_answer_manual, {k_answer, k_again}, claims_refuse, Row::Kind::answers},
        {"assistance", "", "les demandes d’assistance, les plus anciennes d’abord", k_list_manual, {k_academie, k_help_state, k_since, k_json}, assistance},
        {"assistance show", "NUMERO", "une demande : qui, quoi, ses états et sa réponse",
         "De qui n’était pas connecté, seule l’adresse saisie est connue : elle peut être celle d’un autre. Ne change rien.", {k_json}, assistance_show},
        {"assistance take", "NUMERO", "reçue → prise en charge", k_take_manual, {}, assistance_take, Row::Kind::answers},
        {"assistance answer", "NUMERO", "→ répondue : la réponse part par courriel",
         "Elle part à l’adresse saisie et, d’une personne connectée, se lit aussi sur sa page d’assistance. N’y écrivez ni code ni mot de passe, et rien\n"
         "d’un dossier si la personne n’était pas connectée. --remplace en donne une autre ; la personne reçoit les deux.", {k_answer, k_again}, assistance_answer, Row::Kind::answers},
        {"roll", "", "les changements de la liste électorale qui attendent une décision", "Ne change rien.", {}, roll},
        {"roll add", "FICHIER", "propose l’inscription d’un électeur tardif",
         "FICHIER : une ligne, avec les colonnes d’electeurs.csv et les contrôles de l’import. Ses scrutins sont ceux des règles importées, ou ceux de --scrutin.\n"
         "Rien ne change avant que « roll approve », par un autre, ne l’accepte ; un courriel le dit alors à la personne. Jusqu’au scellement. Ensuite « codes » fait\n"
         "son code de vote, et « notices --lot N » sa notice. Le NUMEN n’est gardé nulle part : détruisez le fichier.",
         {{"--scrutin", "CODE", "un scrutin où elle vote, au lieu de ceux des règles ; peut être répétée"},
          {"--raison", "TEXTE", "avec --scrutin : pourquoi elle y vote, en une ligne qu’elle lira"},
          {"--encoding", "NOM", "comment lire un fichier qui n’est pas en UTF-8, comme pour « import »"}},
         roll_add, Row::Kind::acts},
        {"roll strike", "", "propose la radiation d’une personne", k_roll_manual,
         {k_elector, {"--raison", "TEXTE", "pourquoi, en une ligne que la personne lira"}}, roll_strike, Row::Kind::acts},
        {"roll reinstate", "", "propose la réinscription d’une personne radiée", k_roll_manual, {k_elector}, roll_reinstate, Row::Kind::acts},
        {"roll correct", "", "propose la correction d’une ligne", k_roll_manual,
         {k_elector, {"--civilite", "TEXTE", "« Mme », « M. » ou rien"}, {"--nom", "TEXTE", "le nom"}, {"--prenom", "TEXTE", "le prénom"},
          {"--corps", "TEXTE", "le corps"}, {"--affectation", "TEXTE", "l’affectation"}, {"--lieu-notice", "TEXTE", "où la notice est remise"}},
         roll_correct, Row::Kind::acts},
        {"roll scrutins", "", "propose de changer les scrutins où une personne vote",
         "Rien ne change avant que « roll approve », par un autre, ne l’accepte. Avant le scellement. Son code de vote, s’il est déjà fait, n’ouvre alors plus\n"
         "rien : « codes » lui en fait un autre, et « codes withdrawn » liste le pli à retirer.",
         {k_elector, {"--ajoute", "CODE", "un scrutin de plus ; peut être répétée"}, {"--retire", "CODE", "un scrutin de moins ; peut être répétée"},
          {"--raison", "TEXTE", "pourquoi elle y vote, en une ligne qu’elle lira"}},
         roll_scrutins, Row::Kind::acts},
        {"roll reopen", "", "propose de rouvrir le réassort d’une personne qui l’avait arrêté",
         "Après « Ce n’est pas moi », plus aucun code n’est réémis à cette personne. À rouvrir quand elle s’est fait reconnaître, jusqu’à la clôture ; le nombre de\n"
         "codes qu’elle peut encore demander reste le même. Compté par « reassort report ».", {k_elector}, roll_reopen, Row::Kind::acts},
        {"roll approved", "", "les changements que deux gestionnaires ont décidés au bureau en ligne, et qui ne sont pas encore faits",
         "Donne aussi le numéro des radiations qui sont lues ainsi (« desk apply --radiations-relues »). Ne change rien.", {}, roll_approved},
        {"roll approve", "NUMERO", "fait le changement proposé par un autre",
         "Refusé à qui l’a proposé. Ce qui n’est plus possible (liste scellée depuis) est refusé aussi.", {}, roll_approve, Row::Kind::acts},
        {"roll refuse", "NUMERO", "écarte une proposition ; qui l’a faite peut la retirer ainsi",
         "La proposition et la décision restent au journal. Écarte aussi une inscription que le bureau en ligne a approuvée, si l’administration n’en envoie pas la ligne.", {}, roll_refuse, Row::Kind::acts},
        {"sessions end", "", "met fin aux connexions d’une personne, ou de tous",
         "Au clic suivant il faut se reconnecter ; mots de passe, votes enregistrés et liens envoyés restent. Qui vote sans avoir encore validé\n"
         "recommence. Une personne : une adresse volée, un poste laissé ouvert. Tous : des secrets du portail peut-être connus d’autrui.",
         {{"--elector", "ADRESSE", "les connexions de cette personne"},
          {"--all", "", "toutes, celles des visiteurs aussi ; demande « oui »"},
          {"--yes", "", "ne demande pas « oui » au clavier"}},
         sessions_end, Row::Kind::answers},
        {"purge", "", "efface ce qui a servi : connexions terminées, compteurs de limites, messages partis",
         "Connexions finies depuis une heure, compteurs de plus de deux jours, messages partis ou abandonnés depuis une semaine, brouillons de listes un mois\n"
         "après la fin de leur dépôt (les dépôts, eux, se conservent deux ans, refusés et remplacés compris) ; par lots de 500, cinq\n"
         "minutes au plus. Lancé toutes les heures par portail-purge.timer ; peut être interrompu et relancé. Ne touche ni vote, ni compte, ni acte.", {}, purge},
        {"audit show", "", "montre le journal des actes", "Ne change rien.", {}, audit_show},
        {"audit verify", "", "vérifie la chaîne du journal des actes", "Ne change rien.", {}, audit_verify},
    };
    // clang-format on
}

// Before the act: an import asks by itself, once it has read which election it is.
util::Status note_reason(Office& office, const Row& row, const Arguments& arguments) {
    office.set_reason(std::string(util::trim(arguments.get(k_reason.name).value_or(""))));
    if (!office.reason().empty() && !util::is_printable_line(office.reason(), 300))
        return bad_input("--motif : une ligne de 300 caractères au plus est attendue");
    if (!row.says_why() || row.act == import) return util::Done{};
    const auto election = store::find_election(office.db());
    return require_reason(office, !election || election->demonstration);
}

// Cut in the middle, an officer cannot know whether the last thing that he asked for was done; the journal can.
std::string words_of(const db::Error& error) {
    constexpr int k_no_room = 1040, k_no_socket = 2002, k_no_host = 2003;  // never connected: nothing was asked for
    if (error.is_other_node())
        return "ce serveur de base de données n’est pas celui où le portail écrit, et un groupe de serveurs n’en a qu’un : rien n’est fait. Lancez la "
               "commande là où il est, ou faites-lui prendre la suite (sql/writing-node.sql, par l’administrateur)";
    constexpr int k_not_ready =
        1047;  // a node of a cluster that joins the others, or has lost them: it answers, and carries out nothing
    if (error.code() == k_not_ready)
        return std::string(
                   "ce nœud de la base de données n’est pas prêt : il rejoint les autres, ou les a perdus. Il n’a rien enregistré ; ce qui l’était avant le "
                   "reste. Réessayez dans quelques minutes ; s’il ne revient pas, prévenez qui tient la base de données (") +
               error.what() + ")";
    const bool was_there = error.code() != k_no_room && error.code() != k_no_socket && error.code() != k_no_host;
    if (!error.is_connection_lost() || !was_there) return std::string("la base de données a refusé : ") + error.what();
    return std::string(
               "la connexion à la base de données a été coupée. Un acte et sa ligne du journal s’enregistrent ensemble, ou pas du tout : ") +
           "« audit show » dit s’il est fait ; sinon, relancez la commande (" + error.what() + ")";
}

Command bound(Office& office, const Row& row) {
    const auto run = [&office, row](const Arguments& arguments) -> util::Status {
        try {
            if (const util::Status told = note_reason(office, row, arguments); !told) return told;
            const TurnEnd end(office);
            if (row.takes_turn())
                if (const util::Status taken = take_turn(office, row.name); !taken) return taken;
            return row.act(office, arguments);
        } catch (const db::Error& error) {
            if (!error.is_temporary()) throw std::runtime_error(words_of(error));
            return util::failure(util::Fault::unavailable, words_of(error));
        }
    };
    std::vector<Option> options = row.options;
    if (row.says_why()) options.push_back(k_reason);
    return {std::string(row.name), row.arguments, row.help, row.manual, options, run};
}

}  // namespace

std::vector<Command> commands(Office& office) {
    std::vector<Command> all;
    for (const Row& row : office_rows()) {
        if (row.name == "trustee demo-ceremony") {
            for (Command& command : trustee::commands()) {
                command.name = "trustee " + command.name;
                all.push_back(std::move(command));
            }
        }
        if (row.name == "sessions end")
            for (const Row& desk : desk_rows()) all.push_back(bound(office, desk));
        if (row.name == "proclaim") all.push_back(seats_command());
        if (row.name == "audit show") {
            all.push_back(auditor::archive_command());
            all.back().name = "verify";
        }
        if (row.kind != Row::Kind::plays || util::is_demonstration_build()) all.push_back(bound(office, row));
    }
    return all;
}

Program program(Office& office) {
    return {
        "scrutinctl",
        "L’outil du bureau des élections.",
        "États d’un scrutin : draft → published → sealed → open → closed → tallied → proclaimed → archived, vers l’avant seulement.\n"
        "Codes de retour : 0 fait ; 1 refusé par les règles ou incomplet ; 2 pas d’archive à lire (verify) ; 3 égalité (seats) ; 64 commande mal\n"
        "écrite ; 65 données refusées ; 69 base de données absente ; 70 erreur interne ; 77 phrase de passe refusée.\n",
        {{"--config", "FICHIER", "les réglages ; sans elle, /etc/portail/portail.toml"},
         {"--secrets", "DOSSIER", "les secrets de ce programme ; sans elle, $CREDENTIALS_DIRECTORY"},
         {"--acteur", "NOM", "qui agit, là où le système ne connaît que root"}},
        commands(office),
        "",
        [&office](const Arguments& before) {
            if (const auto config = before.get("--config")) office.set_config(*config);
            if (const auto secrets = before.get("--secrets")) office.set_secrets(*secrets);
            if (const auto actor = before.get("--acteur")) office.set_actor(util::printable(*actor, 80));
        }};
}

}  // namespace scrutinctl
