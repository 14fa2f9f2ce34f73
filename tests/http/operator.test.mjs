// SPDX-License-Identifier: AGPL-3.0-or-later
// What the office's tool does to people who are on the portal at that moment.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Visitor, instance, root } from './client.mjs'
import { people_of } from './places.mjs'

// In a session of its own: it has no terminal to ask at.
function scrutinctl (...words) {
  const program = join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'bin', 'scrutinctl')
  const where = ['--config', join(instance, 'etc/portail.toml'), '--secrets', join(instance, 'secrets/scrutinctl')]
  const { status, stdout, stderr } = spawnSync('setsid', ['--wait', program, ...where, ...words], { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

describe('an operator ends connections', () => {
  it('one person is out at the next click, with both browsers, and may sign in again', async () => {
    const [person, other] = await people_of(import.meta.url)
    const first = new Visitor(), second = new Visitor(), neighbour = new Visitor()
    await first.activate(person)
    await second.sign_in(person)
    await neighbour.activate(other)
    for (const visitor of [first, second, neighbour]) assert.equal((await visitor.get('/espace')).status, 200)
    const done = scrutinctl('sessions', 'end', '--elector', person.adresse, '--motif', 'ordinateur volé')
    assert.equal(done.status, 0, done.said)
    assert.match(done.said, /2 connexions terminées/)
    for (const visitor of [first, second]) {
      const answer = await visitor.get('/espace')
      assert.equal(answer.status, 303)
      assert.match(answer.headers.location, /^\/connexion/)
    }
    assert.equal((await neighbour.get('/espace')).status, 200)
    assert.equal((await first.sign_in(person)).headers.location, '/espace')
  })

  it('of all, only after a question', () => {
    const asked = scrutinctl('sessions', 'end', '--all', '--motif', 'essai')
    assert.equal(asked.status, 1, asked.said)
    assert.match(asked.said, /donnez --yes/)
  })
})
