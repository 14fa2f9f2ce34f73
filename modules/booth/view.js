// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting page as the flow sees it: which step is shown, where the focus goes, what is announced. Texts are set as
// text, never as markup. Knows no protocol and no network.
import { messages } from './messages.js';

export const by_id = (id) => document.getElementById(id);

const k_steps = ['code', 'bulletin', 'verification', 'recu'];
const site_title = document.title;
let shown = null;

export const shown_step = () => shown;

function set_title(prefix) {
  document.title = prefix + messages.step[shown] + messages.title_separator + site_title;
}

/** Shows one step alone, with its own title, and puts the focus on its heading (not on arrival on the page). */
export function show_step(step, { move_focus = true } = {}) {
  clear_error();
  shown = step;
  for (const name of k_steps) by_id(`booth-step-${name}`).hidden = name !== step;
  set_title('');
  if (move_focus) {
    by_id(`booth-step-${step}`).querySelector('h1').focus();
    window.scrollTo(0, 0);
  }
}

/** For those who do not see the screen: said once, politely. */
export function announce(text) {
  by_id('booth-status').textContent = text;
}

const fields = [
  { error: 'booth-code-error', group: 'booth-code-group', inputs: () => [by_id('booth-code')] },
  { error: 'booth-choice-error', group: 'booth-choices',
    inputs: () => document.querySelectorAll('input[name="booth-choice"]') },
];

export function clear_error() {
  by_id('booth-error').hidden = true;
  by_id('booth-error-text').textContent = '';
  for (const { error, group, inputs } of fields) {
    by_id(error).hidden = true;
    by_id(error).textContent = '';
    by_id(group).classList.remove('fr-input-group--error', 'fr-fieldset--error');
    for (const input of inputs()) input.removeAttribute('aria-invalid');
  }
  if (shown !== null) set_title('');
}

/** The summary on top, with the focus; link: {href, text, new_tab} or null. */
export function show_error(text, link = null) {
  clear_error();
  const anchor = by_id('booth-error-link');
  by_id('booth-error-text').textContent = text;
  anchor.hidden = link === null;
  if (link !== null) {
    anchor.href = link.href;
    anchor.textContent = link.text;
    anchor.target = link.new_tab ? '_blank' : '';
    anchor.rel = link.new_tab ? 'noopener' : '';
  }
  by_id('booth-error').hidden = false;
  if (shown !== null) set_title(messages.error_prefix);
  announce('');
  by_id('booth-error').focus();
}

/** An error that the elector mends in a field: the summary links to it, and the message stands beside it too. */
export function show_field_error(field_id, text) {
  show_error('', { href: `#${field_id}`, text });
  const { error, group, inputs } = fields.find((field) => [...inputs()].some(({ id }) => id === field_id));
  by_id(error).textContent = text;
  by_id(error).hidden = false;
  by_id(group).classList.add(group === 'booth-choices' ? 'fr-fieldset--error' : 'fr-input-group--error');
  for (const input of inputs()) input.setAttribute('aria-invalid', 'true');
}

/**
 * Runs one act of a button: while it lasts the button says so and further presses do nothing. The button keeps
 * the focus, which a disabled one would lose.
 */
export async function while_busy(button, act) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  try {
    await act();
  } finally {
    button.removeAttribute('aria-disabled');
  }
}
