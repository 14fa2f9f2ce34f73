#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Every sentence of crypto's verifier has its French one in auditor/verify_words.cpp. Sentences are found by the calls that
// say them; --self-test shows that a missing one is noticed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const k_sources = ['archive/verify.cpp', 'archive/verify_records.hpp', 'archive/reader.cpp', 'ballot.hpp', 'ballot_fast.hpp',
  'trustees/refusal.cpp', 'tally.hpp', 'credential.cpp', 'election_record.cpp'];
// A call or an assignment that tells a fault, up to the end of its statement.
const k_saying = /(?:findings_\.fail\(|BallotFault\{|\bbad\(|fault = \{|\bwhy = |fault_ = |unreadable = |remarks\.push_back\(|Fault::invalid, |return "(?=[a-z]))[^;]*;/g;

const literals = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside]) => inside);
// Composed sentences: what stands between names and numbers.
const bare = (literal) => literal.replace(/^[\s:.,[\]]+|[\s:.,[\](]+$/g, '').replace(/ \{\\"version.*/, '');

export function missing_phrases(sources, words) {
  const known = new Set(literals(words));
  const missing = new Set();
  for (const source of sources) {
    for (const [statement] of source.matchAll(k_saying)) {
      for (const phrase of literals(statement).map(bare)) {
        if (known.has(phrase)) continue;
        for (const part of phrase.split(': ')) if (part.includes(' ') && !known.has(part)) missing.add(phrase);
      }
    }
  }
  return [...missing];
}

const words = readFileSync(join(root, 'modules/auditor/verify_words.cpp'), 'utf8');
if (process.argv.includes('--self-test')) {
  const found = missing_phrases(['findings_.fail("ballot", hash, "never heard of", where);'], words);
  if (found.join() !== 'never heard of') throw new Error(`self-test: ${found}`);
}
// What only a step of the ceremony says, no archive is refused for.
const said_of_archives = (source) => source.split("// The ceremony's alone")[0];
const missing = missing_phrases(k_sources.map((name) => said_of_archives(readFileSync(join(root, 'modules/crypto', name), 'utf8'))), words);
for (const phrase of missing) console.error(`modules/auditor/verify_words.cpp: no French for "${phrase}"`);
process.exitCode = missing.length === 0 ? 0 : 1;
