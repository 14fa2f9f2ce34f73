// SPDX-License-Identifier: AGPL-3.0-or-later
// What the elector types and receives: code de vote, envelope, receipt. servers_words.json was made by the servers' own
// library, so both sides are known to agree.
import '../../../modules/booth/node_crypto.mjs';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64url, base64url_decode, utf8 } from '../../../modules/booth/bytes.js';
import { open_envelope, parse_envelope, seal_envelope } from '../../../modules/booth/envelope.js';
import { read_receipt, signed_text } from '../../../modules/booth/receipt.js';
import {
  complete_voting_code, k_code_alphabet, normalise_voting_code, read_voting_code,
} from '../../../modules/booth/voting_code.js';

const words = JSON.parse(readFileSync(new URL('servers_words.json', import.meta.url), 'utf8'));

test('codes made by the servers are well formed', () => {
  for (const code of [...words.codes, words.voting_code]) {
    assert.deepEqual(read_voting_code(code), { code: code.replaceAll('-', '') });
    assert.equal(complete_voting_code(code.replaceAll('-', '').slice(0, 15)), code);
  }
});

test('a code worked by hand: fourteen 2 (value 0), then 3 (value 1) in place 15, so the check is alphabet[15] = H', () => {
  assert.equal(complete_voting_code('222222222222223'), '2222-2222-2222-223H');
});

test('case, spaces, hyphens, dots and typographic dashes are forgiven', () => {
  for (const typed of ['2222-2222-2222-223h', ' 2222 2222 2222 223H ', '222222222222223H', '2222.2222.2222.223H',
    '2222–2222—2222‑223H', '2222\u00a02222\u202f2222\u2009223H\r\n', '2222\u22122222\uff0d2222\u00ad223H\ufeff']) {
    assert.deepEqual(read_voting_code(typed), { code: '222222222222223H' }, typed);
  }
});

test('each fault of a code has its own word', () => {
  const fault = (typed) => read_voting_code(typed).fault;
  assert.equal(fault(''), 'empty');
  assert.equal(fault(' - '), 'empty');
  assert.equal(fault('2222-2222-2222-223'), 'length');
  assert.equal(fault('2222-2222-2222-223HH'), 'length');
  assert.deepEqual(read_voting_code('O222-2222-2222-223H'), { fault: 'symbol', symbol: 'O' });
  assert.equal(fault('é222-2222-2222-223H'), 'symbol');
  assert.equal(fault('ſ222-2222-2222-223H'), 'symbol');
  assert.equal(fault('2222-2222-2222-223J'), 'check');
});

test('one wrong symbol or two swapped neighbours are seen', () => {
  const code = words.codes[0].replaceAll('-', '');
  for (let i = 0; i < code.length; i++) {
    for (const other of k_code_alphabet) {
      const wrong = code.slice(0, i) + other + code.slice(i + 1);
      assert.equal(read_voting_code(wrong).fault, other === code[i] ? undefined : 'check', wrong);
    }
  }
  for (let i = 0; i + 2 < code.length; i++) {
    const swapped = code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2);
    assert.equal(read_voting_code(swapped).fault, code[i] === code[i + 1] ? undefined : 'check', swapped);
  }
});

test('an envelope sealed by the servers opens with its code', async () => {
  const envelope = parse_envelope(words.envelope);
  assert.equal(await open_envelope(envelope, normalise_voting_code(words.voting_code)), words.credential);
});

test('an envelope opens with nothing else', async () => {
  const code = normalise_voting_code(words.voting_code);
  const other = normalise_voting_code(words.codes[0]);
  const envelope = parse_envelope(words.envelope);
  assert.equal(await open_envelope(envelope, other), null);
  for (const change of [{ generation: 4 }, { voter: 'Zk3-x_9aBcDeFgHiJkLmNp' }, { salt: new Uint8Array(16) },
    { nonce: new Uint8Array(12) }, { ciphertext: envelope.ciphertext.map((b, i) => (i === 3 ? b ^ 1 : b)) }]) {
    assert.equal(await open_envelope({ ...envelope, ...change }, code), null, Object.keys(change)[0]);
  }
});

test('an envelope sealed here opens here', async () => {
  const code = normalise_voting_code(words.codes[1]);
  const served = await seal_envelope({ voter: 'v', generation: 0 }, code, words.credential);
  assert.equal(await open_envelope(parse_envelope(JSON.parse(JSON.stringify(served))), code), words.credential);
});

test('a malformed envelope is refused before any key is made', () => {
  const good = words.envelope;
  assert.notEqual(parse_envelope(good), null);
  for (const bad of [null, 'x', {}, { ...good, voter: '' }, { ...good, voter: 7 }, { ...good, generation: '3' },
    { ...good, generation: -1 }, { ...good, generation: 1.5 }, { ...good, salt: good.nonce }, { ...good, nonce: `${good.nonce}AA` },
    { ...good, ciphertext: 'AAAA' }, { ...good, ciphertext: `${good.ciphertext}=` }, { ...good, salt: 'Ny8Rqrv83vvw4fHgjTPraB' }]) {
    assert.equal(parse_envelope(bad), null, JSON.stringify(bad));
  }
});

const expected = { scrutin: words.scrutin, tracker: words.tracker, receipt_key: words.receipt_key };

test('a receipt signed by the servers is read', () => {
  const receipt = read_receipt(words.receipt, expected);
  assert.equal(receipt.at, '2026-12-03T09:00:00Z');
  assert.equal(receipt.tracker, words.tracker);
});

test('a receipt altered in any one character is refused', () => {
  for (let i = 0; i < words.receipt.length; i++) {
    const altered = words.receipt.slice(0, i) + String.fromCharCode(words.receipt.charCodeAt(i) ^ 1) + words.receipt.slice(i + 1);
    assert.equal(read_receipt(altered, expected), null, altered);
  }
});

test('a receipt of another scrutin, ballot or key, or in another writing, is refused', () => {
  const key = ed25519.utils.randomPrivateKey();
  const other_key = base64url(ed25519.getPublicKey(key));
  for (const change of [{ scrutin: 'LiFqt5fv83EqW4' }, { tracker: 'B3apL4PFh+7odhysD6CVL4T0fvbarIOuHR1dhNAZM5s' },
    { receipt_key: other_key }, { receipt_key: '' }, { receipt_key: undefined }]) {
    assert.equal(read_receipt(words.receipt, { ...expected, ...change }), null, JSON.stringify(change));
  }
  assert.equal(read_receipt(` ${words.receipt}`, expected), null);
  assert.equal(read_receipt(words.receipt.replace('{', '{"x":1,'), expected), null);
  for (const text of ['', 'null', '[]', '{}', '"x"']) assert.equal(read_receipt(text, expected), null, text);
  // Rightly signed, but its time is no time.
  const fields = { version: 1, scrutin: words.scrutin, tracker: words.tracker, at: 'hier' };
  const signature = base64url(ed25519.sign(utf8(signed_text(fields)), key));
  assert.equal(read_receipt(JSON.stringify({ ...fields, signature }), { ...expected, receipt_key: other_key }), null);
});

test('base64url has one writing', () => {
  for (const bytes of [[], [0], [255, 254], [1, 2, 3], [251, 255]]) {
    assert.deepEqual([...base64url_decode(base64url(Uint8Array.from(bytes)))], bytes);
  }
  for (const bad of ['A', 'AB=', 'AB==', 'A+/A', 'AB', '*', ' ', undefined]) assert.equal(base64url_decode(bad), null, String(bad));
});

test('every sentence says the name that the edition gives to the code', async () => {
  const say = ({ messages }) => JSON.stringify(messages, (_, value) => (typeof value === 'function' ? value(7) : value));
  assert.match(say(await import('../../../modules/booth/messages.js')), /Votre code de vote compte 16/);
  globalThis.document = { getElementById: () => ({ dataset: { codeName: 'identifiant électeur' } }) };
  try {
    const said = say(await import('../../../modules/booth/messages.js?2018'));
    assert.match(said, /Votre identifiant électeur compte 16/);
    assert.doesNotMatch(said, /code de vote/);
  } finally {
    delete globalThis.document;
  }
});
