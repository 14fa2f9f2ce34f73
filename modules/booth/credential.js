// SPDX-License-Identifier: AGPL-3.0-or-later
// From a private credential (the Belenios code) to the key of one scrutin (section 3). The code's dashes are part of
// what is hashed. The code de vote that the elector types is another thing: see voting_code.js.
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytes_to_integer, sha_hex, utf8 } from './bytes.js';

const k_alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const k_digit = `[${k_alphabet}]`;
const k_full_code = new RegExp(`^${k_digit}{5}-${k_digit}{6}-${k_digit}{5}-${k_digit}{6}$`);
const k_old_code = new RegExp(`^${k_digit}{3}(-${k_digit}{3}){4}$`);
const k_old_iterations = 1000;

export const is_full_code = (code) => k_full_code.test(code);

export function is_old_code(code) {
  if (!k_old_code.test(code)) return false;
  const digits = code.replaceAll('-', '');
  let v = 0n;
  for (const d of digits.slice(0, 14)) v = v * 58n + BigInt(k_alphabet.indexOf(d));
  const check = k_alphabet.indexOf(digits[14]);
  return check >= 1 && check <= 53 && (v + BigInt(check)) % 53n === 0n;
}

/**
 * The secret key sk of this code in the scrutin uuid, or null when the text is no code (or, once in 2^252, sk = 0).
 * The form of the code chooses the derivation.
 */
export function derive_secret_key(group, uuid, code) {
  let sk;
  if (is_full_code(code)) {
    sk = BigInt('0x' + sha_hex(`derive_credential|${uuid}|0|${code}`) + sha_hex(`derive_credential|${uuid}|1|${code}`));
  } else if (is_old_code(code)) {
    sk = bytes_to_integer(pbkdf2(sha256, utf8(code), utf8(uuid), { c: k_old_iterations, dkLen: 32 }));
  } else {
    return null;
  }
  sk %= group.q;
  return sk === 0n ? null : sk;
}

/** enc(g^sk): what the list of public credentials holds. */
export const public_credential = (group, sk) => group.encode_all([group.power_g(sk)])[0];
