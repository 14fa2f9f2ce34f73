// SPDX-License-Identifier: AGPL-3.0-or-later
// Imported first by whatever runs the booth's modules in Node: Debian's Node 18 has WebCrypto, but not as a global.
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
