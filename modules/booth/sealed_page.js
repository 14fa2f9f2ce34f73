// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page shows against what was sealed. Knows the page, no network and no protocol.
import { EngineError } from './engine.js';

// The lists of the page, of the parameters and of the sealed election must be the same ones in the same order: the place
// of a list is what gets encrypted.
export function require_same_lists(answers, lists) {
  const plain = (text) => String(text).replace(/\s+/g, ' ').trim();
  const on_page = [...document.querySelectorAll('.booth-list-name')].map(({ textContent }) => plain(textContent));
  const positions = [...document.querySelectorAll('input[name="booth-choice"]')].map(({ value }) => Number(value));
  const same = Array.isArray(lists) && lists.length === answers.length && on_page.length === answers.length &&
    answers.every((answer, i) => plain(lists[i].name) === plain(answer) && on_page[i] === plain(answer) &&
      lists[i].position === i + 1 && positions[i] === i + 1) && positions[answers.length] === 0;
  if (!same) throw new EngineError('lists');
}
