// SPDX-License-Identifier: AGPL-3.0-or-later
// Every French sentence that the booth says by itself; the others stand in its template. They are written with plain spaces;
// french() puts the unbreakable ones of French typography where they belong. The name of the code is the edition's, given by the
// page; sentences say « votre » before it, so that no article has to agree with it.

const code_name = globalThis.document?.getElementById('booth')?.dataset.codeName ?? 'code de vote';

function french(value) {
  if (typeof value === 'function') return (...given) => french(value(...given));
  if (typeof value === 'string') return value.replace(/ ([:;?!»%])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, french(inner)]));
}

export const messages = french({
  steps: {
    code: { step: 'Étape 1 sur 3', heading: `Votre ${code_name}` },
    bulletin: { step: 'Étape 2 sur 3', heading: 'Votre bulletin' },
    verification: { step: 'Étape 3 sur 3', heading: 'Vérifiez votre choix' },
    ouverture: { step: '', heading: 'Bulletin ouvert : vous n’avez pas encore voté' },
    recu: { step: '', heading: 'Votre vote est enregistré' },
  },
  error_prefix: 'Erreur : ',
  title_separator: ' – ',
  code: {
    empty: `Saisissez votre ${code_name} : 16 lettres et chiffres, par exemple ABCD-EFGH-JKMN-PQRS.`,
    length: (count) => `Votre ${code_name} compte 16 lettres et chiffres ; vous en avez saisi ${count}. ` +
      'Vérifiez qu’il n’en manque pas et qu’aucun n’est en double.',
    symbol: (symbol) => `Le caractère « ${symbol} » n’existe pas dans votre ${code_name} : il ne contient que des lettres et ` +
      'des chiffres, jamais 0, 1, I, L ni O. Vérifiez ce que vous avez saisi.',
    check: `Une faute de frappe s’est glissée dans votre ${code_name}. Comparez-le, caractère par caractère, avec celui que vous avez reçu.`,
    wrong_code: `Ce que vous avez saisi est bien formé, mais n’est pas votre ${code_name}, ou ne l’est plus. Utilisez le dernier ` +
      'que vous avez reçu, ou demandez-en un nouveau.',
  },
  opening: `Vérification de votre ${code_name}…`,
  choice_missing: 'Choisissez une liste ou le vote blanc.',
  preparing: 'Préparation de votre bulletin sur votre appareil…',
  preparing_progress: (percent) => `Préparation de votre bulletin : ${percent} %`,
  prepared: 'Votre bulletin est prêt. Votre vote n’est pas encore enregistré.',
  not_yet: 'Votre vote n’est pas encore enregistré.',
  not_known: 'Nous ne savons pas encore si votre vote est enregistré.',
  not_stored: 'Votre vote n’est pas enregistré.',
  blank_vote: 'Vote blanc',
  sending: 'Envoi de votre bulletin…',
  cast_button: 'Je vote',
  retry: 'Réessayer',
  open: {
    noting: 'Le serveur note que ce bulletin ne doit pas être compté…',
    unreachable: 'Le serveur n’a pas confirmé que ce bulletin est mis de côté : son contenu n’a pas été montré. Rien n’est perdu : ' +
      'vous pouvez réessayer, ou voter.',
    failed: 'Ce bulletin est mis de côté, mais il n’a pas pu être montré. Il n’est compté nulle part : préparez-en un nouveau.',
    code: 'Code à scanner avec un autre appareil',
  },
  next: (title) => `Voter au scrutin suivant : ${title}`,
  code_kept: (count) => (count > 1 ? `Il vous reste ${count} scrutins. ` : 'Il vous reste un scrutin. ') +
    `Vous n’aurez pas à saisir de nouveau votre ${code_name}.`,
  paper: {
    making: 'Préparation du document…',
    made: 'Le document est prêt.',
    failed: 'Le document ne peut pas être fait en ce moment. Imprimez cette page, ou téléchargez le fichier seul : il a la même valeur.',
  },
  back_to_scrutins: 'Retour à mes scrutins',
  sign_in_again: 'Me reconnecter dans un nouvel onglet',
  load: {
    network: 'La connexion avec le serveur est interrompue. Vérifiez votre accès à internet, puis réessayez.',
    signed_out: 'Vous n’êtes plus connecté. Reconnectez-vous, puis revenez ici et réessayez.',
    refused: 'Ce scrutin n’est pas accessible en ce moment.',
    busy: 'Le serveur est très sollicité. Attendez quelques instants, puis réessayez.',
    worker: 'Votre navigateur ne permet pas de préparer un bulletin chiffré. Mettez-le à jour, ou utilisez-en un autre ' +
      '(Firefox, Chrome, Edge ou Safari, en version récente).',
    election: 'Les données de ce scrutin sont incomplètes : le vote est impossible. Prévenez l’assistance de votre académie.',
    seal: 'Cette page ne montre pas ce qui a été scellé. N’y votez pas : prévenez le bureau de vote ou l’assistance de votre académie, et ' +
      'comparez ce que vous lisez avec l’affiche de votre établissement. Rien n’a été enregistré.',
    files: 'Des fichiers de l’espace de vote ne sont pas ceux que cette page annonce. N’y votez pas. Rechargez la page ; si ce message revient, ' +
      'prévenez le bureau de vote ou l’assistance de votre académie. Rien n’a été enregistré.',
    envelope: `Votre ${code_name} ne peut pas être vérifié en ce moment. Réessayez ; si l’erreur persiste, prévenez ` +
      'l’assistance de votre académie.',
    credential: `Votre ${code_name} est bon, mais il ne correspond pas à votre inscription dans ce scrutin. ` +
      'Prévenez l’assistance de votre académie ; rien n’a été enregistré.',
    fault: 'Une erreur est survenue sur votre appareil. Rechargez la page et recommencez ; rien n’a été enregistré.',
  },
  cast: {
    network: 'La connexion a été interrompue. Ne fermez pas cette page : votre bulletin y est conservé. Réessayez, il ne sera ' +
      'compté qu’une fois.',
    busy: 'Le serveur est très sollicité et n’a pas confirmé votre vote. Ne fermez pas cette page : votre bulletin y est ' +
      'conservé. Réessayez dans quelques instants, il ne sera compté qu’une fois.',
    signed_out: 'Vous n’êtes plus connecté. Ne fermez pas cette page : votre bulletin y est conservé. Reconnectez-vous dans un ' +
      'nouvel onglet, puis revenez ici et réessayez.',
    refused: 'Votre bulletin n’a pas été accepté : votre vote n’est pas enregistré.',
    receipt: 'Votre bulletin a été envoyé, mais la preuve reçue en retour n’est pas la bonne. Notez la référence affichée ' +
      'ci-dessous et réessayez ; si l’erreur persiste, prévenez l’assistance de votre académie.',
  },
});

const k_paris_time = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit',
  minute: '2-digit',
});

/** « jeudi 3 décembre 2026 à 10 h 00 (heure de Paris) » of an ISO time, as the other pages write it. */
export function paris_time(iso) {
  const parts = Object.fromEntries(k_paris_time.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const day = parts.day === '1' ? '1er' : parts.day;
  return `${parts.weekday} ${day} ${parts.month} ${parts.year} à ${Number(parts.hour)}\u00a0h\u00a0${parts.minute} (heure de Paris)`;
}
