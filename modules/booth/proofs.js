// SPDX-License-Identifier: AGPL-3.0-or-later
// Challenges, Schnorr and disjunctive proofs (SPECIFICATION.md 2 and 6.1), prove beside verify, in the letters of the specification.
// Knows groups, not ballots. A proof is {challenge, response}, both BigInt here.
import { sha_hex } from './bytes.js';

const mod = (x, q) => ((x % q) + q) % q;

/** H(prefix, e1..en): the texts enc(e) are given, not the elements. */
export function hash_to_scalar(group, prefix, texts) {
  return BigInt('0x' + sha_hex(prefix + texts.join(','))) % group.q;
}

/** Section 2: proves knowledge of secret in g^secret. */
export function prove_schnorr(group, prefix, secret, random) {
  const w = random();
  const [A] = group.encode_all([group.power_g(w)]);
  const challenge = hash_to_scalar(group, prefix, [A]);
  return { challenge, response: mod(w - secret * challenge, group.q) };
}

export function verify_schnorr_var(group, prefix, X, { challenge, response }) {
  const A = group.mul(group.power_g(response), group.power_var(X, challenge));
  return hash_to_scalar(group, prefix, group.encode_all([A])) === challenge;
}

/**
 * Section 6.1, first half: commitments of "(a,b) encrypts M" for each branch {r, m, M}, where a = g^r, b = y^r g^m; the branch
 * `actual` is true (m = M), the others are simulated by the shortcut, with powers of g and y only.
 * Returns {commitments: [A0,B0,A1,B1,...], finish(prefix, texts of the commitments) -> proof}: between the two the caller
 * encodes all its points at once.
 */
export function begin_or_proof({ group, power_y }, branches, actual, random) {
  const { q } = group;
  const commitments = [];
  const proof = [];
  const w = random();
  branches.forEach(({ r, m, M }, i) => {
    if (i === actual) {
      commitments.push(group.power_g(w), power_y(w));
      proof.push(null);
    } else {
      const challenge = random();
      const response = random();
      const s = mod(response + r * challenge, q);
      const shift = group.power_g(mod(BigInt(m - M) * challenge, q));
      commitments.push(group.power_g(s), group.mul(power_y(s), shift));
      proof.push({ challenge, response });
    }
  });
  function finish(prefix, texts) {
    let challenge = hash_to_scalar(group, prefix, texts);
    for (const simulated of proof) if (simulated !== null) challenge -= simulated.challenge;
    challenge = mod(challenge, q);
    proof[actual] = { challenge, response: mod(w - branches[actual].r * challenge, q) };
    return proof;
  }
  return { commitments, finish };
}

/** The verifier of the same: branches are {a, b, M}. */
export function verify_or_proof_var({ group, power_y }, prefix, branches, proof) {
  const commitments = [];
  let sum = 0n;
  branches.forEach(({ a, b, M }, i) => {
    const { challenge, response } = proof[i];
    const b_over_gM = group.mul(b, group.inv(group.power_g(BigInt(M))));
    commitments.push(
      group.mul(group.power_g(response), group.power_var(a, challenge)),
      group.mul(power_y(response), group.power_var(b_over_gM, challenge)),
    );
    sum += challenge;
  });
  return hash_to_scalar(group, prefix, group.encode_all(commitments)) === sum % group.q;
}
