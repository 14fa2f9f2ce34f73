// SPDX-License-Identifier: AGPL-3.0-or-later
// controle.html: an opened ballot, from the address's fragment (a telephone that scanned the code) or pasted, judged here. The fragment
// never leaves this device. Asks the portal for one thing, the sealed election; kept as a file, it asks for that file instead.
import { parse_election } from './election.js';
import { read_opened, remake_opened } from './opened.js';

const by_id = (id) => document.getElementById(id);
const is_served = /^https?:$/.test(window.location.protocol);

function show_fault(text) {
  by_id('fault').textContent = text;
  by_id('fault').hidden = text === '';
  by_id('result').hidden = true;
}

// The sealed record's text, or null. Which election it must be is the fingerprint's affair, wherever it comes from.
async function find_record(scrutin) {
  const [file] = by_id('record').files;
  if (file !== undefined) return (await file.text()).replace(/\n$/, '');
  if (!is_served) return null;
  try {
    const response = await fetch(`/urne/${scrutin}/election.json`, { credentials: 'omit' });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

async function judge() {
  show_fault('');
  const opened = read_opened(by_id('text').value);
  if (opened === null) {
    show_fault('Ce texte n’est pas celui d’un bulletin ouvert, ou il en manque une partie. Copiez-le en entier.');
    return;
  }
  const record = await find_record(opened.scrutin);
  if (record === null) {
    by_id('record-group').hidden = false;
    show_fault('Donnez le fichier de l’élection, puis vérifiez de nouveau.');
    return;
  }
  const election = parse_election(record);
  const remade = election === null ? null : remake_opened(election, opened);
  if (remade === null) {
    by_id('record-group').hidden = false;
    show_fault('Ce bulletin n’a pas été fait pour cette élection : son empreinte est une autre. Ne votez pas sur cet appareil avant d’en ' +
      'avoir parlé à l’assistance de votre académie.');
    return;
  }
  by_id('choice').textContent = remade.answer ?? 'Vote blanc';
  by_id('tracker').textContent = remade.tracker;
  by_id('name').textContent = JSON.parse(record).name;
  by_id('fingerprint').textContent = election.fingerprint;
  by_id('result').hidden = false;
  by_id('result').focus();
}

by_id('form').addEventListener('submit', (event) => {
  event.preventDefault();
  judge().catch(() => show_fault('Ce bulletin ne peut pas être recalculé : son texte a été changé.'));
});
by_id('keep').hidden = !is_served;
if (window.location.hash.length > 1) {
  by_id('text').value = window.location.hash.slice(1);
  history.replaceState(null, '', window.location.pathname);
  by_id('form').requestSubmit();
}
