// SPDX-License-Identifier: AGPL-3.0-or-later
// Groups: constants, encodings, membership, powers. What SPECIFICATION.md 1 refuses is refused here.
import '../../../modules/booth/node_crypto.mjs';
import assert from 'node:assert/strict';
import test from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { random_scalar, sha_hex } from '../../../modules/booth/bytes.js';
import { derive_secret_key, is_full_code, is_old_code } from '../../../modules/booth/credential.js';
import { parse_election } from '../../../modules/booth/election.js';
import { group_by_name } from '../../../modules/booth/group.js';
import { load_vector_text } from './vectors.mjs';
import { toy, toy_election, toy_record } from './toy.mjs';

const b2048 = group_by_name('BELENIOS-2048');
const ed = group_by_name('Ed25519');

test('the constants are those of the specification', () => {
  assert.equal(sha_hex(String(b2048.g)), '96649bff87fad6b5f819ba03df4f32759730a48fd8795c98d2d70bb84151f3ec');
  assert.equal(b2048.power_var(b2048.g, b2048.q), 1n);
  assert.equal(ed.q, 2n ** 252n + 27742317777372353535851937790883648493n);
  assert.equal(ed.encode_all([ed.g])[0], '66'.repeat(31) + '58');
  assert.equal(ed.encode_all([ed.identity])[0], '01'.padStart(64, '0'));
  assert.equal(group_by_name('TOY-607'), null);
  assert.equal(group_by_name('constructor'), null);
  assert.equal(group_by_name(undefined), null);
});

for (const group of [toy, b2048, ed]) {
  test(`${group.name}: table powers, plain powers and the group law agree`, () => {
    const { g, q, identity, mul, inv, equal } = group;
    const base = group.power_g(5n);
    const power = group.make_power(base);
    const scalars = [0n, 1n, 2n, 31n, 32n, 33n, q - 1n, ...Array.from({ length: 5 }, () => random_scalar(q))];
    for (const s of scalars.map((s) => s % q)) {
      assert.ok(equal(group.power_g(s), group.power_var(g, s)), `g^${s}`);
      assert.ok(equal(power(s), group.power_g((5n * s) % q)), `base^${s}`);
      assert.ok(equal(mul(power(s), inv(power(s))), identity));
    }
    assert.throws(() => group.power_g(q), RangeError);
    assert.throws(() => group.power_g(-1n), RangeError);
  });

  test(`${group.name}: texts of elements come back, lists are encoded as one by one`, () => {
    const elements = [group.identity, group.g, ...[2n, 3n, group.q - 1n].map(group.power_g)];
    const texts = group.encode_all(elements);
    texts.forEach((text, i) => {
      assert.equal(group.encode_all([elements[i]])[0], text);
      assert.ok(group.equal(group.decode_var(text), elements[i]));
    });
    for (const bad of ['', ' ', `${texts[1]} `, ` ${texts[1]}`, `0${texts[1]}`, `+${texts[1]}`, `0x${texts[1]}`, 'x', null, 5]) {
      assert.equal(group.decode_var(bad), null, String(bad));
    }
  });
}

test('TOY-607: exactly the 101 members are decoded', () => {
  const members = [];
  for (let x = 0; x < 700; x++) if (toy.decode_var(String(x)) !== null) members.push(BigInt(x));
  assert.equal(members.length, 101);
  assert.deepEqual(members.map((x) => toy.power_var(x, 101n)), members.map(() => 1n));
});

test('BELENIOS-2048: elements of order 2 and 3, zero and numbers from p on are refused', () => {
  const q = b2048.q;
  const p = find_p();
  assert.equal(b2048.decode_var('0'), null);
  assert.equal(b2048.decode_var(String(p - 1n)), null); // order 2
  const roots = [2n, 3n, 5n, 7n, 11n].map((x) => plain_power(x, (p - 1n) / 3n, p)).filter((root) => root !== 1n);
  assert.ok(roots.length > 0);
  for (const root of roots) assert.equal(b2048.decode_var(String(root)), null); // order 3
  assert.equal(b2048.decode_var(String((b2048.g * (p - 1n)) % p)), null); // a member times an element of order 2
  assert.equal(b2048.decode_var(String(b2048.g + p)), null);
  assert.equal(b2048.decode_var('9'.repeat(100000)), null);
  assert.equal((p - 1n) % q, 0n);
  assert.equal(sha_hex(String(p)), 'ef7979cebad81edd3a952d8005c6a18a57600586e6fe6086947b4988475d007f');
});

// p is not exported, but a * a^-1 - 1 is a multiple of it for every a.
function find_p() {
  let multiple = 0n;
  for (let s = 2n; s < 40n; s++) {
    const a = b2048.power_g(s);
    multiple = gcd(multiple, a * b2048.inv(a) - 1n);
  }
  return multiple;
}

function gcd(a, b) {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function plain_power(base, exponent, modulus) {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = (result * result * (bit === '1' ? base : 1n)) % modulus;
  return result;
}

test('Ed25519: small orders, mixed points, other writings and points off the curve are refused', () => {
  const { Point } = ed25519;
  const text_of = (P) => Buffer.from(P.toBytes()).reverse().toString('hex');
  const order_8 = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  let P = Point.ZERO;
  for (let i = 0; i < 8; i++, P = P.add(order_8)) {
    assert.equal(ed.decode_var(text_of(P)) !== null, i === 0, `${i} times a point of order 8`);
    assert.equal(ed.decode_var(text_of(P.add(Point.BASE))) !== null, i === 0, `base point plus ${i} times it`);
  }
  const p = 2n ** 255n - 19n;
  const hex64 = (n) => n.toString(16).padStart(64, '0');
  for (const [what, text] of [['y = p + 1', hex64(p + 1n)], ['y = p', hex64(p)], ['y = 1 with the sign bit', hex64(1n + 2n ** 255n)],
    ['y = -1 with the sign bit', hex64(p - 1n + 2n ** 255n)], ['uppercase', text_of(Point.BASE.double()).toUpperCase()],
    ['63 digits', '6'.repeat(63)], ['65 digits', '6'.repeat(65)], ['usual byte order', '58' + '66'.repeat(31)],
    ['off the curve', hex64(2n)]]) {
    assert.equal(ed.decode_var(text), null, what);
  }
});

test('codes: both forms, check digit, and nothing else', () => {
  const [, old_code] = load_vector_text('2048-single/private_creds.txt').split('\n')[0].split(' ');
  assert.ok(is_old_code(old_code));
  assert.ok(!is_full_code(old_code));
  const last = old_code.at(-1);
  for (const digit of '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz') {
    assert.equal(is_old_code(old_code.slice(0, -1) + digit), digit === last, digit);
  }
  for (const bad of ['', old_code.replaceAll('-', ''), `${old_code} `, 'hoAz7-dYCf5w-TidAN-qe6Rn', 'hoAz7-dYCf5w-TidAN-qe6RnKK',
    'hoAz0-dYCf5w-TidAN-qe6RnK', 'hoAz7dYCf5wTidANqe6RnK']) {
    assert.equal(derive_secret_key(ed, 'yZDgMTHFpqM6TQ', bad), null, bad);
  }
});

test('an election record that no ballot should be made for is refused', () => {
  const good = JSON.parse(toy_record());
  const election_of = (change) => parse_election(JSON.stringify({ ...good, ...change }), () => toy);
  assert.notEqual(election_of({}), null);
  const [question] = good.questions;
  for (const [what, change] of Object.entries({
    version: { version: 2 }, uuid: { uuid: 'court' }, 'uuid alphabet': { uuid: '0000000000000l' }, 'no question': { questions: [] },
    identity: { public_key: '1' }, 'not a member': { public_key: '606' }, 'key not a text': { public_key: 64 },
    'min above max': { questions: [{ ...question, min: 2 }] }, 'max above answers': { questions: [{ ...question, max: 3 }] },
    'answers not texts': { questions: [{ ...question, answers: [1, 2] }] }, 'other kind': { questions: [{ ...question, type: 'NonHomomorphic' }] },
  })) {
    assert.equal(election_of(change), null, what);
  }
  for (const text of ['', '[]', 'null', '{', '{}']) assert.equal(parse_election(text, () => toy), null, text);
  assert.equal(parse_election(toy_record()), null, 'the toy group is not for voting');
  assert.equal(toy_election().uuid, good.uuid);
});
