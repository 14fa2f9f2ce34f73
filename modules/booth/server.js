// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth's requests to the vote worker. Only the ballot, which is encrypted, the reference of one that is opened, and
// the receipt ever go out; knows no page.

const k_timeout_ms = 30000;

/**
 * Why a request failed. kind:
 *   'network'     no answer, or not the worker's: what was sent may or may not have arrived
 *   'signed_out'  the elector is no longer signed in, or this page's form token is dead; nothing was done
 *   'refused'     the worker said no (status, word, message of its own); nothing was done
 *   'busy'        the worker may not have finished (status 5xx): as uncertain as 'network'
 */
export class ServerError extends Error {
  constructor(kind, status = 0, word = '', message = '') {
    super(message);
    this.kind = kind;
    this.status = status;
    this.word = word;
  }
}

async function request(url, options = {}) {
  let response;
  let body = null;
  try {
    response = await fetch(url, {
      credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: timeout_signal(),
      headers: { Accept: 'application/json' }, ...options,
    });
    if (response.type !== 'opaqueredirect') body = await response.text();
  } catch {
    throw new ServerError('network');
  }
  if (response.type === 'opaqueredirect') throw new ServerError('signed_out');
  const answer = parse_object(body);
  if (response.ok && answer !== null) return answer;
  if (response.ok) throw new ServerError('network');
  const [word, message] = [answer?.error, answer?.message].map((text) => (typeof text === 'string' ? text : ''));
  throw new ServerError(kind_of(response.status, word), response.status, word, message);
}

// The worker answers 403 "forbidden" to who is not signed in; other words of a 403 are about the ballot or the hour.
function kind_of(status, word) {
  if (status >= 500) return 'busy';
  return status === 401 || (status === 403 && word === 'forbidden') ? 'signed_out' : 'refused';
}

function timeout_signal() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), k_timeout_ms);
  return controller.signal;
}

function parse_object(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

export const fetch_json = (url) => request(url);

/** Sends the ballot; the text of the receipt. Sending the same ballot again is harmless. In parts: escaped, a ballot would be a third longer. */
export async function cast_ballot(url, csrf, ballot) {
  const body = new FormData();
  body.append('csrf', csrf);
  body.append('ballot', ballot);
  const answer = await request(url, { method: 'POST', body });
  if (typeof answer.receipt !== 'string') throw new ServerError('network');
  return answer.receipt;
}

/** Has the server note that the ballot of this reference is never to be cast. Returning means that it did; noting twice is harmless. */
export async function note_opened(url, csrf, reference) {
  const answer = await request(url, { method: 'POST', body: new URLSearchParams({ csrf, reference }) });
  if (answer.opened !== reference) throw new ServerError('network');
}

/** A page of ours as text; null when the server does not give it as it is. */
export async function fetch_page(url) {
  try {
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: timeout_signal() });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** The receipt as a PDF, a Blob; null when it cannot be had now: the file alone is as good. */
export async function fetch_paper(url, csrf, receipt) {
  try {
    const response = await fetch(url, {
      method: 'POST', credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: timeout_signal(),
      body: new URLSearchParams({ csrf, preuve: receipt }),
    });
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}

/**
 * The form token of this page as the server renders it now: after a new sign-in the old one is dead. If the vote is stored
 * already, its address shows the receipt's page, and the token stands in the sign-out form: sending again gives the receipt.
 */
export async function fetch_csrf(page_url) {
  const response = await fetch(page_url, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' });
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.getElementById('booth')?.dataset.csrf ?? page.querySelector('input[name="csrf"]')?.value ?? null;
}
