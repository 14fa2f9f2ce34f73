// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the vectors stand on disk, for the tests that run in Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const data = fileURLToPath(new URL('../../vectors/data/', import.meta.url));
const k_places = [process.env.PORTAIL_VECTORS, join(data, 'belenios'), data];

export const vectors_folder = k_places.find((place) => place && existsSync(join(place, '2048-single')));
if (vectors_folder === undefined) throw new Error(`no protocol vectors under ${data}`);

export const load_vector = (path) => readFileSync(join(vectors_folder, path));
export const load_vector_text = (path) => load_vector(path).toString().replace(/\n$/, '');
