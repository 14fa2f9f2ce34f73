// SPDX-License-Identifier: AGPL-3.0-or-later
// « Vérifier mon bulletin » on the page: the ballot that is opened instead of cast. It is shown only once the server has noted that it may
// never be cast (SPECIFICATION-3, section 17). Knows no protocol.
import { make_code_picture } from './code_picture.js';
import { messages } from './messages.js';
import { by_id } from './view.js';

let shown = false;

export const is_opened_shown = () => shown;

/** text: what opens the ballot of this reference. */
export function show_opened(text, reference) {
  const address = `${window.location.origin}/static/booth/controle.html#${text}`;
  by_id('booth-opened-text').textContent = address;
  by_id('booth-opened-code').replaceChildren(make_code_picture(address, messages.open.code));
  by_id('booth-opened-reference').textContent = reference;
  shown = true;
}

export function clear_opened() {
  shown = false;
  by_id('booth-opened-text').textContent = '';
  by_id('booth-opened-code').replaceChildren();
}

/** Why a ballot was not opened, in words; error: the ServerError of the request that should have noted it. */
export function words_of_open_failure({ kind, message }) {
  if (kind === 'signed_out') return messages.cast.signed_out;
  return (kind === 'refused' && message) || messages.open.unreachable;
}
