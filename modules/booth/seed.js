// SPDX-License-Identifier: AGPL-3.0-or-later
// The seed of a ballot (section 17): one random text from which everything secret in it but the signature is drawn, so that whoever is
// given the seed and the choice can make the same ballot again. Without the seed, as good as random.
import { base64url, sha_hex } from './bytes.js';

const k_seed_bytes = 32;

export const is_seed = (text) => typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text);

export function make_seed() {
  const bytes = new Uint8Array(k_seed_bytes);
  globalThis.crypto.getRandomValues(bytes);
  const seed = base64url(bytes);
  bytes.fill(0);
  return seed;
}

/** A function that gives the scalars of the seed one after another: 512 bits each, modulo q. */
export function scalars_of(seed, q) {
  let index = 0;
  return () => {
    const text = `ballot_seed|${seed}|${index++}|`;
    return BigInt('0x' + sha_hex(text + '0') + sha_hex(text + '1')) % q;
  };
}
