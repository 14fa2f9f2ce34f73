// SPDX-License-Identifier: AGPL-3.0-or-later
// Powers of one fixed base by table: the exponent is cut in windows of 5 bits, each window reads one entry, the entries
// are multiplied. Every exponent costs the same number of multiplications (the entry of digit 0 is the identity).
// JavaScript integers give no constant time beyond that; the elector's own device is trusted with the choice.

const k_window_bits = 5;
const k_digits = 1 << k_window_bits;

/** power(s) = base^s for 0 <= s < q. mul and identity are the group's. */
export function make_comb(base, q, mul, identity) {
  const windows = Math.ceil(q.toString(2).length / k_window_bits);
  const table = [];
  let unit = base;
  for (let w = 0; w < windows; w++) {
    const row = [identity, unit];
    for (let d = 2; d < k_digits; d++) row.push(mul(row[d - 1], unit));
    table.push(row);
    unit = mul(row[k_digits - 1], unit);
  }
  return function power(s) {
    if (s < 0n || s >= q) throw new RangeError('exponent outside [0, q)');
    const digits = s.toString(2).padStart(windows * k_window_bits, '0');
    let result = identity;
    for (let w = 0; w < windows; w++) {
      const end = digits.length - w * k_window_bits;
      result = mul(result, table[w][parseInt(digits.slice(end - k_window_bits, end), 2)]);
    }
    return result;
  };
}
