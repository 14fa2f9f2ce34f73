// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log of an urne, as an outsider follows it: address and key from its page, files through nginx, judged by scrutin-verify.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, ask, root } from './client.mjs'
import * as witness from './witness.mjs'
import { people_of } from './places.mjs'

const program = join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'bin', 'scrutin-verify')
const seconds = 60  // a demonstration's ballots enter every five

// The same key signs under the journal's name; its number hashes both (c2sp.org/signed-note).
const journal_key = (log_key, name) => {
  const key = Buffer.from(log_key.split('+').slice(2).join('+'), 'base64')
  const id = createHash('sha256').update(name + '\n').update(key).digest().subarray(0, 4).toString('hex')
  return [name, id, key.toString('base64')].join('+')
}

describe('the public log, through nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portail-log.'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const watch = (where, key) => {
    const { status, stdout, stderr } = spawnSync(program, ['watch', address, join(folder, where), '--log', key], { encoding: 'utf8' })
    return { status, said: stdout + stderr }
  }
  const visitor = new Visitor()
  let person, code, address, key

  before(async () => {
    ;[person] = await people_of(import.meta.url)
    assert.equal((await visitor.activate(person)).headers.location, '/espace')
    code = (await visitor.open_scrutins())[0]
    const page = (await ask('GET', `/urne/${code}`)).body
    const fact = name => page.match(new RegExp(`<dt>${name}</dt><dd class="p-reference">([^<]*)</dd>`))[1]
    address = fact('Adresse')
    key = fact('Clé').replaceAll('&#43;', '+').replaceAll('&#x2F;', '/')
  })

  it('is followed before and after a vote, and only grows', async () => {
    const first = watch('kept', key)
    assert.equal(first.status, 0, first.said)
    assert.match(first.said, /Premier point de contrôle vu/)
    const ballot = await visitor.make_ballot(code, person.code, 1)
    assert.equal((await visitor.cast(code, ballot)).status, 200)
    let last
    for (let tries = 0; tries < seconds; tries++) {
      last = watch('kept', key)
      assert.equal(last.status, 0, last.said)
      if (/prolonge celui de/.test(last.said)) break
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
    assert.match(last.said, /Le registre prolonge celui de/)
  })

  it('shows a witness, and whoever watches may ask for its signature', async () => {
    const kept = join(folder, 'witness'), run = (...words) => spawnSync(program, words, { encoding: 'utf8' })
    mkdirSync(kept)
    writeFileSync(join(kept, 'temoin.cle'), witness.key_file)
    assert.match((await ask('GET', `/urne/${code}`)).body, /pas encore de signature/)
    assert.notEqual(run('watch', address, join(folder, 'asks'), '--log', key, '--witness', witness.verifier).status, 0)
    const cosigned = run('witness', 'cosign', address, kept, '--log', key)
    assert.equal(cosigned.status, 0, cosigned.stdout + cosigned.stderr)
    const note = readFileSync(join(kept, 'cosigne.txt'), 'utf8')
    const body = new URLSearchParams({ note }).toString()
    const sent = await ask('POST', `/urne/${code}/cosignature`, { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }, body)
    assert.equal(sent.status, 303, sent.body)
    assert.match((await ask('GET', `/urne/${code}`)).body, /temoin\.essai\.example\/urne<\/span>&nbsp;: \d+ bulletins?, /)
    let asked
    for (let tries = 0; tries < 15; tries++) {
      asked = run('watch', address, join(folder, 'asks'), '--log', key, '--witness', witness.verifier)
      if (asked.status === 0) break
      await new Promise(resolve => setTimeout(resolve, 500))
    }
    assert.match(asked.stdout, /cosigné par temoin\.essai\.example\/urne/, asked.stderr)
  })

  it('is refused under another key', () => {
    const [name, id, text] = key.split('+')
    const other = (text[10] === 'A' ? 'B' : 'A')
    const refused = watch('other', [name, id, text.slice(0, 10) + other + text.slice(11)].join('+'))
    assert.notEqual(refused.status, 0, refused.said)
  })

  it('names the journal of acts, which is followed in the same way', async () => {
    const { pathname, host } = new URL(address)
    const [, size, root] = (await ask('GET', pathname + '/checkpoint')).body.match(/^journal (\d+) (\S+)$/m)
    assert.ok(Number(size) > 0)
    const journal = address.slice(0, -pathname.length) + '/journal'
    const { status, stdout, stderr } = spawnSync(program, ['watch', journal, join(folder, 'journal'), '--log', journal_key(key, host + '/journal')], { encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
    assert.match(stdout, /: \d+ actes\. Premier point de contrôle vu/)
    assert.ok(Number((await ask('GET', '/journal/checkpoint')).body.split('\n')[1]) >= Number(size), root)
    for (const outside of ['/journal/tile/../../last/journal', '/journal', '/journal/last']) assert.equal((await ask('GET', outside)).status, 404, outside)
  })

  it('lets caches keep tiles and ask again for the checkpoint', async () => {
    const path = new URL(address).pathname
    const checkpoint = await ask('GET', path + '/checkpoint')
    assert.equal(checkpoint.status, 200)
    assert.match(checkpoint.headers['content-type'], /^text\/plain/)
    assert.match(checkpoint.headers['cache-control'], /no-cache/)
    const size = Number(checkpoint.body.split('\n')[1])
    assert.ok(size > 0)
    const tile = await ask('GET', `${path}/tile/0/000` + (size < 256 ? `.p/${size}` : ''))
    assert.equal(tile.status, 200)
    assert.equal(tile.bytes.length, 32 * Math.min(size, 256))
    assert.match(tile.headers['cache-control'], /immutable/)
    for (const outside of ['/tile/../../last', '/tile/0/999', '/last']) assert.equal((await ask('GET', path + outside)).status, 404, outside)
  })
})
