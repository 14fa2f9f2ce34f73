// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting booth: code, ballot, check, receipt, on one page. Wires the page (view.js), the worker that holds
// the secrets (engine.js) and the server (server.js). What it promises: neither code nor choice leaves the page; the reference is
// shown before anything is sent; a ballot whose fate is unknown is kept and sent again as it is, never made anew.
import { Engine, EngineError } from './engine.js';
import { messages, paris_time } from './messages.js';
import { cast_ballot, fetch_csrf, fetch_json, ServerError } from './server.js';
import {
  announce, by_id, clear_error, show_error, show_field_error, show_step, shown_step, while_busy,
} from './view.js';
import { normalise_voting_code, read_voting_code } from './voting_code.js';

const { dataset } = by_id('booth');
const k_scrutins_url = '/vote';
const scrutins_link = { href: k_scrutins_url, text: messages.back_to_scrutins };
const sign_in_link = { href: k_scrutins_url, text: messages.sign_in_again, new_tab: true };

let engine = new Engine();
let ready = null; // promise of {answers}: parameters loaded and checked
let envelope = null; // promise of the envelope
let csrf = dataset.csrf;
let opened = false; // the code opened the envelope
let prepared = null; // {choice, ballot, tracker}
let fate = 'unsent'; // of the prepared ballot: unsent, unknown (sent, no answer), stored, refused (for good)
let signed_out = false; // the last try was refused for that: the page’s form token is asked again before the next one

// ---- what the page needs before a code can be tried

async function load_parameters() {
  const parameters = await fetch_json(dataset.parameters);
  const loaded = await engine.run('load', {
    election: parameters.election, credential: parameters.credential, receipt_key: parameters.receipt_key });
  require_same_lists(loaded.answers, parameters.lists);
  return loaded;
}

// The lists of the page, of the parameters and of the sealed election must be the same ones in the same order: the place
// of a list is what gets encrypted.
function require_same_lists(answers, lists) {
  const plain = (text) => String(text).replace(/\s+/g, ' ').trim();
  const on_page = [...document.querySelectorAll('.booth-list-name')].map(({ textContent }) => plain(textContent));
  const positions = [...document.querySelectorAll('input[name="booth-choice"]')].map(({ value }) => Number(value));
  const same = Array.isArray(lists) && lists.length === answers.length && on_page.length === answers.length &&
    answers.every((answer, i) => plain(lists[i].name) === plain(answer) && on_page[i] === plain(answer) &&
      lists[i].position === i + 1 && positions[i] === i + 1) && positions[answers.length] === 0;
  if (!same) throw new EngineError('lists');
}

function begin_loading() {
  ready = load_parameters();
  envelope = fetch_json(dataset.envelope);
  // A failure is told when the elector needs the answer; until then it must not count as unhandled.
  ready.catch(() => {});
  envelope.catch(() => {});
}

// After a failure of these, the next press of the button tries afresh.
function report_load_failure(error) {
  const word = error instanceof ServerError ? error.kind : error instanceof EngineError ? error.message : 'fault';
  const said_by_server = word === 'refused' ? error.message : '';
  const text = said_by_server || (messages.load[word] ?? messages.load.fault);
  if (word === 'worker') {
    engine.forget();
    engine = new Engine();
  }
  show_error(text, word === 'signed_out' ? sign_in_link : scrutins_link);
  begin_loading();
}

// ---- step 1: the code

function code_fault(typed, { fault, symbol }) {
  const text = messages.code[fault];
  if (fault === 'length') return text([...normalise_voting_code(typed)].length);
  return fault === 'symbol' ? text(symbol) : text;
}

async function submit_code() {
  const typed = by_id('booth-code').value;
  const reading = read_voting_code(typed);
  if (reading.fault) {
    show_field_error('booth-code', code_fault(typed, reading));
    return;
  }
  clear_error();
  announce(messages.opening);
  try {
    await ready;
    await engine.run('open', { code: reading.code, envelope: await envelope });
  } catch (error) {
    if (error instanceof EngineError && error.message === 'wrong_code') {
      show_field_error('booth-code', messages.code.wrong_code);
    } else {
      report_load_failure(error);
    }
    return;
  }
  announce('');
  opened = true;
  go_to('bulletin');
}

// ---- step 2: the choice

const chosen_input = () => document.querySelector('input[name="booth-choice"]:checked');

function show_progress(text) {
  by_id('booth-progress').textContent = text;
  by_id('booth-progress').hidden = text === '';
}

async function submit_choice() {
  const input = chosen_input();
  if (input === null) {
    show_field_error(document.querySelector('input[name="booth-choice"]').id, messages.choice_missing);
    return;
  }
  clear_error();
  const choice = Number(input.value);
  try {
    if (prepared?.choice !== choice) await prepare(choice);
  } catch {
    show_error(messages.load.fault, scrutins_link);
    return;
  } finally {
    show_progress('');
  }
  const { answers } = await ready;
  by_id('booth-chosen').textContent = choice === 0 ? messages.blank_vote : answers[choice - 1];
  by_id('booth-reference').textContent = prepared.tracker;
  go_to('verification');
  announce(messages.prepared);
}

async function prepare(choice) {
  announce(messages.preparing);
  show_progress(messages.preparing);
  const made = await engine.run('prepare', { choice }, (done, total) =>
    show_progress(messages.preparing_progress(Math.round((100 * done) / total))));
  prepared = { choice, ...made };
  fate = 'unsent';
}

// ---- step 3: the cast

async function cast() {
  clear_error();
  announce(messages.sending);
  const { ballot, tracker } = prepared;
  let receipt_text;
  if (signed_out) await renew_csrf();
  try {
    receipt_text = await cast_ballot(dataset.cast, csrf, ballot);
    const receipt = await engine.run('check_receipt', { text: receipt_text, tracker });
    finish(receipt_text, receipt);
  } catch (error) {
    await report_cast_failure(error);
  }
}

async function report_cast_failure(error) {
  const kind = error instanceof ServerError ? error.kind : 'receipt';
  if (kind === 'refused' && (error.status === 409 || error.word === 'closed')) fate = 'refused';
  // A ballot that may have arrived once stays uncertain, whatever a later attempt says, until a receipt comes.
  else if (kind !== 'refused' && kind !== 'signed_out') fate = 'unknown';
  by_id('booth-modify').hidden = fate !== 'unsent';
  by_id('booth-cast').hidden = fate === 'refused';
  by_id('booth-cast').textContent = messages.retry;
  by_id('booth-notyet').textContent = k_fate_words[fate];
  show_error((kind === 'refused' && error.message) || messages.cast[kind], link_after(kind));
  signed_out = kind === 'signed_out';
}

const k_fate_words = { unsent: messages.not_yet, unknown: messages.not_known, refused: messages.not_stored };

// Leaving would lose a ballot that may still be sent: then no link away is offered in this tab.
function link_after(kind) {
  if (kind === 'signed_out') return sign_in_link;
  return fate === 'refused' ? scrutins_link : null;
}

async function renew_csrf() {
  csrf = (await fetch_csrf(window.location.href).catch(() => null)) ?? csrf;
}

function finish(receipt_text, { at, tracker }) {
  fate = 'stored';
  by_id('booth-receipt-time').textContent = paris_time(at);
  by_id('booth-receipt-reference').textContent = tracker;
  const link = by_id('booth-download');
  link.href = URL.createObjectURL(new Blob([receipt_text], { type: 'application/json' }));
  link.download = `preuve-de-vote-${dataset.scrutin}.json`;
  forget();
  history.replaceState({ step: 'recu' }, '');
  announce('');
  show_step('recu');
}

// Nothing of the code or of the choice stays on the page once the ballot is stored.
function forget() {
  engine.forget();
  prepared = null;
  by_id('booth-code').value = '';
  by_id('booth-chosen').textContent = '';
  for (const input of document.querySelectorAll('input[name="booth-choice"]')) input.checked = false;
}

// ---- steps and history: the browser's Back is the previous step, and loses nothing

function allowed(step) {
  if (fate === 'stored') return 'recu';
  if (fate === 'unknown' || fate === 'refused') return 'verification';
  if (!opened) return 'code';
  return step === 'verification' && prepared === null ? 'bulletin' : step;
}

function go_to(step) {
  history.pushState({ step }, '');
  show_step(step);
}

window.addEventListener('popstate', ({ state }) => {
  const wanted = state?.step ?? 'code';
  const step = allowed(wanted);
  if (step !== wanted) history.pushState({ step }, '');
  if (step !== shown_step()) show_step(step);
});

window.addEventListener('beforeunload', (event) => {
  if (!opened || fate === 'stored' || fate === 'refused') return;
  event.preventDefault();
  event.returnValue = '';
});

// Coming back from the page that gives a new code, or from a new sign-in: what was fetched before may have changed.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  if (shown_step() === 'code') begin_loading_envelope();
  else if (shown_step() === 'verification' && fate !== 'refused') renew_csrf();
});

function begin_loading_envelope() {
  envelope = fetch_json(dataset.envelope);
  envelope.catch(() => {});
}

// A page restored from the browser's memory has a dead worker or an old state: start again, unless the receipt is shown.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && fate !== 'stored') window.location.reload();
});

function on_submit(form_id, act) {
  const form = by_id(form_id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    while_busy(form.querySelector('button[type="submit"]'), act);
  });
}

on_submit('booth-code-form', submit_code);
on_submit('booth-choice-form', submit_choice);
by_id('booth-back').addEventListener('click', () => history.back());
by_id('booth-modify').addEventListener('click', () => history.back());
by_id('booth-cast').addEventListener('click', () => while_busy(by_id('booth-cast'), cast));
history.replaceState({ step: 'code' }, '');
begin_loading();
by_id('booth-wait').hidden = true;
show_step('code', { move_focus: false });
