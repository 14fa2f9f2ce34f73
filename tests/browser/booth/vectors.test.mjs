// SPDX-License-Identifier: AGPL-3.0-or-later
// The vector suite in Node.
import '../../../modules/booth/node_crypto.mjs';
import test from 'node:test';
import { load_booth, make_cases } from './vector_suite.mjs';
import { load_vector } from './vectors.mjs';

const booth = await load_booth(new URL('../../../modules/booth/', import.meta.url).href);
for (const { name, run } of make_cases(booth, async (path) => load_vector(path))) test(name, run);
