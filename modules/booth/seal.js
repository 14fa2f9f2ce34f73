// SPDX-License-Identifier: AGPL-3.0-or-later
// The seal of a scrutin: the text that holds all that decides its result (modules/scrutinctl/README-sceau.md), and the digest of it that the
// election record's description names. Knows no page and no network.
import { sha_hex } from './bytes.js';

// The sentences that may end a description, the last one first; that of the seal stands before them (modules/crypto/election_rules.hpp).
const k_last_sentences = [
  'Un vote validé est définitif.', 'Tout déchiffrement porte une seconde preuve.', 'Un total de moins de cinq bulletins est déchiffré aussi.',
];
const k_seal = /Empreinte du scellement : ([0-9a-f]{64})\.$/;

/** The digest that the record's text names, or null. */
export function seal_digest_of(record_text) {
  let rest = String(JSON.parse(record_text).description ?? '');
  for (const sentence of k_last_sentences) {
    if (rest.endsWith(sentence)) rest = rest.slice(0, -sentence.length).replace(/ $/, '');
  }
  return k_seal.exec(rest)?.[1] ?? null;
}

/** « 1f3a 99c0 … »: eight groups of four of a text's SHA-256, as on the poster. */
export const short_fingerprint = (text) => sha_hex(text).slice(0, 32).match(/.{4}/g).join(' ');

const k_escapes = { '\\\\': '\\', '\\t': '\t', '\\n': '\n' };
const fields_of = (line) => line.split('\t').map((field) => field.replace(/\\./g, (pair) => k_escapes[pair] ?? pair));

/** {code, uuid, title, lists: [{name, union, candidates: ["first last"]}]} of a seal's text; null when it is none. */
export function read_seal(text) {
  const lines = String(text).split('\n').map(fields_of);
  if (lines[0].join(' ') !== 'portail-sceau 1') return null;
  const scrutins = lines.filter(([name]) => name === 'scrutin');
  if (scrutins.length !== 1) return null;
  const [, code, uuid, title] = scrutins[0];
  const lists = [];
  for (const [name, ...fields] of lines) {
    if (name === 'list') {
      if (fields[0] !== String(lists.length + 1)) return null;
      lists.push({ name: fields[1], union: fields[2], candidates: [] });
    } else if (name === 'candidate') {
      const [list, rank, , last_name, first_name] = fields;
      const candidates = lists.at(-1)?.candidates;
      if (list !== String(lists.length) || rank !== String(candidates.length + 1)) return null;
      candidates.push(`${first_name} ${last_name}`);
    }
  }
  return { code, uuid, title, lists };
}

/** What the record's seal covers: null when it names none; false when `text` is not what it names. */
export function open_seal(record_text, uuid, text) {
  const digest = seal_digest_of(record_text);
  if (digest === null) return null;
  const seal = typeof text === 'string' && sha_hex(text) === digest ? read_seal(text) : null;
  return seal !== null && seal.uuid === uuid ? seal : false;
}
