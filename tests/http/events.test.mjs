// SPDX-License-Identifier: AGPL-3.0-or-later
// An act of each kind leaves its line in the log: when, in which request, by whom under a pseudonym that is the same in every worker, and that
// the address alone does not give. What each event is: systemd/EVENTS.md.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, inbox, instance, message } from './client.mjs'
import { people_of } from './places.mjs'

const lines = worker => readFileSync(join(instance, 'log', `${worker}.log`), 'utf8').trim().split('\n').flatMap(line => { try { return [JSON.parse(line)] } catch { return [] } })
const password = 'Bulletin-vert-92'

describe('the log', () => {
  const visitor = new Visitor(), started = new Date(Date.now() - 1000).toISOString()
  let person, own, neighbour, neighbour_pseudonym

  // The newest line of this event about our elector; given a moment to be written.
  async function line (worker, event, { elector = own, ...fields } = {}) {
    for (let tries = 0; tries < 40; tries++) {
      const found = lines(worker).filter(one => one.event === event && one.at >= started && (one.elector ?? null) === elector && Object.entries(fields).every(([name, value]) => one[name] === value)).at(-1)
      if (found) return found
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    assert.fail(`${worker} wrote no ${event} of ${elector} ${JSON.stringify(fields)}`)
  }

  before(async () => {
    ;[person, neighbour] = await people_of(import.meta.url)
    const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
    await visitor.get('/portail/identification.htm')
    const page = await visitor.submit('/portail/identification.htm', { adresse: person.adresse })
    assert.equal(page.status, 303)
    const link = new URL((await message(person.adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
    await visitor.get(link.pathname + link.search)
    await visitor.get('/portail/lien.htm')
    await visitor.submit('/portail/lien.htm')
    await visitor.get('/portail/mot-de-passe.htm')
    await visitor.submit('/portail/mot-de-passe.htm', { mot_de_passe: password, confirmation: password })
    await visitor.get('/portail/question-defi.htm')
    assert.equal((await visitor.submit('/portail/question-defi.htm', { question: '1', reponse: 'La Rochelle' })).headers.location, '/espace')
    const reference = (await visitor.get('/espace')).body.match(/Référence technique de cette page&nbsp;: ([0-9a-f]{16})/)[1]
    own = lines('account').find(one => one.event === 'request' && one.id === reference)?.elector
    assert.match(own ?? '', /^[0-9a-f]{16}$/)
    const other = new Visitor()
    await other.activate(neighbour)
    const theirs = (await other.get('/espace')).body.match(/cette page&nbsp;: ([0-9a-f]{16})/)[1]
    neighbour_pseudonym = lines('account').find(one => one.event === 'request' && one.id === theirs).elector
  })

  it('has the activation, from the link on', async () => {
    for (const event of ['link-requested', 'link-used', 'account-created']) assert.match((await line('activation', event)).request, /^[0-9a-f]{16}$/)
    assert.notEqual(neighbour_pseudonym, own)
  })

  it('has sign-ins, refused ones, sign-outs, closed and extended connections', async () => {
    await new Visitor().sign_in(person, 'Mauvais-code-1')
    await line('account', 'sign-in-refused')
    const second = new Visitor()
    await second.sign_in(person, password)
    await line('account', 'signed-in')
    await second.get('/mes-connexions')
    await second.submit('/mes-connexions/fermer-les-autres')
    await line('account', 'connection-closed')
    await second.get('/connexion/prolonger')
    await second.submit('/connexion/prolonger/mot-de-passe', { mot_de_passe: password })
    await line('account', 'connection-extended')
    await second.get('/espace')
    await second.submit('/deconnexion')
    await line('account', 'signed-out')
    await visitor.sign_in(person, password)
  })

  it('has a new password, from the profile and by a link', async () => {
    await visitor.get('/profil/mot-de-passe')
    await visitor.submit('/profil/mot-de-passe', { actuel: password, mot_de_passe: 'Urne-de-verre-57', confirmation: 'Urne-de-verre-57' })
    await line('account', 'password-changed')
    await new Visitor().replace_password(person, password)
    await line('activation', 'password-reset')
    await visitor.sign_in(person, password)
  })

  it('has who read a roll, asked for help, asked for a code, stopped such demands', async () => {
    const rolls = await visitor.get('/listes-electorales')
    const code = rolls.body.match(/href="\/listes-electorales\/([^"?]+)"/)[1]
    await visitor.get(`/listes-electorales/${code}?nom=durand`)
    assert.equal((await line('scrutins', 'roll-read', { scrutin: code })).search, 'yes')
    await visitor.get('/assistance')
    await visitor.submit('/assistance', { academie: 'poitiers', adresse: person.adresse, objet: 'Essai', message: 'Bonjour.' })
    await line('account', 'assistance-asked')
    await visitor.get('/reassort')
    await visitor.submit('/reassort', { telephone: '06 39 98 00 50', numen: person.numen, naissance: person.naissance, reponse: 'La Rochelle' })
    await line('reassort', 'reassort')
    await visitor.get('/reassort/gel')
    await visitor.submit('/reassort/gel')
    await line('reassort', 'reassort-frozen')
  })

  it('has refusals: a form without its token, a page before sign-in, a ballot that does not hold', async () => {
    await visitor.get('/profil/mot-de-passe')
    await visitor.submit('/profil/mot-de-passe', { csrf: 'x', actuel: 'a', mot_de_passe: 'b', confirmation: 'b' })
    assert.match((await line('account', 'request', { status: '403' })).why, /token/)
    await new Visitor().get('/espace')
    await line('account', 'request', { elector: '', status: '303', why: 'not signed in' })
    const [code] = await visitor.open_scrutins()
    await visitor.get(`/vote/${code}/bulletin`)
    await visitor.cast(code, '{}')
    await line('vote', 'vote-refused', { elector: null, scrutin: code })
  })

  it('has a limit that was reached, by name, once', async () => {
    for (let i = 0; i < 12; i++) {
      await visitor.get('/assistance')
      const answer = await visitor.submit('/assistance', { academie: 'poitiers', adresse: person.adresse, objet: 'Essai', message: 'Bonjour.' })
      if (answer.status === 429) break
    }
    await line('account', 'limit-reached', { detail: 'help-elector' })
  })

  it('names nobody in the worker that takes ballots, and nobody by his address anywhere', () => {
    assert.deepEqual(lines('vote').filter(one => one.elector), [])
    assert.ok(lines('scrutins').some(one => one.elector === own))
  })
})
