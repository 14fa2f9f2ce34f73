// SPDX-License-Identifier: AGPL-3.0-or-later
// A scrutin for one elector, with real keys: what the vote worker would serve for the booth, and its judgement of a ballot.
// The page test drives the booth against it; the journey against the real worker is another test's.
import '../../../modules/booth/node_crypto.mjs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64url, sha_b64, sha_hex, utf8 } from '../../../modules/booth/bytes.js';
import { find_ballot_fault } from '../../../modules/booth/ballot_check.js';
import { derive_secret_key, public_credential } from '../../../modules/booth/credential.js';
import { parse_election } from '../../../modules/booth/election.js';
import { seal_envelope } from '../../../modules/booth/envelope.js';
import { group_by_name } from '../../../modules/booth/group.js';
import { signed_text } from '../../../modules/booth/receipt.js';
import { collect } from '../../../modules/booth/install.mjs';
import { library, render } from '../../lint/mustache.mjs';
import { complete_voting_code, normalise_voting_code } from '../../../modules/booth/voting_code.js';

/** The fields of a form that comes in parts, each a text. */
const fields_in_parts = (body) => new Map([...body.matchAll(/ name="([^"]+)"\r\n\r\n([^]*?)\r\n--/g)].map(([, name, text]) => [name, text]));

export const k_scrutin = 'CSA-MEN';
export const k_second_scrutin = 'CAPD-079'; // the same elector's
export const k_voting_code = complete_voting_code('23456789ABCDEFG');
export const k_other_code = complete_voting_code('ZYXWVUTSRQPNMKJ');
export const k_lists = [
  { position: 1, name: 'Liste « Avenir & Écoute »', union: 'Syndicat A', candidate_names: 'Anne Él, Bob L’Her' },
  { position: 2, name: 'Liste "B" <unie>', union: 'Syndicat B', candidate_names: 'Chloé M' },
  { position: 3, name: 'Ensemble pour une administration au service de toutes et de tous dans les territoires',
    union: 'Union C', candidate_names: 'D. E, F. G, H. I' },
];
const k_second_lists = [
  { position: 1, name: 'Première liste de l’autre scrutin', union: 'Syndicat D', candidate_names: 'J. K' },
  { position: 2, name: 'Seconde liste de l’autre scrutin', union: 'Syndicat E', candidate_names: 'L. M' },
];
const k_uuids = { [k_scrutin]: '123456789zABCD', [k_second_scrutin]: '123456789zABCE' };
const k_credential_code = '22222-333333-44444-555555';
export const k_titles = {
  [k_scrutin]: 'Comité social d’administration ministériel', [k_second_scrutin]: 'Commission administrative paritaire',
};
const k_csrf = 'csrf-of-the-test';
const templates = fileURLToPath(new URL('../../../templates', import.meta.url));

// As the vote worker reads them at its start (modules/vote/booth_files.hpp).
const booth = collect();
const integrity_of = (path) => `sha256-${createHash('sha256').update(booth.get(path)).digest('base64')}`;
const parts = booth.get('parts.txt').trimEnd().split('\n').map((line) => line.split(' '));
const [entry, ...modules] = parts.filter(([part]) => part === 'page').map(([, path]) => ({ path, integrity: integrity_of(path) }));
const worker_files = parts.filter(([part]) => part === 'worker').map(([, path]) => `${path} ${integrity_of(path)}`).join(' ');

const view_of = (list) => {
  const candidates = list.candidate_names.split(', ').map((name) => ({ name }));
  return { ...list, has_profession: true, has_candidates: true, count: `${candidates.length}`, candidates };
};

/** The page as the vote worker renders it: bulletin.mustache inside the common layout. */
export function render_page(code = k_scrutin, title = k_titles[code], lists = k_lists) {
  const page = library(templates);
  const site = {
    title: 'Élections professionnelles', page_title: title, administration: 'Ministère', demonstration: false,
    signed_in: true, session_left: '1200', session_warns: 'm18', session_words: 'Sans action de votre part, votre connexion se terminera à 12 h 00 (heure de Paris).', voter_name: 'Anne Exemple', csrf: k_csrf, form_key: '00', help_label: 'Aide', static: '/static', request_id: 'r-1',
    password: 'mot de passe', voting_code: 'code de vote',
  };
  return render('layout', { site, title, scrutin_code: code, code_label: 'Code de vote', voting_code_yours: 'votre code de vote', lists: lists.map(view_of),
    rhythm: 'par groupes de 10', by_decree: false, lists_count: `${lists.length}`, entry, modules, worker_files },
    (name) => page(name === 'body' ? 'vote/bulletin' : name));
}

/** Both scrutins of the elector, on one server: `second` is the other one's own record of what happened. */
export async function make_two_scrutins() {
  const first = await make_scrutin();
  const second = await make_scrutin(k_second_scrutin, k_second_lists);
  for (const [one, other] of [[first, k_second_scrutin], [second, k_scrutin]]) {
    one.parameters.others = [{ code: other, title: k_titles[other] }];
  }
  const is_left = (scrutin) => scrutin.stored === null;
  const give = (one, other) => () => ({ type: 'application/json',
    text: JSON.stringify({ ...one.parameters, others: is_left(other) ? one.parameters.others : [] }) });
  Object.assign(first.pages, second.pages, {
    [`GET /vote/${k_scrutin}/parametres`]: give(first, second),
    [`GET /vote/${k_second_scrutin}/parametres`]: give(second, first),
    'GET /vote/enveloppe': first.pages['GET /vote/enveloppe'],
  });
  return Object.assign(first, { second });
}

/** The seal's text as scrutinctl writes it (modules/scrutinctl/README-sceau.md). */
export function write_seal(code, uuid, lists, title = k_titles[code]) {
  const line = (...fields) => fields.map((field) => field.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')).join('\t') + '\n';
  const of_candidate = (position, full, rank) => {
    const [first, ...last] = full.split(' ');
    return line('candidate', `${position}`, `${rank + 1}`, 'Mme', last.join(' '), first, 'École');
  };
  return [line('portail-sceau', '1'), line('election', 'Élections', '2026', 'Ministère', 'real', 'five-or-more'),
    line('scrutin', code, uuid, title, 'CSA', 'national', ''), line('seats', '10', 'tie-by-lot'), line('vote', '', ''),
    ...lists.flatMap(({ position, name, union, candidate_names }) => [line('list', `${position}`, name, union, ''),
      ...candidate_names.split(', ').map((full, rank) => of_candidate(position, full, rank))]),
    line('roll', '1', '0'.repeat(64))].join('');
}

/** The description of a record that names this digest. */
export const describe = (digest) => `Essai. Empreinte du scellement : ${digest}. Tout déchiffrement porte une seconde preuve. Un vote validé est définitif.`;

export async function make_scrutin(code = k_scrutin, lists = k_lists) {
  const uuid = k_uuids[code];
  const group = group_by_name('Ed25519');
  const [public_key] = group.encode_all([group.power_g(123456789n)]);
  const seal_text = write_seal(code, uuid, lists);
  const election_text = JSON.stringify({
    version: 1, description: describe(sha_hex(seal_text)), name: 'n', group: 'Ed25519', public_key,
    questions: [{ answers: lists.map(({ name }) => name), blank: true, min: 1, max: 1, question: 'q' }], uuid,
  });
  let election = parse_election(election_text);
  const sk = derive_secret_key(group, uuid, k_credential_code);
  const receipt_secret = ed25519.utils.randomPrivateKey();
  const json = (value, status = 200) => ({ status, type: 'application/json', text: JSON.stringify(value) });
  const refusal = (status, error, message) => json({ error, message }, status);

  const scrutin = {
    envelope: await seal_envelope({ voter: 'v-1', generation: 1 }, normalise_voting_code(k_voting_code), k_credential_code),
    parameters: {
      election: election_text, seal: seal_text, credential: public_credential(group, sk),
      receipt_key: base64url(ed25519.getPublicKey(receipt_secret)),
      lists: lists.map(({ position, name }) => ({ position, name })), title: 'CSA', others: [],
    },
    stored: null, // the ballot in the urne
    received: [], // every body that was posted
    opened: new Set(), // references of the ballots that are never to be cast
    open_next: [], // answers to the next openings: {status, text}, null for a cut line, or {after} of these: noted all the same
    papers: [], // receipts that came back to be printed
    next: [], // answers to give instead of judging; null cuts the line; {after} stores first

    receipt_of(ballot) {
      const fields = { version: 1, scrutin: uuid, tracker: sha_b64(ballot), at: '2026-12-03T09:00:00Z' };
      const signature = base64url(ed25519.sign(utf8(signed_text(fields)), receipt_secret));
      return JSON.stringify({ ...fields, signature });
    },

    /** How much of g^m is in each choice: decrypts the stored ballot, as only this test can. */
    stored_choices() {
      const { choices } = JSON.parse(scrutin.stored).answers[0];
      return choices.map(({ alpha, beta }) => {
        const factor = group.power_var(group.decode_var(alpha), 123456789n);
        const g_m = group.mul(group.decode_var(beta), group.inv(factor));
        return group.equal(g_m, group.g) ? 1 : group.equal(g_m, group.identity) ? 0 : NaN;
      });
    },

    cast({ body }) {
      const fields = fields_in_parts(body);
      scrutin.received.push(Object.fromEntries(fields));
      const planned = scrutin.next.shift();
      if (planned !== undefined && !planned?.after) return planned;
      if (fields.get('csrf') !== k_csrf) return refusal(403, 'csrf', 'Formulaire périmé.');
      const ballot = fields.get('ballot');
      const fault = find_ballot_fault(election, ballot);
      if (fault !== null || JSON.parse(ballot).credential !== scrutin.parameters.credential) {
        return refusal(400, 'ballot', `Bulletin refusé (${fault}).`);
      }
      if (scrutin.opened.has(sha_b64(ballot))) return refusal(410, 'opened', 'Ce bulletin a été ouvert : préparez-en un nouveau.');
      if (scrutin.stored !== null && scrutin.stored !== ballot) return refusal(409, 'voted', 'Vous avez déjà voté.');
      scrutin.stored = ballot;
      if (planned?.after) return planned.after === 'cut' ? null : planned.after;
      return json({ receipt: scrutin.receipt_of(ballot) });
    },

    /** After a test has changed the record. */
    reread() {
      election = parse_election(scrutin.parameters.election);
    },

    open({ body }) {
      const fields = new URLSearchParams(body);
      const planned = scrutin.open_next.shift();
      if (planned !== undefined && !planned?.after) return planned;
      if (fields.get('csrf') !== k_csrf) return refusal(403, 'forbidden', '');
      const reference = fields.get('reference');
      if (scrutin.stored !== null && sha_b64(scrutin.stored) === reference) return refusal(409, 'cast', 'Ce bulletin est déjà déposé.');
      scrutin.opened.add(reference);
      if (planned?.after) return planned.after === 'cut' ? null : planned.after;
      return json({ opened: reference });
    },
  };
  scrutin.pages = {
    [`GET /vote/${code}/bulletin`]: () => ({ text: render_page(code, k_titles[code], lists) }),
    [`GET /vote/${code}/parametres`]: () => json(scrutin.parameters),
    'GET /vote/enveloppe': () => json(scrutin.envelope),
    'GET /vote': () => ({ text: '<!doctype html><html lang="fr"><title>Mes scrutins</title><link rel="icon" href="data:,">' +
      '<h1>Mes scrutins</h1>' }),
    [`GET /urne/${code}/election.json`]: () => ({ type: 'application/json', text: election_text }),
    [`POST /vote/${code}/ouverture`]: (received) => scrutin.open(received),
    [`POST /vote/${code}/bulletin`]: (received) => scrutin.cast(received),
    // The document itself is the worker's, and its test's; here it is only brought to the elector.
    [`POST /vote/${code}/preuve.pdf`]: ({ body }) => {
      scrutin.papers.push(Object.fromEntries(new URLSearchParams(body)));
      return scrutin.papers_fail ? refusal(503, 'unavailable', '') : { type: 'application/pdf', text: '%PDF-1.3' };
    },
  };
  return scrutin;
}
