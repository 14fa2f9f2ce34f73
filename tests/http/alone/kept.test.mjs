// SPDX-License-Identifier: AGPL-3.0-or-later
// nginx's connections to a worker: kept for what is read, however many, and none of them holds a thread; what acts has its own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, instance } from '../client.mjs'
import { pause } from '../crowd.mjs'
import { people_of } from '../places.mjs'

// Those of nginx with the worker, at this moment.
const connected = () => readFileSync('/proc/net/unix', 'utf8').split('\n').filter(line => line.endsWith(join(instance, 'run', 'scrutins.sock')) && / 0001 03 /.test(line)).length

describe('connections to a worker', () => {
  const visitor = new Visitor()
  before(async () => { assert.equal((await visitor.activate((await people_of(import.meta.url))[0])).headers.location, '/espace') })

  it('are used again by what is read', async () => {
    for (let i = 0; i < 40; i++) assert.equal((await visitor.get('/scrutins')).status, 200)
    await pause(200)
    const first = connected()
    assert.ok(first >= 1, 'one at least is kept')
    for (let i = 0; i < 200; i++) assert.equal((await visitor.get('/scrutins')).status, 200)
    await pause(200)
    assert.ok(connected() <= first + 2, `${connected()} after 200 pages, ${first} before`)
  })

  it('hold no thread while they wait', async () => {
    // More at once than the worker has threads; then many are kept, and everybody is still served.
    const many = await Promise.all(Array.from({ length: 120 }, () => visitor.get('/scrutins')))
    assert.deepEqual([...new Set(many.map(answer => answer.status))], [200])
    await pause(200)
    const kept = connected()
    assert.ok(kept > 8, `${kept} are kept: more than there are threads`)
    await visitor.get('/reclamations/nouvelle')
    const shown = await visitor.submit('/reclamations/nouvelle', { objet: 'autre', scrutin: '', texte: '', etape: 'verifier' })
    assert.equal(shown.status, 400)  // the form again, with what is to be mended
    for (let i = 0; i < 50; i++) assert.equal((await visitor.get('/scrutins')).status, 200)
  })

  it('are not kept after a form', async () => {
    const before_forms = connected()
    for (let i = 0; i < 20; i++) await visitor.submit('/reclamations/nouvelle', { objet: 'autre', scrutin: '', texte: '', etape: 'verifier' })
    await pause(200)
    assert.ok(connected() <= before_forms, `${connected()} after twenty forms, ${before_forms} before`)
  })
})
