// SPDX-License-Identifier: AGPL-3.0-or-later
// Ballots: what is made is good and says what was chosen; what is altered is refused; the toy group is tried whole.
import '../../../modules/booth/node_crypto.mjs';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ballot_tracker, make_ballot, vector_of_choice } from '../../../modules/booth/ballot.js';
import { find_ballot_fault } from '../../../modules/booth/ballot_check.js';
import { sha_b64 } from '../../../modules/booth/bytes.js';
import { derive_secret_key } from '../../../modules/booth/credential.js';
import { parse_election } from '../../../modules/booth/election.js';
import { begin_or_proof, hash_to_scalar, prove_schnorr, verify_or_proof_var, verify_schnorr_var } from '../../../modules/booth/proofs.js';
import { toy, toy_election, toy_random } from './toy.mjs';
import { k_elections, read_codes } from './vector_suite.mjs';
import { load_vector_text } from './vectors.mjs';

function open_election({ folder, creds, keys }) {
  const election = parse_election(load_vector_text(`${folder}/election.json`));
  const [code] = read_codes(load_vector_text(`${folder}/${creds}`));
  const shares = keys.map((name) => BigInt(JSON.parse(load_vector_text(`${folder}/private-trustee-keys/${name}.privkey`))));
  return { election, sk: derive_secret_key(election.group, election.uuid, code), shares };
}

/** The vote in a ballot, opened with the trustees' keys. */
function decrypt({ group }, secret, text) {
  return JSON.parse(text).answers.map(({ choices }) => choices.map(({ alpha, beta }) => {
    const g_m = group.mul(group.decode_var(beta), group.inv(group.power_var(group.decode_var(alpha), secret % group.q)));
    return group.equal(g_m, group.identity) ? 0 : group.equal(g_m, group.g) ? 1 : NaN;
  }));
}

const singles = k_elections.filter(({ keys }) => keys !== undefined);

for (const single of singles) {
  test(`${single.folder}: every choice is good and decrypts to itself`, () => {
    const { election, sk, shares } = open_election(single);
    const secret = shares.reduce((a, b) => a + b);
    const [question] = election.questions;
    const seen = new Set();
    for (let choice = 0; choice <= question.answers.length; choice++) {
      const vote = vector_of_choice(question, choice);
      const progress = [];
      const ballot = make_ballot(election, sk, [vote], { on_progress: (done, total) => progress.push([done, total]) });
      assert.equal(find_ballot_fault(election, ballot), null);
      assert.deepEqual(decrypt(election, secret, ballot), [vote]);
      assert.deepEqual(progress, vote.map((_, i) => [i + 1, vote.length]));
      assert.equal(ballot_tracker(ballot), sha_b64(ballot));
      seen.add(ballot_tracker(ballot));
    }
    assert.equal(seen.size, question.answers.length + 1);
  });
}

// Made by the servers' own library for the same elections.
test('ballots made by the servers are good here and decrypt to their choice', () => {
  const ballots = JSON.parse(readFileSync(new URL('servers_ballots.json', import.meta.url), 'utf8'));
  for (const { election: folder, choice, ballot } of ballots) {
    const { election, shares } = open_election(singles.find((single) => single.folder === folder));
    assert.equal(find_ballot_fault(election, ballot), null);
    assert.deepEqual(decrypt(election, shares.reduce((a, b) => a + b), ballot), [vector_of_choice(election.questions[0], choice)]);
  }
  assert.ok(ballots.length > 0);
});

// The keys in the order of section 6, with the length of every list, for 8 answers and a blank vote.
test('a ballot has the exact shape of section 6', () => {
  const { election, sk } = open_election(singles[0]);
  const ballot = JSON.parse(make_ballot(election, sk, [vector_of_choice(election.questions[0], 2)]));
  assert.deepEqual(Object.keys(ballot), ['election_uuid', 'election_hash', 'credential', 'answers', 'signature']);
  const [answer] = ballot.answers;
  assert.deepEqual(Object.keys(answer), ['choices', 'individual_proofs', 'overall_proof', 'blank_proof']);
  assert.deepEqual(Object.values(answer).map((list) => list.length), [9, 9, 2, 2]);
  assert.deepEqual(Object.keys(ballot.signature), ['hash', 'proof']);
  assert.equal(ballot.election_hash, sha_b64(load_vector_text(`${singles[0].folder}/election.json`)));
});

test('a choice that is none, and a vector that is no vote, are refused before anything is made', () => {
  const { election, sk } = open_election(singles[1]);
  const [question] = election.questions;
  for (const choice of [-1, 9, 1.5, NaN, '1', undefined]) {
    assert.throws(() => vector_of_choice(question, choice), RangeError, String(choice));
  }
  const vector = vector_of_choice(question, 1);
  for (const bad of [[], vector.slice(1), vector.map(() => 0), vector.map(() => 1), [1, ...vector.slice(1)], [0, 2, 0, 0, 0, 0, 0, 0, 0]]) {
    assert.throws(() => make_ballot(election, sk, [bad]), RangeError, String(bad));
  }
  assert.throws(() => make_ballot(election, sk, []), RangeError);
});

/** Signs an altered ballot again, so that only the check under test can refuse it. */
function resign(election, sk, ballot) {
  const { signature, ...rest } = ballot;
  const hash = sha_b64(JSON.stringify(rest));
  const random = () => 424242n % election.group.q;
  const { challenge, response } = prove_schnorr(election.group, `sig|${hash}|`, sk, random);
  return JSON.stringify({ ...rest, signature: { hash, proof: { challenge: String(challenge), response: String(response) } } });
}

/** The text with another first letter, whatever it began with: a hash begins with any given letter one time in 64. */
const with_other_first = (text) => (text.startsWith('B') ? 'C' : 'B') + text.slice(1);
const plus = (text, n) => String(BigInt(text) + n);
const alterations = {
  'individual proof': [(a) => { a.individual_proofs[4][1].response = plus(a.individual_proofs[4][1].response, 1n); }, /individual proof 4/],
  'individual challenges exchanged': [(a) => a.individual_proofs[2].reverse(), /individual proof 2/],
  'overall proof': [(a) => { a.overall_proof[0].challenge = plus(a.overall_proof[0].challenge, 1n); }, /overall proof/],
  'blank proof': [(a) => { a.blank_proof[1].response = plus(a.blank_proof[1].response, 1n); }, /blank proof/],
  'two ciphertexts exchanged': [(a) => a.choices.splice(1, 2, a.choices[2], a.choices[1]), /individual proof 1/],
  'one ciphertext too few': [(a) => a.choices.pop(), /number of choices/],
  'no blank proof': [(a) => { delete a.blank_proof; }, /blank proof/],
  'scalar plus q': [(a, q) => { a.overall_proof[1].response = plus(a.overall_proof[1].response, q); }, /scalar/],
  'leading zero': [(a) => { a.overall_proof[1].response = `0${a.overall_proof[1].response}`; }, /scalar/],
  'leading plus': [(a) => { a.overall_proof[1].response = `+${a.overall_proof[1].response}`; }, /scalar/],
  'hexadecimal': [(a) => { a.overall_proof[1].response = `0x${BigInt(a.overall_proof[1].response).toString(16)}`; }, /scalar/],
  'number for text': [(a) => { a.overall_proof[1].response = 5; }, /scalar/],
  'unknown key': [(a) => { a.note = 'x'; }, /canonical/],
  'element not in its own writing': [(a) => { a.choices[0].alpha = a.choices[0].alpha.toUpperCase() + ' '; }, /element/],
};

for (const single of singles) {
  test(`${single.folder}: an altered ballot, signed again, is refused for the right reason`, () => {
    const { election, sk } = open_election(single);
    const good = make_ballot(election, sk, [vector_of_choice(election.questions[0], 3)]);
    assert.equal(find_ballot_fault(election, resign(election, sk, JSON.parse(good))), null, 'signing again is sound');
    for (const [what, [alter, reason]] of Object.entries(alterations)) {
      const ballot = JSON.parse(good);
      alter(ballot.answers[0], election.group.q);
      assert.match(find_ballot_fault(election, resign(election, sk, ballot)) ?? 'accepted', reason, what);
    }
  });
}

test('an altered frame is refused', () => {
  const { election, sk } = open_election(singles[1]);
  const good = make_ballot(election, sk, [vector_of_choice(election.questions[0], 0)]);
  const change = (alter, sign_again = true) => {
    const ballot = JSON.parse(good);
    alter(ballot);
    return find_ballot_fault(election, sign_again ? resign(election, sk, ballot) : JSON.stringify(ballot)) ?? 'accepted';
  };
  const other = derive_secret_key(election.group, election.uuid, '22222-333333-44444-555555');
  assert.match(change((b) => { b.election_uuid = 'zZDgMTHFpqM6TQ'; }), /other scrutin/);
  assert.match(change((b) => { b.election_hash = with_other_first(b.election_hash); }), /other election record/);
  assert.match(change((b) => { b.credential = election.group.encode_all([election.group.identity])[0]; }), /identity/);
  assert.match(change((b) => { b.credential = election.group.encode_all([election.group.power_g(other)])[0]; }), /individual proof 0/);
  assert.match(change((b) => { b.credential = b.credential.toUpperCase(); }), /element/);
  assert.match(change((b) => { b.signature.hash = with_other_first(b.signature.hash); }, false), /signature hash/);
  assert.match(change((b) => { b.signature.proof.response = plus(b.signature.proof.response, 1n); }, false), /signature/);
  assert.match(change((b) => b.answers.push(b.answers[0])), /number of answers/);
  assert.equal(find_ballot_fault(election, good.replace(',', ', ')), 'not in canonical form');
  assert.equal(find_ballot_fault(election, `${good}\n`), 'not in canonical form');
  for (const text of ['', '{}', 'null', '[]', '{"answers":5}']) assert.match(find_ballot_fault(election, text), /ill-formed/, text);
});

test('toy group: every vote under many nonces is good and decrypts to itself, with and without blank vote, any min and max', () => {
  const k_questions = [{}, { blank: false }, { answers: ['a', 'b', 'c'], min: 0, max: 3 }, { answers: ['a', 'b', 'c'], min: 1, max: 2 },
    { answers: ['a', 'b', 'c'], blank: false, min: 1, max: 3 }];
  for (const change of k_questions) {
    const election = toy_election(change);
    const [question] = election.questions;
    const length = question.answers.length + (question.blank ? 1 : 0);
    let votes = 0;
    for (let bits = 0; bits < 1 << length; bits++) {
      const vote = Array.from({ length }, (_, i) => (bits >> i) & 1);
      let ballot;
      try {
        ballot = make_ballot(election, 23n, [vote], { random: toy_random(bits) });
      } catch (error) {
        assert.ok(error instanceof RangeError);
        continue;
      }
      votes++;
      for (let seed = 0; seed < 25; seed++) {
        ballot = make_ballot(election, 23n, [vote], { random: toy_random(1000 * bits + seed) });
        assert.equal(find_ballot_fault(election, ballot), null, `${vote} with seed ${seed}`);
        assert.deepEqual(decrypt(election, 17n, ballot), [vote]);
      }
    }
    const real = question.answers.length;
    let expected = question.blank ? 1 : 0;
    for (let k = question.min; k <= question.max; k++) expected += binomial(real, k);
    assert.equal(votes, expected);
  }
});

function binomial(n, k) {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return result;
}

test('toy group: each secret and nonce makes a good signature; of all (challenge, response) pairs about one in q passes', () => {
  let passed = 0;
  for (let secret = 1n; secret < toy.q; secret++) {
    const X = toy.power_g(secret);
    const nonce = (secret * 7n) % toy.q;
    assert.ok(verify_schnorr_var(toy, 'sig|x|', X, prove_schnorr(toy, 'sig|x|', secret, () => nonce)));
  }
  const X = toy.power_g(5n);
  for (let challenge = 0n; challenge < toy.q; challenge++) {
    for (let response = 0n; response < toy.q; response++) {
      if (verify_schnorr_var(toy, 'sig|x|', X, { challenge, response })) passed++;
    }
  }
  // 10201 pairs, one commitment each, accepted when its hash is the challenge: mean 101, deviation 10.
  assert.ok(passed > 51 && passed < 151, `${passed} pairs pass`);
});

test('toy group: every nonce of an OR proof, for both plaintexts, is accepted for its own ciphertext', () => {
  const election = toy_election();
  const { power_y } = election;
  for (const m of [0, 1]) {
    for (let r = 0n; r < toy.q; r++) {
      const a = toy.power_g(r);
      const b = toy.mul(power_y(r), m === 1 ? toy.g : 1n);
      for (let w = 0n; w < toy.q; w += 10n) {
        const draws = [w, (w * 3n + r) % toy.q, (w * 5n + 1n) % toy.q];
        let next = 0;
        const { commitments, finish } = begin_or_proof(election, [{ r, m, M: 0 }, { r, m, M: 1 }], m, () => draws[next++]);
        const proof = finish('prove|z|', toy.encode_all(commitments));
        assert.ok(verify_or_proof_var(election, 'prove|z|', [{ a, b, M: 0 }, { a, b, M: 1 }], proof));
      }
    }
  }
});

test('hash_to_scalar joins texts with commas after the prefix', () => {
  assert.equal(hash_to_scalar(toy, 'p|', ['1', '2']), BigInt(`0x${createHash('sha256').update('p|1,2').digest('hex')}`) % 101n);
});
