// SPDX-License-Identifier: AGPL-3.0-or-later
// Subgroup of prime order q of the integers modulo p (sections 1.1 and 1.3). Elements are BigInt, enc is the decimal text.
import { make_comb } from './comb.js';

export function make_prime_field_group(name, p, q, g) {
  const mul = (a, b) => (a * b) % p;

  function power_var(a, s) {
    let result = 1n;
    for (const bit of s.toString(2)) {
      result = mul(result, result);
      if (bit === '1') result = mul(result, a);
    }
    return result;
  }

  function inv(a) {
    let [r0, r1, t0, t1] = [p, a, 0n, 1n];
    while (r1 !== 0n) {
      const quotient = r0 / r1;
      [r0, r1] = [r1, r0 - quotient * r1];
      [t0, t1] = [t1, t0 - quotient * t1];
    }
    if (r0 !== 1n) throw new RangeError('not invertible');
    return t0 < 0n ? t0 + p : t0;
  }

  const max_digits = p.toString().length;

  function decode_var(text) {
    if (typeof text !== 'string' || text.length > max_digits || !/^[1-9][0-9]*$/.test(text)) return null;
    const a = BigInt(text);
    return a < p && power_var(a, q) === 1n ? a : null;
  }

  const make_power = (a) => make_comb(a, q, mul, 1n);
  return {
    name, q, g, identity: 1n, mul, inv, power_var, decode_var, make_power,
    equal: (a, b) => a === b,
    power_g: make_power(g),
    encode_all: (elements) => elements.map(String),
  };
}
