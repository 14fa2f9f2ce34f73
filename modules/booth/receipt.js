// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt of a stored ballot: a text signed by the vote worker under a key of the sealed parameters. Reveals no choice.
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64url_decode, utf8 } from './bytes.js';

const k_key_bytes = 32;
const k_signature_bytes = 64;

/** The bytes under the signature. */
export const signed_text = ({ scrutin, tracker, at }) => `portail-receipt|1|${scrutin}|${tracker}|${at}`;

/**
 * {scrutin, tracker, at, signature} when the text is a receipt for exactly this scrutin and tracker, in its one
 * writing, signed under receipt_key (base64url); otherwise null.
 */
export function read_receipt(text, { scrutin, tracker, receipt_key }) {
  let receipt;
  try {
    receipt = JSON.parse(text);
  } catch {
    return null;
  }
  if (receipt === null || typeof receipt !== 'object') return null;
  const { version, at, signature } = receipt;
  if (version !== 1 || receipt.scrutin !== scrutin || receipt.tracker !== tracker) return null;
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at)) return null;
  const canonical = { version, scrutin, tracker, at, signature };
  if (JSON.stringify(canonical) !== text) return null;
  const key = base64url_decode(receipt_key);
  const signature_bytes = base64url_decode(signature);
  if (key?.length !== k_key_bytes || signature_bytes?.length !== k_signature_bytes) return null;
  const good = ed25519.verify(signature_bytes, utf8(signed_text(canonical)), key, { zip215: false });
  return good ? canonical : null;
}
