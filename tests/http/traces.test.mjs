// SPDX-License-Identifier: AGPL-3.0-or-later
// What nginx, workers and daemons wrote while people voted, read as a thief of the logs would: nothing there names a ballot, in any writing
// of its hash, nor who voted. The public log alone has the hashes, which shows that the search knows them.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, instance } from './client.mjs'
import { people_of } from './places.mjs'

const files_below = path => statSync(path).isDirectory() ? readdirSync(path).flatMap(name => files_below(join(path, name))) : [path]
// The sink that plays the mail relay in tests tells whom it serves.
const texts = folder => files_below(join(instance, folder)).filter(file => !file.endsWith('/inbox.log')).map(file => ({ file, text: readFileSync(file, 'latin1') }))
const writings = hash => [hash.toString('latin1'), hash.toString('hex'), hash.toString('hex').toUpperCase(), hash.toString('base64url'), hash.toString('base64').slice(0, 43)]
// Every way in which the files below a folder hold one of these words.
const found_in = (folder, words) => texts(folder).flatMap(({ file, text }) => words.filter(word => text.includes(word)).map(word => `${file}: ${word}`))

describe('logs of a vote', () => {
  const people = [], ballots = []

  before(async () => {
    for (const person of await people_of(import.meta.url)) {
      const visitor = new Visitor()
      assert.equal((await visitor.activate(person)).headers.location, '/espace')
      for (const code of await visitor.open_scrutins()) {
        const ballot = await visitor.make_ballot(code, person.code, 1)
        assert.equal((await visitor.cast(code, ballot)).status, 200)
        const hash = createHash('sha256').update(ballot).digest()
        // The elector looks for it and takes its proof, by the name that his receipt has.
        const reference = hash.toString('base64').slice(0, 43)
        await visitor.get(`/urne/${code}`)
        await visitor.submit(`/urne/${code}`, { reference })
        await visitor.submit(`/urne/${code}/inscription`, { reference })
        ballots.push({ hash, ballot: JSON.parse(ballot) })
      }
      people.push(person)
    }
    assert.ok(ballots.length >= 6)
  })

  it('name no ballot', async () => {
    const words = ballots.flatMap(({ hash }) => writings(hash))
    const seconds = 60
    let published = []
    for (let tries = 0; tries < seconds && published.length < ballots.length; tries++) {
      published = found_in('log-files/public', words)
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
    assert.ok(published.length >= ballots.length, 'the public log has every ballot')
    assert.deepEqual(found_in('log', words), [])
  })

  it('name no credential and no part of a ballot', () => {
    assert.deepEqual(found_in('log', ballots.flatMap(({ ballot }) => [ballot.credential, ballot.signature.hash])), [])
  })

  it('name no elector, no voting code, no address', () => {
    const words = people.flatMap(person => [person.adresse, person.code, person.code.replaceAll(/[^0-9A-Za-z]/g, ''), person.numen].filter(Boolean))
    assert.ok(words.length >= 3 * people.length)
    assert.deepEqual(found_in('log', words), [])
  })
})
