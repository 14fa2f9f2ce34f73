// SPDX-License-Identifier: AGPL-3.0-or-later
// Many electors at the same time: each sees his own pages, byte for byte, though pages are kept for all of them and threads shared
// between requests; wrong passwords and refusals in between disturb nobody. Under the thread sanitizer this is what it watches.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Visitor, electors } from './client.mjs'
import { people_of } from './places.mjs'

const crowd = 8, rounds = 5
const pages = ['/espace', '/profil', '/scrutins', '/listes-electorales', '/vote', '/aide']

// What is new in each answer: form token, form key, the request's reference, how long the connection has left.
const same = page => page.replace(/p-session--m\d+" data-session="\d+"/, '').replace(/(name="(csrf|form_key)" value|data-csrf)="[^"]*"/g, '').replace(/(Référence technique de cette page&nbsp;|Référence technique de cette page\u00a0): [0-9a-f]+/g, '')

const header_of = page => (page.match(/p-header__who[\s\S]*?<\/p>/)?.[0] ?? '').replaceAll('&#39;', '\'')

describe('a crowd', () => {
  const members = []
  before(async () => {
    const people = await people_of(import.meta.url)
    for (const person of people) {
      const visitor = new Visitor()
      assert.equal((await visitor.activate(person)).headers.location, '/espace')
      members.push({ person, visitor })
    }
  })

  it('sees each his own pages, and not a byte of another’s', async () => {
    // Each alone first; none of it may be another's.
    const alone = new Map()
    for (const { person, visitor } of members) {
      const own = new Map()
      const codes = await visitor.open_scrutins()
      assert.ok(codes.length > 0)
      for (const page of [...pages, ...codes.flatMap(code => [`/scrutins/${code}`, `/vote/${code}/bulletin`])]) {
        const answer = await visitor.get(page)
        assert.equal(answer.status, 200, page)
        own.set(page, same(answer.body))
        for (const other of members) if (other.person.adresse !== person.adresse) assert.ok(!answer.body.includes(other.person.adresse) && !header_of(answer.body).includes(`${other.person.prenom} ${other.person.nom}`), `${page} of ${person.adresse}`)
      }
      alone.set(person.adresse, own)
    }
    const walk = async ({ person, visitor }) => {
      const own = [...alone.get(person.adresse)]
      for (let round = 0; round < rounds; round++) {
        for (const [page, before] of own) {
          const answer = await visitor.get(page)
          assert.equal(answer.status, 200, page)
          assert.equal(same(answer.body), before, `${page} of ${person.adresse}`)
        }
      }
    }
    await Promise.all(members.map(walk))
    const different = new Set(members.map(({ person }) => alone.get(person.adresse).get('/scrutins')))
    assert.equal(different.size, crowd, 'pages of different electors differ')
  })

  it('sees each his own name while others fail', async () => {
    const names = members.map(({ person }) => `${person.prenom} ${person.nom}`)
    const walk = async ({ person, visitor }, i) => {
      for (let round = 0; round < rounds; round++) {
        for (const page of pages) {
          const answer = await visitor.get(page)
          assert.equal(answer.status, 200, page)
          const header = header_of(answer.body)
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
