#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Who holds the binding key and both databases knows whose each ballot is: what a thief's guesses are compared with.
//   true_pairs.mjs BINDING_KEY_FILE NOTICES_CSV <TABLES     lines « C uuid voter » for each attendance, « K binding public_key » for each
//       credential, « B credential_hash ballot_hash batch » for each ballot, « V voter email »
// Prints « elector ballot_hash batch » in the order of the notices, which is that of the vote.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [key_file, notices] = process.argv.slice(2);
const key = readFileSync(key_file, 'utf8').trim();
const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => line.split(/\s/));
const of_kind = (kind) => lines.filter(([first]) => first === kind).map(([, ...rest]) => rest);
const public_keys = new Map(of_kind('K'));
const ballots = new Map(of_kind('B').map(([credential, ...ballot]) => [credential, ballot]));
const emails = new Map(of_kind('V'));
const place_of = new Map(readFileSync(notices, 'utf8').split('\n').map((line, i) => [line.split(';')[0], i]));
const votes = of_kind('C').map(([uuid, voter]) => {
  const public_key = public_keys.get(createHmac('sha256', key).update(`${uuid}|${voter}`).digest('hex'));
  return [place_of.get(emails.get(voter)), voter, ...ballots.get(createHash('sha256').update(public_key).digest('hex'))];
});
for (const [, ...line] of votes.sort((a, b) => a[0] - b[0])) console.log(...line);
