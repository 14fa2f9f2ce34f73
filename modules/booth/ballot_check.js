// SPDX-License-Identifier: AGPL-3.0-or-later
// Checks a ballot as an auditor would (sections 6.1 to 6.4): strict form, membership, every proof, signature. Variable time,
// for public data; the booth itself never runs it, the tests and the command line do.
import { sha_b64 } from './bytes.js';
import { extend_prefix, real_choices } from './ballot.js';
import { verify_or_proof_var, verify_schnorr_var } from './proofs.js';

const k_decimal = /^(0|[1-9][0-9]*)$/;

function read_proof({ q }, record) {
  for (const field of [record.challenge, record.response]) {
    if (typeof field !== 'string' || !k_decimal.test(field) || BigInt(field) >= q) throw new Error('scalar');
  }
  return { challenge: BigInt(record.challenge), response: BigInt(record.response) };
}

function read_proofs(group, list, length) {
  if (!Array.isArray(list) || list.length !== length) throw new Error('proof length');
  return list.map((record) => read_proof(group, record));
}

function read_element(group, text) {
  const element = group.decode_var(text);
  if (element === null) throw new Error('element');
  return element;
}

// The only writing of a ballot with these values: same keys, same order, nothing else.
function rewrite(ballot) {
  const proof = ({ challenge, response }) => ({ challenge, response });
  const answer = (a) => ({
    choices: a.choices.map(({ alpha, beta }) => ({ alpha, beta })),
    individual_proofs: a.individual_proofs.map((list) => list.map(proof)),
    overall_proof: a.overall_proof.map(proof),
    ...(a.blank_proof === undefined ? {} : { blank_proof: a.blank_proof.map(proof) }),
  });
  return {
    election_uuid: ballot.election_uuid,
    election_hash: ballot.election_hash,
    credential: ballot.credential,
    answers: ballot.answers.map(answer),
    signature: { hash: ballot.signature.hash, proof: proof(ballot.signature.proof) },
  };
}

function check_answer(election, question, Z, answer) {
  const { group } = election;
  const length = question.answers.length + (question.blank ? 1 : 0);
  if (answer.choices.length !== length || answer.individual_proofs.length !== length) return 'number of choices';
  if ((answer.blank_proof !== undefined) !== question.blank) return 'blank proof';
  const points = answer.choices.map(({ alpha, beta }) => ({
    a: read_element(group, alpha), b: read_element(group, beta) }));

  for (let i = 0; i < length; i++) {
    const { alpha, beta } = answer.choices[i];
    const branches = [{ ...points[i], M: 0 }, { ...points[i], M: 1 }];
    const proof = read_proofs(group, answer.individual_proofs[i], 2);
    if (!verify_or_proof_var(election, `prove|${Z}|${alpha},${beta}|`, branches, proof)) return `individual proof ${i}`;
  }

  const Z2 = extend_prefix(Z, answer.choices);
  const real = real_choices(question, points);
  const S = { a: real.map(({ a }) => a).reduce(group.mul), b: real.map(({ b }) => b).reduce(group.mul) };
  const range = [];
  for (let M = question.min; M <= question.max; M++) range.push({ ...S, M });
  if (question.blank) {
    const overall = read_proofs(group, answer.overall_proof, range.length + 1);
    const zero = points[0];
    if (!verify_or_proof_var(election, `bproof1|${Z2}|`, [{ ...zero, M: 1 }, ...range], overall)) return 'overall proof';
    const blank = read_proofs(group, answer.blank_proof, 2);
    if (!verify_or_proof_var(election, `bproof0|${Z2}|`, [{ ...zero, M: 0 }, { ...S, M: 0 }], blank)) return 'blank proof';
  } else {
    const overall = read_proofs(group, answer.overall_proof, range.length);
    const prefix = `prove|${Z2}|${group.encode_all([S.a, S.b]).join(',')}|`;
    if (!verify_or_proof_var(election, prefix, range, overall)) return 'overall proof';
  }
  return null;
}

/** null when the ballot is good, otherwise what is wrong with it. election comes from parse_election. */
export function find_ballot_fault(election, text) {
  const { group } = election;
  try {
    const ballot = JSON.parse(text);
    const canonical = rewrite(ballot);
    if (JSON.stringify(canonical) !== text) return 'not in canonical form';
    if (ballot.election_uuid !== election.uuid) return 'other scrutin';
    if (ballot.election_hash !== election.fingerprint) return 'other election record';
    const X = read_element(group, ballot.credential);
    if (group.equal(X, group.identity)) return 'identity as credential';
    if (ballot.answers.length !== election.questions.length) return 'number of answers';
    const Z = `${election.fingerprint}|${ballot.credential}`;
    for (const [i, question] of election.questions.entries()) {
      const fault = check_answer(election, question, Z, ballot.answers[i]);
      if (fault !== null) return `answer ${i}: ${fault}`;
    }
    const { signature, ...rest } = canonical;
    if (signature.hash !== sha_b64(JSON.stringify(rest))) return 'signature hash';
    const proof = read_proof(group, signature.proof);
    return verify_schnorr_var(group, `sig|${signature.hash}|`, X, proof) ? null : 'signature';
  } catch (error) {
    return `ill-formed: ${error.message}`;
  }
}
