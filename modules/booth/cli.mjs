#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth's protocol on the command line, for tests and demonstrations: the very modules that the browser runs.
//   cli.mjs make-ballot --election FILE --code CODE --choice N   ballot on stdout, tracker on stderr; 0 is the blank vote
//   cli.mjs open-ballot --election FILE --code CODE --choice N   a ballot, and on the next line the text that opens it
//   cli.mjs check-ballot --election FILE --ballot FILE           "good" and exit 0, or the fault and exit 1
//   cli.mjs public-key --election FILE --code CODE               the code's public credential in that election
//   cli.mjs seal-envelope --voter REF --generation N --voting-code V --code CODE     the envelope as served
//   cli.mjs open-envelope --envelope FILE --voting-code V        the code in it, or exit 1
// CODE is the Belenios code, V the code de vote. FILE may be - for stdin. A code on a command line is seen by the whole machine:
// never give a real elector's.
import './node_crypto.mjs';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ballot_tracker, make_ballot, vector_of_choice } from './ballot.js';
import { find_ballot_fault } from './ballot_check.js';
import { derive_secret_key, public_credential } from './credential.js';
import { parse_election } from './election.js';
import { open_envelope, parse_envelope, seal_envelope } from './envelope.js';
import { write_opened } from './opened.js';
import { make_seed } from './seed.js';
import { read_voting_code } from './voting_code.js';

function fail(status, message) {
  console.error(message);
  process.exit(status);
}

const read_record = (file) => readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\n$/, '');

function read_election(options) {
  return parse_election(read_record(options.election)) ?? fail(2, `${options.election}: no election record`);
}

function secret_key(election, options) {
  return derive_secret_key(election.group, election.uuid, options.code) ?? fail(2, 'not a code');
}

function voting_code(options) {
  const { code, fault } = read_voting_code(options['voting-code']);
  return code ?? fail(2, `not a voting code: ${fault}`);
}

function chosen(election, options) {
  if (election.questions.length !== 1) fail(2, 'the election has more than one question');
  const choice = /^[0-9]{1,4}$/.test(options.choice) ? Number(options.choice) : NaN;
  return { choice, votes: [vector_of_choice(election.questions[0], choice)] };
}

const commands = {
  'make-ballot': {
    needs: ['election', 'code', 'choice'],
    run(options) {
      const election = read_election(options);
      const ballot = make_ballot(election, secret_key(election, options), chosen(election, options).votes);
      console.log(ballot);
      console.error(ballot_tracker(ballot));
    },
  },
  'open-ballot': {
    needs: ['election', 'code', 'choice'],
    run(options) {
      const election = read_election(options);
      const { choice, votes } = chosen(election, options);
      const seed = make_seed();
      const ballot = make_ballot(election, secret_key(election, options), votes, { seed });
      console.log(ballot);
      console.log(write_opened({ scrutin: 'essai', fingerprint: election.fingerprint, ballot, choice, seed }));
    },
  },
  'check-ballot': {
    needs: ['election', 'ballot'],
    run(options) {
      const fault = find_ballot_fault(read_election(options), read_record(options.ballot));
      if (fault !== null) fail(1, fault);
      console.log('good');
    },
  },
  'public-key': {
    needs: ['election', 'code'],
    run(options) {
      const election = read_election(options);
      console.log(public_credential(election.group, secret_key(election, options)));
    },
  },
  'seal-envelope': {
    needs: ['voter', 'generation', 'voting-code', 'code'],
    async run(options) {
      const label = { voter: options.voter, generation: Number(options.generation) };
      console.log(JSON.stringify(await seal_envelope(label, voting_code(options), options.code)));
    },
  },
  'open-envelope': {
    needs: ['envelope', 'voting-code'],
    async run(options) {
      const envelope = parse_envelope(JSON.parse(read_record(options.envelope))) ?? fail(2, 'not an envelope');
      console.log(await open_envelope(envelope, voting_code(options)) ?? fail(1, 'this code does not open it'));
    },
  },
};

const [name, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : null;
if (command === null) fail(2, `usage: cli.mjs ${Object.keys(commands).join(' | ')} --OPTION VALUE ...`);
try {
  const options = Object.fromEntries(command.needs.map((option) => [option, { type: 'string' }]));
  const { values } = parseArgs({ args: rest, options });
  for (const option of command.needs) if (values[option] === undefined) fail(2, `--${option} is missing`);
  await command.run(values);
} catch (error) {
  fail(2, error.message);
}
