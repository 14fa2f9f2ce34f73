// SPDX-License-Identifier: AGPL-3.0-or-later
// An opened ballot (section 17): the short text that the booth gives when the elector wants to check a ballot instead of casting it, and
// its judgement on another device. Knows no page and no network.
import { ballot_tracker, remake_ballot, vector_of_choice } from './ballot.js';
import { is_seed } from './seed.js';

const k_version = 'b1';
const k_separator = '~'; // stays as it is in an address
const k_decimal = /^(0|[1-9][0-9]{0,90})$/;
const to_url = (text) => text.replaceAll('+', '-').replaceAll('/', '_');

/** "b1~scrutin~fingerprint~credential~choice~seed~challenge~response": what makes the ballot again, in one line. */
export function write_opened({ scrutin, fingerprint, ballot, choice, seed }) {
  const { credential, signature } = JSON.parse(ballot);
  const { challenge, response } = signature.proof;
  return [k_version, scrutin, to_url(fingerprint), credential, choice, seed, challenge, response].join(k_separator);
}

/** The fields of such a text, be it alone or the end of an address; null when it is none. */
export function read_opened(text) {
  const line = String(text).replace(/\s+/g, '').replace(/^.*#/, '');
  const [version, scrutin, fingerprint, credential, choice, seed, challenge, response, ...rest] = line.split(k_separator);
  const good = rest.length === 0 && version === k_version && /^[A-Za-z0-9_.-]{1,64}$/.test(scrutin ?? '') &&
    /^[A-Za-z0-9_-]{43}$/.test(fingerprint ?? '') && /^[0-9a-f]{1,700}$/.test(credential ?? '') && /^(0|[1-9][0-9]{0,3})$/.test(choice ?? '') &&
    is_seed(seed) && k_decimal.test(challenge ?? '') && k_decimal.test(response ?? '');
  if (!good) return null;
  return { scrutin, fingerprint: fingerprint.replaceAll('-', '+').replaceAll('_', '/'), credential, choice: Number(choice), seed, challenge, response };
}

/**
 * What the opened ballot says, in this election (parse_election): {choice, answer: text or null for the blank vote, tracker}. The
 * tracker is the one that the booth showed if, and only if, it encrypted this choice. null: another election, or no such choice.
 */
export function remake_opened(election, opened) {
  const { fingerprint, credential, choice, seed, challenge, response } = opened;
  if (election.fingerprint !== fingerprint || election.questions.length !== 1) return null;
  const [question] = election.questions;
  if (choice > question.answers.length || (choice === 0 && !question.blank)) return null;
  const ballot = remake_ballot(election, credential, [vector_of_choice(question, choice)], seed, { challenge, response });
  return { choice, answer: choice === 0 ? null : question.answers[choice - 1], tracker: ballot_tracker(ballot) };
}
