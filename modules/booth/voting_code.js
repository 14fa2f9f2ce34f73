// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de vote that the elector types: 16 symbols, the last one a check of the others. The same rules stand in
// the servers' domain library; the two must agree. Knows nothing of what the code opens.

export const k_code_alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const k_length = 16;

/**
 * Upper case (of a to z alone: toUpperCase would also make an S of a long s), without spaces, dots, hyphens and the
 * dashes that word processors put in their place.
 */
export function normalise_voting_code(text) {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase()).replace(/[\s.\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u200b\ufeff-]/gu, '');
}

/** index of the check symbol for the first 15 symbols; NaN when one is foreign. */
function check_index(symbols) {
  let total = 0;
  for (let i = 0; i < k_length - 1; i++) {
    const v = k_code_alphabet.indexOf(symbols[i]);
    if (v < 0) return NaN;
    total += (i + 1) * v;
  }
  return total % k_code_alphabet.length;
}

/** {code: 16 symbols} or {fault: 'empty' | 'symbol' | 'length' | 'check', symbol?}. */
export function read_voting_code(text) {
  const code = normalise_voting_code(text);
  if (code === '') return { fault: 'empty' };
  const foreign = [...code].find((symbol) => !k_code_alphabet.includes(symbol));
  if (foreign !== undefined) return { fault: 'symbol', symbol: foreign };
  if (code.length !== k_length) return { fault: 'length' };
  if (k_code_alphabet[check_index(code)] !== code[k_length - 1]) return { fault: 'check' };
  return { code };
}

/** 15 symbols to the whole code, in four groups of four joined by hyphens. */
export function complete_voting_code(first_15) {
  const code = first_15 + k_code_alphabet[check_index(first_15)];
  return code.match(/.{4}/g).join('-');
}
