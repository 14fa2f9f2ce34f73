// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tables say of the votes that the chaos suite sent: attendance and urne, vote by vote, as only who made the ballots can compare
// them. Knows nothing of the processes.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { pause, sql } from '../http/crowd.mjs'

export const hash_of = ballot => createHash('sha256').update(ballot).digest('hex')
export const tracker_of = ballot => createHash('sha256').update(ballot).digest('base64').replace(/=+$/, '')
const key_of = ({ code, member }) => `${code} ${member.person.adresse}`

export async function has_emargement ({ code, member }) {
  const [[count]] = await sql(`SELECT COUNT(*) FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id JOIN voter v ON v.id = e.voter_id
    WHERE s.code = '${code}' AND v.email = '${member.person.adresse}'`)
  return Number(count)
}

// What waits is sealed for sceau, who moves all of it within seconds on an instance of tests.
async function wait_for_empty_inbox (seconds = 60) {
  for (let tries = 0; tries < seconds * 2; tries++) {
    const [[count]] = await sql('SELECT COUNT(*) FROM urne.inbox')
    if (count === '0') return
    await pause(500)
  }
  assert.fail(`ballots wait in the inbox after ${seconds} s`)
}

// Places whose `sent` ballots may be stored, and `acknowledged` ones must be. Throws at the first vote lost, doubled or torn; else counts.
export async function require_truth (places) {
  await wait_for_empty_inbox()
  const emargements = (await sql('SELECT s.code, v.email FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id JOIN voter v ON v.id = e.voter_id')).map(row => row.join(' '))
  const ballots = await sql('SELECT s.code, b.ballot_hash FROM urne.ballot b JOIN scrutin s ON s.id = b.scrutin_id')
  const numbered = await sql('SELECT s.code, l.ballot_hash, COUNT(*) FROM urne.log l JOIN scrutin s ON s.id = l.scrutin_id GROUP BY 1, 2')

  const sent = new Map(places.flatMap(place => [...place.sent].map(ballot => [`${place.code} ${hash_of(ballot)}`, place])))
  const attended = new Set(emargements), in_urne = new Map()
  assert.equal(attended.size, emargements.length, 'an émargement twice')
  for (const [code, hash] of ballots) {
    const place = sent.get(`${code} ${hash}`)
    assert.ok(place, `a ballot of ${code} that nobody sent there`)
    const key = key_of(place)
    assert.ok(!in_urne.has(key), `two ballots of ${key}`)
    assert.ok(attended.has(key), `a ballot of ${key} without émargement`)
    in_urne.set(key, hash)
  }
  for (const key of attended) assert.ok(in_urne.has(key), `an émargement of ${key} without ballot`)
  for (const place of places) {
    if (place.acknowledged) assert.equal(in_urne.get(key_of(place)), hash_of(place.acknowledged), `the acknowledged vote of ${key_of(place)}`)
  }
  assert.deepEqual(numbered.map(([code, hash, times]) => `${code} ${hash} ${times}`).sort(), ballots.map(([code, hash]) => `${code} ${hash} 1`).sort(), 'the public log has each ballot once')
  return { emargements: emargements.length, ballots: ballots.length, acknowledged: places.filter(place => place.acknowledged).length }
}
