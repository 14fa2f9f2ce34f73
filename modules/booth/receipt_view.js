// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt on the page: its time and reference, its file, its PDF. Knows no network and no protocol.
import { messages, paris_time } from './messages.js';
import { by_id } from './view.js';

const k_blob_life_ms = 60 * 1000;

export function show_receipt(text, { at, tracker }, scrutin) {
  by_id('booth-receipt-time').textContent = paris_time(at);
  by_id('booth-receipt-reference').textContent = tracker;
  by_id('booth-receipt-file').textContent = text;
  by_id('booth-paper-status').textContent = '';
  const link = by_id('booth-download');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `preuve-de-vote-${scrutin}.json`;
}

/** fetch(): the document as a Blob, or null. */
export async function keep_paper(fetch, scrutin) {
  by_id('booth-paper-status').textContent = messages.paper.making;
  const paper = await fetch();
  by_id('booth-paper-status').textContent = paper === null ? messages.paper.failed : messages.paper.made;
  if (paper === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(paper);
  link.download = `preuve-de-vote-${scrutin}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), k_blob_life_ms);
}
