// SPDX-License-Identifier: AGPL-3.0-or-later
// Bytes and text: UTF-8, hexadecimal, base64, SHA-256. Knows no group and no vote.
// The two hash texts, sha_hex and sha_b64, are those of the protocol (section 2).
import { sha256 } from '@noble/hashes/sha2.js';

const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);

export function hex(bytes) {
  let text = '';
  for (const b of bytes) text += b.toString(16).padStart(2, '0');
  return text;
}

export function bytes_to_integer(bytes) {
  return bytes.length === 0 ? 0n : BigInt('0x' + hex(bytes));
}

export function base64(bytes) {
  let binary = '';
  for (const b of bytes) binary += String.fromCharCode(b);
  return btoa(binary);
}

export function base64url(bytes) {
  return base64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

/** Bytes of an unpadded base64url text; null when the text is not the one canonical writing of some bytes. */
export function base64url_decode(text) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  return base64url(bytes) === text ? bytes : null;
}

export const sha_bytes = (text) => sha256(utf8(text));
export const sha_hex = (text) => hex(sha_bytes(text));
export const sha_b64 = (text) => base64(sha_bytes(text)).replace(/=+$/, '');

/** Integer in [0, q), uniform: bytes of the system's generator, drawn again while too large. */
export function random_scalar(q) {
  const bits = q.toString(2).length;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  const top = 0xff >> (8 * bytes.length - bits);
  for (;;) {
    globalThis.crypto.getRandomValues(bytes);
    bytes[0] &= top;
    const s = bytes_to_integer(bytes);
    if (s < q) {
      bytes.fill(0);
      return s;
    }
  }
}
