// SPDX-License-Identifier: AGPL-3.0-or-later
// What was sealed, used from outside: the fingerprint of a poster judges all that the portal serves, and gives the keys that a receipt
// is checked with. By scrutin-verify, on the portal's own address.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, ask, instance, portal, root } from './client.mjs'
import { people_of } from './places.mjs'

const program = join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'bin', 'scrutin-verify')
const run = (...words) => {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

describe('what was sealed, from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portail-sealed.'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const visitor = new Visitor()
  let person, code, poster

  before(async () => {
    ;[person] = await people_of(import.meta.url)
    assert.equal((await visitor.activate(person)).headers.location, '/espace')
    code = (await visitor.open_scrutins())[0]
    const page = (await ask('GET', `/scellement/${code}`)).body
    poster = page.match(/<p class="p-reference">((?:[0-9a-f]{4} ?){8})<\/p>/)[1]
    const election = (await ask('GET', `/scellement/${code}/election`)).bytes
    assert.equal(createHash('sha256').update(election).digest('hex').slice(0, 32), poster.replaceAll(' ', ''))
  })

  it('passes a portal that serves what was sealed, and finds one file that is not', () => {
    const good = run('portal', portal, '--scrutin', code, '--fingerprint', poster)
    assert.equal(good.status, 0, good.said)
    assert.match(good.said, /Fichiers comparés : \d\d/)
    assert.equal(run('portal', portal, '--scrutin', code).status, 65)
    const other = run('portal', portal, '--scrutin', code, '--fingerprint', poster.replace(/^./, (c) => (c === '0' ? '1' : '0')))
    assert.equal(other.status, 1, other.said)
    const file = join(instance, 'static/booth/ballot.js'), kept = readFileSync(file)
    try {
      appendFileSync(file, '\n// one line more\n')
      const altered = run('portal', portal, '--scrutin', code, '--fingerprint', poster)
      assert.equal(altered.status, 1, altered.said)
      assert.match(altered.said, /Différence : static\/booth\/ballot\.js : servi /)
    } finally {
      writeFileSync(file, kept)
    }
  })

  it('gives the keys of a receipt', async () => {
    const ballot = await visitor.make_ballot(code, person.code, 1)
    const { receipt } = JSON.parse((await visitor.cast(code, ballot)).body)
    const kept = join(folder, 'preuve.json')
    writeFileSync(kept, receipt)
    const source = `${portal}/scellement/${code}`
    const good = run('receipt', kept, '--sealed', source, '--fingerprint', poster)
    assert.equal(good.status, 0, good.said)
    const forged = join(folder, 'autre.json')
    writeFileSync(forged, receipt.replace(/T(\d)/, (_, digit) => 'T' + (9 - Number(digit))))
    assert.notEqual(run('receipt', forged, '--sealed', source, '--fingerprint', poster).status, 0)
    assert.notEqual(run('receipt', kept, '--sealed', source, '--fingerprint', '0'.repeat(32)).status, 0)
  })
})
