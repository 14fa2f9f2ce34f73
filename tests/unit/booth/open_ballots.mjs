// SPDX-License-Identifier: AGPL-3.0-or-later
// open_ballots.mjs < {election, secret, ballots}: checks each ballot as the booth's own auditor does and decrypts it with the
// trustee's key. Prints one line each: the vector of votes, or the fault.
import '../../../modules/booth/node_crypto.mjs';
import { readFileSync } from 'node:fs';
import { find_ballot_fault } from '../../../modules/booth/ballot_check.js';
import { parse_election } from '../../../modules/booth/election.js';

const { election: text, secret, ballots } = JSON.parse(readFileSync(0, 'utf8'));
const election = parse_election(text);
if (election === null) throw new Error('no election record');
const { group } = election;

function plain_vote({ alpha, beta }) {
  const g_m = group.mul(group.decode_var(beta), group.inv(group.power_var(group.decode_var(alpha), BigInt(secret))));
  return group.equal(g_m, group.identity) ? '0' : group.equal(g_m, group.g) ? '1' : '?';
}

for (const ballot of ballots) {
  console.log(find_ballot_fault(election, ballot) ?? JSON.parse(ballot).answers[0].choices.map(plain_vote).join(''));
}
