// SPDX-License-Identifier: AGPL-3.0-or-later
// Many electors at the same time: each sees his own name on his own pages, though pages are shared between them and threads
// between requests; wrong passwords and refusals in between disturb nobody. Under the thread sanitizer this is what it watches.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Visitor, electors } from './client.mjs'

const crowd = 8, rounds = 5
const pages = ['/espace', '/profil', '/scrutins', '/listes-electorales', '/vote', '/aide']

describe('a crowd', () => {
  const members = []
  before(async () => {
    const people = (await electors()).slice(20, 20 + crowd)
    for (const person of people) {
      const visitor = new Visitor()
      assert.equal((await visitor.activate(person)).headers.location, '/espace')
      members.push({ person, visitor })
    }
  })

  it('sees each his own pages', async () => {
    const names = members.map(({ person }) => `${person.prenom} ${person.nom}`)
    const walk = async ({ person, visitor }, i) => {
      for (let round = 0; round < rounds; round++) {
        for (const page of pages) {
          const answer = await visitor.get(page)
          assert.equal(answer.status, 200, page)
          const header = (answer.body.match(/p-header__who[\s\S]*?<\/p>/)?.[0] ?? '').replaceAll('&#39;', '\'')
          assert.ok(header.includes(names[i]), `${page} of ${person.adresse}: ${header}`)
        }
      }
    }
    const disturb = async i => {
      const stranger = new Visitor()
      for (let round = 0; round < rounds; round++) {
        await stranger.get('/connexion')
        const refused = await stranger.submit('/connexion', { adresse: `personne${i}@ac-poitiers.example`, mot_de_passe: 'Mauvais-code-1' })
        assert.ok([200, 400, 401, 403, 429, 503].includes(refused.status), String(refused.status))
        assert.equal((await stranger.get('/nulle-part')).status, 404)
      }
    }
    await Promise.all([...members.map(walk), ...Array.from({ length: 4 }, (_, i) => disturb(i))])
  })
})
