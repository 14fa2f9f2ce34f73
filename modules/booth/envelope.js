// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens the envelope: the elector's private credential, encrypted under the code de vote (SPECIFICATION.md 3.3). The key is
// slow to try and the seal is tied to one elector and one generation, so an envelope replaced by another does not open.
import { base64url, base64url_decode, utf8 } from './bytes.js';

const k_iterations = 2000;
const k_salt_bytes = 16;
const k_nonce_bytes = 12;
const k_tag_bytes = 16;

async function envelope_key(code, salt) {
  const password = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: k_iterations };
  return crypto.subtle.deriveKey(derivation, password, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const sealed_with = (nonce, voter, generation) => ({
  name: 'AES-GCM', iv: nonce, tagLength: 8 * k_tag_bytes,
  additionalData: utf8(`portail-envelope|1|${voter}|${generation}`),
});

/** Fields of an envelope as served, decoded; null when one is missing or has a wrong size. */
export function parse_envelope(object) {
  if (object === null || typeof object !== 'object') return null;
  const { voter, generation } = object;
  const [salt, nonce, ciphertext] = [object.salt, object.nonce, object.ciphertext].map(base64url_decode);
  const good = typeof voter === 'string' && voter !== '' && Number.isSafeInteger(generation) && generation >= 0 &&
    salt?.length === k_salt_bytes && nonce?.length === k_nonce_bytes && ciphertext?.length > k_tag_bytes;
  return good ? { voter, generation, salt, nonce, ciphertext } : null;
}

/** The private credential in the envelope, or null when this code (16 symbols) does not open it. */
export async function open_envelope({ voter, generation, salt, nonce, ciphertext }, code) {
  const key = await envelope_key(code, salt);
  try {
    const plain = await crypto.subtle.decrypt(sealed_with(nonce, voter, generation), key, ciphertext);
    return new TextDecoder().decode(plain);
  } catch (error) {
    if (error.name === 'OperationError') return null; // the seal does not verify
    throw error;
  }
}

/** The inverse, for the tests: the object that the server would serve. */
export async function seal_envelope({ voter, generation }, code, credential) {
  const salt = crypto.getRandomValues(new Uint8Array(k_salt_bytes));
  const nonce = crypto.getRandomValues(new Uint8Array(k_nonce_bytes));
  const key = await envelope_key(code, salt);
  const sealed = await crypto.subtle.encrypt(sealed_with(nonce, voter, generation), key, utf8(credential));
  return {
    voter, generation, salt: base64url(salt), nonce: base64url(nonce), ciphertext: base64url(new Uint8Array(sealed)),
  };
}
