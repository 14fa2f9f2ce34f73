// SPDX-License-Identifier: AGPL-3.0-or-later
// Ed25519 as the protocol writes it (section 1.2): a point's text is its 32 RFC 8032 bytes in reverse order, in lowercase
// hexadecimal. Field and curve arithmetic are noble's; its additions are complete, so no case is special here.
import { ed25519 } from '@noble/curves/ed25519.js';
import { make_comb } from './comb.js';

export function make_ed25519() {
  const Point = ed25519.Point;
  const { Fp } = Point;
  const q = Point.Fn.ORDER;
  const mul = (a, b) => a.add(b);

  // Membership is l*P = identity in full: X = 0 alone would let points of order 2 pass, and a list of small-order points
  // would let their sums with a good point pass.
  function in_prime_subgroup(P) {
    const R = power_var(P, q);
    return R.X === 0n && R.Y === R.Z;
  }

  function power_var(P, s) {
    let result = Point.ZERO;
    for (const bit of s.toString(2)) {
      result = result.double();
      if (bit === '1') result = result.add(P);
    }
    return result;
  }

  function decode_var(text) {
    if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) return null;
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => parseInt(text.slice(62 - 2 * i, 64 - 2 * i), 16));
    let P;
    try {
      P = Point.fromBytes(bytes, false); // strict: refuses y >= p, and the sign bit where x = 0
    } catch {
      return null;
    }
    return in_prime_subgroup(P) ? P : null;
  }

  function encode_all(points) {
    const inverses = Fp.invertBatch(points.map((P) => P.Z));
    return points.map((P, i) => {
      const x = Fp.mul(P.X, inverses[i]);
      const y = Fp.mul(P.Y, inverses[i]);
      return (y | ((x & 1n) << 255n)).toString(16).padStart(64, '0');
    });
  }

  const make_power = (P) => make_comb(P, q, mul, Point.ZERO);
  return {
    name: 'Ed25519', q, g: Point.BASE, identity: Point.ZERO, mul, power_var, decode_var, encode_all, make_power,
    inv: (P) => P.negate(),
    equal: (P, Q) => P.equals(Q),
    power_g: make_power(Point.BASE),
  };
}
