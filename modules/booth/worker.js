// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth's Web Worker: the only place that holds the elector's private credential and makes the ballot, so that the page
// stays lively and one terminate() forgets everything. Knows no page and makes no request. One message {id, op, ...} gives one
// answer {id, value} or {id, error: word}, after any number of {id, progress: {done, total}}.
import { ballot_tracker, make_ballot, vector_of_choice } from './ballot.js';
import { derive_secret_key, public_credential } from './credential.js';
import { parse_election } from './election.js';
import { open_envelope, parse_envelope } from './envelope.js';
import { write_opened } from './opened.js';
import { read_receipt } from './receipt.js';
import { open_seal, short_fingerprint } from './seal.js';
import { make_seed } from './seed.js';

let private_credential = null; // what the code opened: kept for the visit, since it serves in each of the elector's scrutins
let election = null;
let credential = null;
let receipt_key = null;
let secret_key = null;
let prepared = null; // {ballot, choice, seed} of the last ballot made, as long as it may be opened

class Refusal extends Error {}

const operations = {
  // Reads the sealed parameters and fills the tables while the elector types. -> {answers, short, seal}: the fingerprint to
  // compare with the poster, and the seal's text as open_seal reads it.
  load(parameters) {
    election = parse_election(parameters.election);
    if (election === null || election.questions.length !== 1) throw new Refusal('election');
    const { answers, blank, min, max } = election.questions[0];
    if (!blank || min !== 1 || max !== 1) throw new Refusal('election');
    credential = parameters.credential;
    receipt_key = parameters.receipt_key;
    const seal = open_seal(parameters.election, election.uuid, parameters.seal);
    if (seal === false) throw new Refusal('seal');
    return { answers, short: short_fingerprint(parameters.election), seal };
  },

  // The code must open the envelope, and what it holds must be this elector's key in this scrutin.
  async open({ code, envelope }) {
    const parsed = parse_envelope(envelope);
    if (parsed === null) throw new Refusal('envelope');
    const opened = await open_envelope(parsed, code);
    if (opened === null) throw new Refusal('wrong_code');
    private_credential = opened;
    return operations.unlock();
  },

  // The same for a further scrutin of the visit, without the code.
  unlock() {
    const { group, uuid } = election;
    const sk = derive_secret_key(group, uuid, private_credential);
    if (sk === null || public_credential(group, sk) !== credential) throw new Refusal('credential');
    secret_key = sk;
    return {};
  },

  // -> {ballot, tracker}: nothing leaves this device here.
  prepare({ choice }, on_progress) {
    const vote = vector_of_choice(election.questions[0], choice);
    const seed = make_seed();
    const ballot = make_ballot(election, secret_key, [vote], { seed, on_progress });
    prepared = { ballot, choice, seed };
    return { ballot, tracker: ballot_tracker(ballot) };
  },

  // -> {text} that opens the ballot last prepared. Once; then it is to be forgotten, and another one made.
  reveal({ scrutin }) {
    if (prepared === null) throw new Refusal('nothing prepared');
    const text = write_opened({ scrutin, fingerprint: election.fingerprint, ...prepared });
    prepared = null;
    return { text };
  },

  // The ballot is stored: nothing of this scrutin stays.
  leave_scrutin() {
    election = credential = receipt_key = secret_key = prepared = null;
    return {};
  },

  // -> the receipt's fields, when it is the signed receipt of this very ballot.
  check_receipt({ text, tracker }) {
    const receipt = read_receipt(text, { scrutin: election.uuid, tracker, receipt_key });
    if (receipt === null) throw new Refusal('receipt');
    return receipt;
  },
};

self.addEventListener('message', async ({ data: { id, op, ...fields } }) => {
  try {
    const on_progress = (done, total) => self.postMessage({ id, progress: { done, total } });
    self.postMessage({ id, value: await operations[op](fields, on_progress) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Refusal ? error.message : 'fault' });
  }
});
