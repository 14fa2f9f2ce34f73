// SPDX-License-Identifier: AGPL-3.0-or-later
// Elections made by other programs, recomputed by the booth's modules. The same cases run in Node, in a page and in a worker:
// this file imports nothing by itself. load_booth(base) gives the modules, make_cases the list {name, run}.

const k_modules = ['bytes', 'group', 'credential', 'election', 'proofs', 'ballot', 'ballot_check'];

/** All exports of the protocol modules found under base (an URL ending in /), in one object. */
export async function load_booth(base) {
  const loaded = await Promise.all(k_modules.map((name) => import(`${base}${name}.js`)));
  return Object.assign({}, ...loaded);
}

// list: fingerprint of the public credentials; votes: [voter, choice] of each ballot in order, when known.
export const k_elections = [
  { folder: '2048-single', bel: 'LiFqt5fv83EqW4', group: 'BELENIOS-2048', codes: 12, ballots: 11,
    list: '5mqDMsVBIo2LOHsiqqEE3Z/9Ac7YJ94uSdVaphtwI8U', creds: 'private_creds.txt',
    keys: ['4EB2C0CB', '8004365A'] },
  { folder: '2048-threshold', bel: 'pAXmvP4WG44v5g', group: 'BELENIOS-2048', codes: 2, ballots: 1,
    list: 'k7lcKlQ92OzPgxwunaSeRCH8/cA104hW1wd92alb9GY', creds: 'private_creds.json' },
  { folder: 'ed25519-single', bel: 'yZDgMTHFpqM6TQ', group: 'Ed25519', codes: 30, ballots: 29,
    list: 'MTpPkQCPo+whRw2CqzYv2qbhSeu5eGA90vRQFVp0cI8', creds: 'private_creds.json',
    keys: ['9F55557D', 'AD7F442D'] },
  { folder: 'ed25519-threshold', bel: 'Q45MnBjFQqPTM8', group: 'Ed25519', codes: 30, ballots: 29,
    list: '3z5dacTFjO+55LMoW0XtT2jgFQ/6sF/jPBeSOOBSnVU', creds: 'private_creds.json' },
  { folder: 'ed25519-threshold-3x', bel: 'VbB6Wrog85CNsP', group: 'Ed25519', creds: 'private_creds.txt' },
];

const k_block = 512;

/** Entries of an archive (an old tar) in order: {name, text}. */
export function read_archive(bytes) {
  const decoder = new TextDecoder();
  const field = (at, length) => decoder.decode(bytes.subarray(at, at + length)).replace(/\0[\s\S]*$/, '');
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const size = parseInt(field(at + 124, 12), 8);
    entries.push({ name: field(at, 100), text: decoder.decode(bytes.subarray(at + k_block, at + k_block + size)) });
    at += k_block + Math.ceil(size / k_block) * k_block;
  }
  return entries;
}

/** The records of an archive: {election, trustees, credentials, ballots: [{name, text}]}. */
export function read_records(bytes) {
  const data = new Map();
  const records = { ballots: [] };
  for (const { name, text } of read_archive(bytes)) {
    if (name.endsWith('.data.json')) data.set(name.slice(0, 64), text);
    if (!name.endsWith('.event.json')) continue;
    const { type, payload } = JSON.parse(text);
    if (type === 'Ballot') records.ballots.push({ name: payload, text: data.get(payload) });
    if (type === 'Setup') {
      const setup = JSON.parse(data.get(payload));
      for (const key of ['election', 'trustees', 'credentials']) records[key] = data.get(setup[key]);
    }
  }
  return records;
}

/** The private credentials, from either form of file. */
export function read_codes(text) {
  if (text.startsWith('{')) return Object.values(JSON.parse(text));
  return text.trim().split('\n').map((line) => line.trim().split(' ').at(-1));
}

function require_equal(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}

function election_key(booth, group, trustees) {
  let product = group.identity;
  for (const [kind, item] of trustees) {
    const parts = kind === 'Single' ? [item.public_key]
      : item.coefexps.map(({ message }) => JSON.parse(message).coefexps[0]);
    for (const text of parts) product = group.mul(product, group.decode_var(text));
  }
  return group.encode_all([product])[0];
}

function require_proofs_of_possession(booth, group, trustees) {
  for (const [kind, item] of trustees) {
    for (const { pok, public_key } of kind === 'Single' ? [item] : item.verification_keys) {
      const proof = { challenge: BigInt(pok.challenge), response: BigInt(pok.response) };
      const prefix = `pok|${group.name}|${public_key}|`;
      const X = group.decode_var(public_key);
      if (!booth.verify_schnorr_var(group, prefix, X, proof)) throw new Error(`pok of ${public_key}`);
    }
  }
}

/** load(path below the vectors' folder) gives a Uint8Array. */
export function make_cases(booth, load) {
  const text_of = async (path) => new TextDecoder().decode(await load(path));
  const cases = [];
  for (const { folder, bel, group: group_name, codes: code_count, ballots: ballot_count, list, creds } of k_elections) {
    const add = (name, run) => cases.push({ name: `${folder}: ${name}`, run });
    const records_of = async () => read_records(await load(`${folder}/${bel}.bel`));

    add('the election record gives uuid, group and key', async () => {
      const { election: text, trustees } = await records_of();
      const election = booth.parse_election(text);
      require_equal(election.uuid, bel, 'uuid');
      require_equal(election.group.name, group_name, 'group');
      const key = election_key(booth, election.group, JSON.parse(trustees));
      require_equal(key, JSON.parse(text).public_key, 'product of the trustees');
      require_proofs_of_possession(booth, election.group, JSON.parse(trustees));
    });

    add('each code gives its public credential', async () => {
      const { election: text, credentials } = await records_of();
      const { group, uuid } = booth.parse_election(text);
      const codes = read_codes(await text_of(`${folder}/${creds}`));
      const derived = codes.map((code) => booth.public_credential(group, booth.derive_secret_key(group, uuid, code)));
      const listed = JSON.parse(credentials).map((entry) => entry.split(',')[0]);
      require_equal([...derived].sort().join(), [...listed].sort().join(), 'list');
      if (code_count !== undefined) require_equal(derived.length, code_count, 'number of codes');
      if (list !== undefined) require_equal(booth.sha_b64(credentials), list, 'fingerprint of the list');
    });

    add('each ballot is good, and its name is its fingerprint', async () => {
      const { election: text, ballots } = await records_of();
      const election = booth.parse_election(text);
      if (ballot_count !== undefined) require_equal(ballots.length, ballot_count, 'number of ballots');
      for (const ballot of ballots) {
        require_equal(booth.find_ballot_fault(election, ballot.text), null, ballot.name);
        require_equal(booth.sha_hex(ballot.text), ballot.name, 'name');
        require_equal(atob(booth.ballot_tracker(ballot.text) + '=').length, 32, 'tracker');
      }
    });

    add('a ballot made here is good', async () => {
      const { election: text } = await records_of();
      const election = booth.parse_election(text);
      const [code] = read_codes(await text_of(`${folder}/${creds}`));
      const sk = booth.derive_secret_key(election.group, election.uuid, code);
      const [question] = election.questions;
      for (const choice of [0, 1, question.answers.length]) {
        const ballot = booth.make_ballot(election, sk, [booth.vector_of_choice(question, choice)]);
        require_equal(booth.find_ballot_fault(election, ballot), null, `choice ${choice}`);
      }
    });
  }
  return cases;
}
