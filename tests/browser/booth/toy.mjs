// SPDX-License-Identifier: AGPL-3.0-or-later
// The toy group of the tests (section 1.3), as small as a proof can be tried whole, and an election in it. It is kept out
// of the booth's own table of groups: no record can make a browser vote in it.
import { parse_election } from '../../../modules/booth/election.js';
import { make_prime_field_group } from '../../../modules/booth/group_modp.js';

export const toy = make_prime_field_group('TOY-607', 607n, 101n, 64n);

export function toy_record(question, secret = 17n) {
  return JSON.stringify({
    version: 1, description: 'd', name: 'n', group: 'TOY-607', public_key: toy.encode_all([toy.power_g(secret)])[0],
    questions: [{ answers: ['a', 'b'], blank: true, min: 1, max: 1, question: 'q', ...question }], uuid: '11111111111111',
  });
}

export const toy_election = (question, secret) =>
  parse_election(toy_record(question, secret), (name) => (name === 'TOY-607' ? toy : null));

/** Scalars below q in a repeatable order: a small linear generator, good enough to spread over 101 values. */
export function toy_random(seed) {
  let state = BigInt(seed) + 1n;
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return (state >> 33n) % toy.q;
  };
}
