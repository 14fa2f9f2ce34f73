// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page shows against what was sealed, and the fingerprint to compare with the poster. Knows the page, no network.
import { EngineError } from './engine.js';
import { messages } from './messages.js';
import { by_id, show_error } from './view.js';

const plain = (text) => String(text).replace(/\s+/g, ' ').trim();
const texts_of = (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => plain(textContent));
// The candidates of each list, as one text.
const names_of_lists = () => [...document.querySelectorAll('.booth-candidates')].map((list) =>
  JSON.stringify([...list.querySelectorAll('li')].map(({ textContent }) => plain(textContent))));
const are_same = (shown, sealed) => shown.length === sealed.length && sealed.every((text, i) => shown[i] === plain(text));

// The lists of the page, of the parameters and of the sealed election must be the same ones in the same order: the place
// of a list is what gets encrypted.
function has_same_lists(answers, lists) {
  const positions = [...document.querySelectorAll('input[name="booth-choice"]')].map(({ value }) => Number(value));
  return Array.isArray(lists) && are_same(lists.map(({ name }) => name), answers.map(plain)) && are_same(texts_of('.booth-list-name'), answers) &&
    answers.every((_, i) => lists[i].position === i + 1 && positions[i] === i + 1) && positions[answers.length] === 0;
}

// Title, unions and candidates are nowhere in the record itself, but in the text that its description names.
function is_covered(seal, answers, scrutin) {
  return seal.code === scrutin && are_same(texts_of('.p-lead'), [seal.title]) && are_same(seal.lists.map(({ name }) => plain(name)), answers) &&
    are_same(texts_of('.booth-union'), seal.lists.map(({ union }) => union)) &&
    are_same(names_of_lists(), seal.lists.map(({ candidates }) => JSON.stringify(candidates.map(plain))));
}

/**
 * loaded: what the worker read of the sealed election: {answers, short, seal}; seal is null in an election whose record names none. Shows the
 * short fingerprint, or throws: then this page must not be voted on.
 */
export function require_sealed_page({ answers, short, seal }, lists, scrutin) {
  if (!has_same_lists(answers, lists) || (seal !== null && !is_covered(seal, answers, scrutin))) throw new EngineError('seal');
  by_id('booth-seal-short').textContent = short;
  by_id('booth-seal').hidden = false;
}

/** For the failure that must not wait until the elector has typed his code. */
export function sound_alarm(error) {
  const is_alarm = error instanceof EngineError && ['seal', 'files'].includes(error.message);
  if (is_alarm && by_id('booth-error').hidden) show_error(messages.load[error.message]);
}
