// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting page as the flow sees it: which step is shown, where the focus goes, what is announced. Texts are set as
// text, never as markup. Knows no protocol and no network.
import { messages } from './messages.js';

export const by_id = (id) => document.getElementById(id);

// The page's own title is « scrutin – portal »; steps and errors come before it.
let page_title = document.title;
let shown = null;

export const shown_step = () => shown;

function set_title(prefix) {
  const { step, heading } = messages.steps[shown];
  const name = step === '' ? heading : `${heading} (${step})`;
  document.title = prefix + name + messages.title_separator + page_title;
}

// What of the page is a scrutin's own.
const k_own = ['.p-lead', '.booth-choices', '#booth-urne', '#booth-seal'];

/** The page of a further scrutin, as the server renders it, put in the place of this one's; false when it is no ballot. */
export function adopt_page(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const booth = page.getElementById('booth');
  if (booth === null || k_own.some((selector) => page.querySelector(selector) === null)) return false;
  for (const selector of k_own) document.querySelector(selector).replaceWith(document.importNode(page.querySelector(selector), true));
  for (const [name, value] of Object.entries(booth.dataset)) by_id('booth').dataset[name] = value;
  page_title = page.title;
  return true;
}

/** Shows one step alone, with its own heading and title, and puts the focus there (not on arrival on the page). */
export function show_step(name, { move_focus = true } = {}) {
  shown = name;
  clear_error();
  const { step, heading } = messages.steps[name];
  for (const other of Object.keys(messages.steps)) by_id(`booth-${other}-step`).hidden = other !== name;
  by_id('booth-step').textContent = step;
  by_id('booth-step').hidden = step === '';
  by_id('booth-heading').textContent = heading;
  if (move_focus) {
    by_id('booth-heading').focus();
    window.scrollTo(0, 0);
  }
}

/** For those who do not see the screen: said once, politely. */
export function announce(text) {
  by_id('booth-status').textContent = text;
}

const fields = [
  { first: 'booth-code', group: 'booth-code-group', messages: 'booth-code-messages', group_class: 'fr-input-group--error' },
  { first: 'booth-choice-1', group: 'booth-choice', messages: 'booth-choice-messages', group_class: 'fr-fieldset--error' },
];

export function clear_error() {
  by_id('booth-error').hidden = true;
  for (const { group, messages: list, group_class } of fields) {
    by_id(list).replaceChildren();
    by_id(group).classList.remove(group_class);
    for (const input of by_id(group).querySelectorAll('input')) {
      input.removeAttribute('aria-invalid');
      input.classList.remove('fr-input--error');
    }
  }
  set_title('');
}

/** The summary on top, with the focus; link: {href, text, new_tab} or null. */
export function show_error(text, link = null) {
  clear_error();
  by_id('booth-error-text').textContent = text;
  by_id('booth-error-text').hidden = text === '';
  by_id('booth-error-item').hidden = link === null;
  if (link !== null) {
    const anchor = by_id('booth-error-link');
    anchor.href = link.href;
    anchor.textContent = link.text;
    anchor.target = link.new_tab ? '_blank' : '';
    anchor.rel = link.new_tab ? 'noopener' : '';
  }
  by_id('booth-error').hidden = false;
  set_title(messages.error_prefix);
  announce('');
  by_id('booth-error').focus();
}

/** An error that the elector mends in a field: the summary links to it, and the message stands beside it too. */
export function show_field_error(field_id, text) {
  show_error('', { href: `#${field_id}`, text });
  const { group, messages: list, group_class } = fields.find(({ first }) => first === field_id);
  const message = document.createElement('p');
  message.className = 'fr-message fr-message--error';
  message.textContent = text;
  by_id(list).replaceChildren(message);
  by_id(group).classList.add(group_class);
  for (const input of by_id(group).querySelectorAll('input')) {
    input.setAttribute('aria-invalid', 'true');
    if (input.type === 'text') input.classList.add('fr-input--error');
  }
}

// A link of the summary puts the focus in its field. It must not become a place in the browser's history: Back is the
// previous step.
by_id('booth-error-link').addEventListener('click', (event) => {
  const target = event.currentTarget.getAttribute('href');
  if (!target.startsWith('#')) return;
  event.preventDefault();
  by_id(target.slice(1)).focus();
});

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
