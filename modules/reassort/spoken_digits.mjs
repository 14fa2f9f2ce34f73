#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the source of spoken_digits.hpp: the ten digits said by espeak-ng, cut to what is heard, at half its rate and 8 bits a sample.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const words = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const k_rate = 22050, k_silence = 400;
const folder = mkdtempSync(join(tmpdir(), 'portail-digits.'));

function samples_of(word) {
  const file = join(folder, 'digit.wav');
  execFileSync('espeak-ng', ['-v', 'fr', '-s', '130', '-w', file, word]);
  const wav = readFileSync(file);
  const data = wav.indexOf('data') + 8;
  if (wav.readUInt32LE(24) !== k_rate || wav.readUInt16LE(22) !== 1 || wav.readUInt16LE(34) !== 16) throw new Error('espeak-ng: 22,050 Hz, mono, 16 bits expected');
  const all = [];
  for (let at = data; at + 4 <= wav.length; at += 4) all.push((wav.readInt16LE(at) + wav.readInt16LE(at + 2)) / 2);
  const is_heard = (sample) => Math.abs(sample) > k_silence;
  const first = all.findIndex(is_heard), last = all.findLastIndex(is_heard);
  return all.slice(first, last + 1).map((sample) => Math.round(sample / 256) + 128);
}

try {
  const texts = words.map((word) => samples_of(word).map((sample) => `\\${sample.toString(8).padStart(3, '0')}`));
  const literal = (text) => `std::string_view(\n${text.join('').match(/.{1,120}/g).map((line) => `"${line}"`).join('\n')}, ${text.length})`;
  writeFileSync(process.argv[2], `// Written by spoken_digits.mjs.\n#include "reassort/spoken_digits.hpp"\n\nnamespace reassort {\n\nconst std::array<std::string_view, 10> k_spoken_digits{${texts.map(literal).join(',\n')}};\n\n}  // namespace reassort\n`);
} finally {
  rmSync(folder, { recursive: true });
}
