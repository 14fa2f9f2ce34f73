// SPDX-License-Identifier: AGPL-3.0-or-later
// The count at the end of the chaos suite: the holders decrypt, and of each scrutin the result must be the sum of the votes that its makers know to be in
// the urne. A ballot counted twice, lost or changed would show.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { instance } from '../http/client.mjs'
import { sql } from '../http/crowd.mjs'
import { hash_of } from './truth.mjs'

// places: those of prepare_ballots. {scrutins, ballots}: how many were compared.
export async function require_count (office, places) {
  const keys = readdirSync(join(instance, 'trustees'), { recursive: true }).filter(name => /porteur-[13]\.cle$/.test(name))
  assert.ok(keys.length >= 2)
  for (const key of keys) await office('decrypt', '--key', join(instance, 'trustees', key))
  await office('tally')

  const votes = new Map(places.flatMap(place => place.ballots.map((ballot, i) => [`${place.code} ${hash_of(ballot)}`, place.votes[i]])))
  const expected = {}
  for (const [code, hash] of await sql('SELECT s.code, b.ballot_hash FROM urne.ballot b JOIN scrutin s ON s.id = b.scrutin_id')) {
    const vote = votes.get(`${code} ${hash}`)
    expected[code] = vote.map((count, i) => count + (expected[code]?.[i] ?? 0))
  }
  const counted = Object.fromEntries((await sql('SELECT s.code, t.result FROM urne.tally t JOIN scrutin s ON s.id = t.scrutin_id'))
    .map(([code, result]) => [code, JSON.parse(result).result[0]]))
  for (const code of Object.keys(expected)) assert.deepEqual(counted[code], expected[code], `the result of ${code}`)
  for (const [code, result] of Object.entries(counted)) assert.ok(expected[code] || result.every(votes => votes === 0), `votes in ${code}, where nobody voted`)
  const sum = Object.values(counted).flat().reduce((one, other) => one + other, 0)
  return { scrutins: Object.keys(expected).length, ballots: sum }
}
