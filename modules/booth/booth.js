// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting booth: code, ballot, check, receipt, on one page, for one scrutin after another. Wires the page (view.js), the worker that
// holds the secrets (engine.js) and the server (server.js). What it promises: neither code nor choice leaves the page, but in a ballot that
// the elector opens, once the server has noted that it may never be cast; the reference is shown before anything is sent; a ballot whose
// fate is unknown is kept and sent again as it is, never made anew.
import { Engine, EngineError } from './engine.js';
import { messages } from './messages.js';
import { clear_opened, is_opened_shown, show_opened, words_of_open_failure } from './opening.js';
import { keep_paper, show_receipt } from './receipt_view.js';
import { require_sealed_page, sound_alarm } from './sealed_page.js';
import { cast_ballot, fetch_csrf, fetch_json, fetch_page, fetch_paper, note_opened, ServerError } from './server.js';
import {
  adopt_page, announce, by_id, clear_error, show_error, show_field_error, show_step, shown_step, while_busy,
} from './view.js';
import { normalise_voting_code, read_voting_code } from './voting_code.js';

const { dataset } = by_id('booth');
const k_scrutins_url = '/vote';
const k_idle_ms = 10 * 60 * 1000;
const scrutins_link = { href: k_scrutins_url, text: messages.back_to_scrutins };
const sign_in_link = { href: k_scrutins_url, text: messages.sign_in_again, new_tab: true };

let engine = new Engine(dataset.workerFiles);
let ready = null; // promise of {answers}: parameters loaded and checked
let envelope = null; // promise of the envelope
let csrf = dataset.csrf;
let opened = false; // the code opened the envelope
let continuing = false; // the code was typed for an earlier scrutin of this visit
let others = []; // {code, title} of the scrutins where the elector has still to vote
let prepared = null; // {choice, ballot, tracker}
let receipt = null; // the text of this scrutin's receipt
let idle_timer = 0;
let fate = 'unsent'; // of the prepared ballot: unsent, unknown (sent, no answer), stored, refused (for good)
let signed_out = false; // the last try was refused for that: the page’s form token is asked again before the next one

// ---- what the page needs before a code can be tried

async function load_parameters() {
  const parameters = await fetch_json(dataset.parameters);
  const loaded = await engine.run('load', {
    election: parameters.election, seal: parameters.seal, credential: parameters.credential, receipt_key: parameters.receipt_key });
  require_sealed_page(loaded, parameters.lists, dataset.scrutin);
  others = Array.isArray(parameters.others) ? parameters.others : [];
  return loaded;
}

function begin_loading() {
  ready = load_parameters();
  envelope = fetch_json(dataset.envelope);
  // A failure is told when the elector needs the answer (but a page that is not the sealed one: at once).
  ready.catch(sound_alarm);
  envelope.catch(() => {});
}

// After a failure of these, the next press of the button tries afresh.
function report_load_failure(error) {
  const word = error instanceof ServerError ? error.kind : error instanceof EngineError ? error.message : 'fault';
  const said_by_server = word === 'refused' ? error.message : '';
  const text = said_by_server || (messages.load[word] ?? messages.load.fault);
  if (word === 'worker' || word === 'files') {
    engine.forget();
    engine = new Engine(dataset.workerFiles);
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
  by_id('booth-check').open = false;
  go_to('verification');
  announce(messages.prepared);
}

async function prepare(choice) {
  announce(messages.preparing);
  show_progress(messages.preparing);
  const made = await engine.run('prepare', { choice }, (done, total) =>
    show_progress(messages.preparing_progress(Math.round((100 * done) / total))));
  prepared = { choice, ...made };
  begin_verification();
  clear_opened();
}

// ---- step 3, instead of the cast: the ballot is opened, and is no ballot any more

async function open_ballot() {
  clear_error();
  announce(messages.open.noting);
  const mine = prepared;
  if (signed_out) await renew_csrf();
  try {
    await note_opened(dataset.open, csrf, mine.tracker);
  } catch (error) {
    signed_out = error.kind === 'signed_out';
    if (prepared === mine) show_error(words_of_open_failure(error), link_after_opening(error));
    return;
  }
  if (prepared !== mine) return; // he went back meanwhile, and has another one
  prepared = null;
  try {
    const { text } = await engine.run('reveal', { scrutin: dataset.scrutin });
    show_opened(text, mine.tracker);
    go_to('ouverture');
  } catch {
    start_over(messages.open.failed);
  }
}

function link_after_opening({ kind, status }) {
  if (kind === 'signed_out') return sign_in_link;
  return status === 409 ? scrutins_link : null;
}

// This ballot can be neither cast nor shown: the choice is kept, and another one is made of it.
function start_over(text) {
  prepared = null;
  begin_verification();
  go_to('bulletin');
  show_error(text);
}

// Step 3 as it is for a ballot that has not been sent.
function begin_verification() {
  fate = 'unsent';
  for (const id of ['booth-modify', 'booth-check', 'booth-cast']) by_id(id).hidden = false;
  by_id('booth-cast').textContent = messages.cast_button;
  by_id('booth-notyet').textContent = messages.not_yet;
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
    finish(receipt_text, await engine.run('check_receipt', { text: receipt_text, tracker }));
  } catch (error) {
    await report_cast_failure(error);
  }
}

async function report_cast_failure(error) {
  const kind = error instanceof ServerError ? error.kind : 'receipt';
  if (kind === 'refused' && error.word === 'opened') {
    start_over(error.message);
    return;
  }
  if (kind === 'refused' && (error.status === 409 || error.word === 'closed')) fate = 'refused';
  // A ballot that may have arrived once stays uncertain, whatever a later attempt says, until a receipt comes.
  else if (kind !== 'refused' && kind !== 'signed_out') fate = 'unknown';
  by_id('booth-modify').hidden = by_id('booth-check').hidden = fate !== 'unsent';
  by_id('booth-cast').hidden = fate === 'refused';
  if (fate === 'refused') forget_secrets();
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

function finish(receipt_text, fields) {
  fate = 'stored';
  receipt = receipt_text;
  show_receipt(receipt_text, fields, dataset.scrutin);
  forget_choice();
  offer_next();
  history.replaceState({ step: 'recu', scrutin: dataset.scrutin }, '');
  announce('');
  show_step('recu');
}

async function save_paper() {
  const ask = () => fetch_paper(dataset.paper, csrf, receipt);
  await keep_paper(async () => {
    const paper = await ask();
    if (paper !== null) return paper;
    await renew_csrf();
    return ask();
  }, dataset.scrutin);
}

// Nothing of the code or of the choice stays on the page once the ballot is stored.
function forget_choice() {
  prepared = null;
  clear_opened();
  by_id('booth-code').value = '';
  by_id('booth-chosen').textContent = '';
  for (const input of document.querySelectorAll('input[name="booth-choice"]')) input.checked = false;
}

// Nor in the worker, after the last receipt, after a refusal, or when the elector has gone for a while.
function forget_secrets() {
  clearTimeout(idle_timer);
  engine.forget();
  by_id('booth-code').value = '';
}

// ---- the next scrutin of the visit: the page of the server, without the code

function offer_next() {
  by_id('booth-next-group').hidden = others.length === 0;
  if (others.length === 0) {
    forget_secrets();
    return;
  }
  engine.run('leave_scrutin').catch(() => {});
  idle_timer = setTimeout(forget_secrets, k_idle_ms);
  by_id('booth-next-words').textContent = messages.code_kept(others.length);
  by_id('booth-next').textContent = messages.next(others[0].title);
}

// There is no step before the ballot then.
function set_continuing(value) {
  continuing = value;
  by_id('booth-back').hidden = value;
}

async function go_on() {
  clearTimeout(idle_timer);
  const address = `${k_scrutins_url}/${others[0].code}/bulletin`;
  const html = await fetch_page(address);
  if (html === null || !adopt_page(html)) {
    forget_secrets();
    window.location.assign(address);
    return;
  }
  csrf = dataset.csrf;
  [receipt, opened, signed_out] = [null, false, false];
  begin_verification();
  set_continuing(true);
  history.replaceState({ step: 'bulletin', scrutin: dataset.scrutin }, '', address);
  begin_loading();
  try {
    await ready;
    await engine.run('unlock');
    opened = true;
    show_step('bulletin');
  } catch (error) {
    set_continuing(false);
    forget_secrets();
    engine = new Engine(dataset.workerFiles);
    begin_loading();
    show_step('code');
    if (!(error instanceof EngineError && error.message === 'forgotten')) report_load_failure(error);
  }
}

// ---- steps and history: the browser's Back is the previous step, and loses nothing

function allowed(step) {
  if (fate === 'stored') return 'recu';
  if (fate === 'unknown' || fate === 'refused') return 'verification';
  if (!opened) return 'code';
  if (step === 'ouverture' && is_opened_shown()) return step;
  if (step === 'code' && !continuing) return step;
  return step === 'verification' && prepared !== null ? step : 'bulletin';
}

const push_step = (step) => history.pushState({ step, scrutin: dataset.scrutin }, '', `${k_scrutins_url}/${dataset.scrutin}/bulletin`);

function go_to(step) {
  push_step(step);
  show_step(step);
}

// The steps of an earlier scrutin of the visit are over: Back does not lead into them.
window.addEventListener('popstate', ({ state }) => {
  const wanted = state?.scrutin === dataset.scrutin ? state.step : null;
  const step = allowed(wanted ?? shown_step());
  if (step !== wanted) push_step(step);
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

// A ballot is cast or opened: whichever was pressed first is finished first.
let is_sending = false;
const alone = (act) => async () => {
  if (is_sending) return;
  is_sending = true;
  await act().finally(() => { is_sending = false; });
};
const acts = { cast: alone(cast), open: alone(open_ballot), again: submit_choice, paper: save_paper, next: go_on };
for (const [name, act] of Object.entries(acts)) {
  const button = by_id(`booth-${name}`);
  button.addEventListener('click', () => while_busy(button, act));
}
history.replaceState({ step: 'code', scrutin: dataset.scrutin }, '');
begin_loading();
by_id('booth-wait').hidden = true;
show_step('code', { move_focus: false });
