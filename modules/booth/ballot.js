// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a ballot (section 6): encrypts, proves, signs, serialises, computes the tracker. Knows no page and no network.
import { random_scalar, sha_b64 } from './bytes.js';
import { public_credential } from './credential.js';
import { begin_or_proof, prove_schnorr } from './proofs.js';
import { scalars_of } from './seed.js';

const mod = (x, q) => ((x % q) + q) % q;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** The vector (m0, m1..mn), or (m1..mn) without blank vote, of one choice: 0 is the blank vote, k the k-th answer. */
export function vector_of_choice(question, choice) {
  const first = question.blank ? 0 : 1;
  const last = question.answers.length;
  if (!Number.isInteger(choice) || choice < first || choice > last) throw new RangeError('no such choice');
  return Array.from({ length: last - first + 1 }, (_, i) => (i + first === choice ? 1 : 0));
}

function require_valid_vector({ answers, blank, min, max }, m) {
  const count = sum(blank ? m.slice(1) : m);
  const is_blank = blank && m[0] === 1;
  const good = m.length === answers.length + (blank ? 1 : 0) && m.every((x) => x === 0 || x === 1) &&
    (is_blank ? count === 0 : min <= count && count <= max);
  if (!good) throw new RangeError('not a valid vote for this question');
}

const choice_record = (alpha, beta) => ({ alpha, beta });
const proof_record = ({ challenge, response }) => ({ challenge: String(challenge), response: String(response) });

/** Z2 of section 2: Z, then every ciphertext of the answer. */
export const extend_prefix = (Z, choices) =>
  Z + '|' + choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(',');

/** Product of ciphertexts or sum of exponents over choices 1..n (or all of them without blank vote). */
export const real_choices = (question, list) => (question.blank ? list.slice(1) : list);

// The commitments of all proofs of an answer, in the order in which encode_all will see them. Section 6.2.
function begin_answer(election, question, m, random, on_progress) {
  const { group, power_y } = election;
  const { q } = group;
  const ciphertexts = m.map((m_i) => {
    const r = random();
    const g_m = m_i === 1 ? group.g : group.identity;
    const encrypted = {
      r,
      points: [group.power_g(r), group.mul(power_y(r), g_m)],
      individual: begin_or_proof(election, [{ r, m: m_i, M: 0 }, { r, m: m_i, M: 1 }], m_i, random),
    };
    on_progress();
    return encrypted;
  });

  const rS = real_choices(question, ciphertexts).reduce((total, { r }) => mod(total + r, q), 0n);
  const mS = sum(real_choices(question, m));
  const range = [];
  for (let M = question.min; M <= question.max; M++) range.push({ r: rS, m: mS, M });

  if (!question.blank) return { ciphertexts, overall: begin_or_proof(election, range, mS - question.min, random) };
  const r0 = ciphertexts[0].r;
  const m0 = m[0];
  return {
    ciphertexts,
    overall: begin_or_proof(
      election, [{ r: r0, m: m0, M: 1 }, ...range], m0 === 1 ? 0 : mS - question.min + 1, random),
    blank: begin_or_proof(
      election, [{ r: r0, m: m0, M: 0 }, { r: rS, m: mS, M: 0 }], m0 === 1 ? 1 : 0, random),
  };
}

function make_answer(election, question, m, Z, random, on_progress) {
  const { group } = election;
  require_valid_vector(question, m);
  const { ciphertexts, overall, blank } = begin_answer(election, question, m, random, on_progress);

  // Without blank vote the overall proof also hashes the text of the product of all ciphertexts.
  const product = question.blank ? [] : [0, 1].map(
    (side) => ciphertexts.map(({ points }) => points[side]).reduce(group.mul));
  const points = [
    ...ciphertexts.flatMap((c) => [...c.points, ...c.individual.commitments]),
    ...overall.commitments, ...(blank ? blank.commitments : []), ...product,
  ];
  const texts = group.encode_all(points);
  const take = (n) => texts.splice(0, n);

  const choices = [];
  const individual_proofs = [];
  for (const { individual } of ciphertexts) {
    const [alpha, beta] = take(2);
    choices.push(choice_record(alpha, beta));
    individual_proofs.push(individual.finish(`prove|${Z}|${alpha},${beta}|`, take(individual.commitments.length)));
  }
  const Z2 = extend_prefix(Z, choices);
  const overall_texts = take(overall.commitments.length);
  const answer = { choices, individual_proofs: individual_proofs.map((proof) => proof.map(proof_record)) };
  if (question.blank) {
    answer.overall_proof = overall.finish(`bproof1|${Z2}|`, overall_texts).map(proof_record);
    answer.blank_proof = blank.finish(`bproof0|${Z2}|`, take(blank.commitments.length)).map(proof_record);
  } else {
    answer.overall_proof = overall.finish(`prove|${Z2}|${take(2).join(',')}|`, overall_texts).map(proof_record);
  }
  return answer;
}

/** sha_b64 of the whole ballot text: the reference shown to the elector (section 6.3). */
export const ballot_tracker = (text) => sha_b64(text);

// Everything but the signature; credential is its text.
function unsigned_ballot(election, credential, votes, random, on_progress) {
  const { uuid, fingerprint, questions } = election;
  if (votes.length !== questions.length) throw new RangeError('one vector per question');
  const Z = `${fingerprint}|${credential}`;
  return {
    election_uuid: uuid,
    election_hash: fingerprint,
    credential,
    answers: questions.map((question, i) => make_answer(election, question, votes[i], Z, random, on_progress)),
  };
}

const signature_hash = (ballot) => sha_b64(JSON.stringify(ballot));
const signed = (ballot, hash, proof) => JSON.stringify({ ...ballot, signature: { hash, proof: proof_record(proof) } });

/**
 * One ballot as its exact text. votes: one vector per question; sk: the secret key in this scrutin. options.seed: everything but the
 * signature is drawn from it, so that the ballot can be opened (seed.js); its signature never is, since it would tell sk.
 * options.random gives all scalars (tests only), options.on_progress(done, total) is called after each ciphertext.
 */
export function make_ballot(election, sk, votes, options = {}) {
  const { group } = election;
  const system_random = () => random_scalar(group.q);
  const random = options.random ?? (options.seed === undefined ? system_random : scalars_of(options.seed, group.q));
  const total = sum(votes.map((m) => m.length));
  let done = 0;
  const on_progress = () => options.on_progress?.(++done, total);
  const ballot = unsigned_ballot(election, public_credential(group, sk), votes, random, on_progress);
  const hash = signature_hash(ballot);
  return signed(ballot, hash, prove_schnorr(group, `sig|${hash}|`, sk, options.random ?? system_random));
}

/** The same ballot again, from what opens it and the signature that it had: {challenge, response}. */
export function remake_ballot(election, credential, votes, seed, signature) {
  const ballot = unsigned_ballot(election, credential, votes, scalars_of(seed, election.group.q), () => {});
  return signed(ballot, signature_hash(ballot), signature);
}
