// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page and state of the portal, in three editions, at 320, 360 and 1280 px: valid HTML, nothing that axe-core finds, nothing wider than
// the screen, letters of 200 % (UX-9, UX-16). Every GET row of the route tables is visited; each form is also sent empty, for the page of its errors.
import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, instance, portal, root } from '../http/client.mjs'
import { launch, office } from '../browser/support.mjs'
import { Looks } from './look.mjs'
import { context_of, rows, take_calendar_back, take_edition, take_moment, take_roll_back, take_seats } from './seats.mjs'

const looks = new Looks(join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'pictures'))
// All three, or those named: PORTAIL_PAGES='2026'.
const editions = (process.env.PORTAIL_PAGES ?? '2026 2022 2018').split(' ')
let browser, taken
const contexts = new Map()
before(async () => {
  browser = await launch()
  taken = await take_seats()
  for (const [seat, visitor] of Object.entries(taken.seats)) contexts.set(seat, await context_of(browser, visitor))
})
after(async () => {
  await browser.close()
  await looks.write_sheet()
})

const queries = {
  '/bureau/electeurs/nouveau': ['', '?demande={number}'],
  '/listes-electorales/{code}': ['', '?nom=a', '?nom=zzzz'],
  '/reclamations/nouvelle': ['', '?objet=absence&scrutin={code}']
}
const addresses_of = row => (queries[row] ?? ['']).map(query => (row + query).replaceAll('{code}', taken.code).replace('{number}', taken.number).replace('{position}', '1').replace('{ligne}', taken.line).replace('{quoi}', 'reassort').replace('{numero}', row.includes('changements') ? taken.change : '1'))
const visited = new Set()

// What is seen at an address from a seat, and, where there is a form to fill, what comes when it is sent empty.
async function look_at (page, address, name) {
  const faults = []
  const answer = await page.goto(portal + address).catch(error => { if (/Download|ERR_ABORTED/.test(error.message)) return null; throw error })
  if (!answer || !answer.headers()['content-type']?.startsWith('text/html')) return faults
  assert.ok(answer.status() < 500 || answer.status() === 503, `${name}: ${answer.status()}`)
  faults.push(...await looks.at(page, await answer.text(), name))
  const forms = await page.evaluate(() => [...document.querySelectorAll('main form[method=post]')].map((form, i) => ({ i, open: form.querySelector('input:not([type=hidden]), select, textarea') !== null })))
  for (const { i } of forms.filter(({ open }) => open)) {
    await page.goto(portal + address)
    const [errors] = await Promise.all([
      page.waitForResponse(one => one.request().isNavigationRequest() && one.request().method() === 'POST', { timeout: 10_000 }),
      page.waitForNavigation({ waitUntil: 'load' }),  // of what a redirect led to, too
      page.evaluate(i => { [...document.querySelectorAll('main form[method=post]')][i].submit() }, i)
    ])
    if (errors.status() === 400) faults.push(...await looks.at(page, await errors.text(), `${name} envoyé vide`))
  }
  return faults
}

// All rows from these seats, two pages of Chromium at a time.
async function look_from (seats, label, addresses = null) {
  const work = seats.flatMap(seat => (addresses ?? rows.flatMap(addresses_of)).map(address => [seat, address]))
  const faults = []
  await Promise.all([0, 1].map(async lane => {
    for (const seat of seats) {
      const page = await contexts.get(seat).newPage()
      const own = work.filter(([of], i) => of === seat && i % 2 === lane)
      for (const [, address] of own) {
        visited.add(address)
        faults.push(...await look_at(page, address, `${label} ${seat} ${address}`))
      }
      await page.close()
    }
  }))
  return faults
}

// With a draw for each tie of the rehearsed votes, in favour of the first of the equals.
async function proclaim (draws = []) {
  try {
    await office('proclaim', '--yes', ...(draws.length > 0 ? ['--draw', draws.join()] : []))
  } catch (error) {
    const ties = [...error.stdout.matchAll(/Égalité à (\S+) entre (\d+)/g)].map(([, scrutin, list]) => `${scrutin}=${list}`)
    if (ties.length === 0) throw error
    await proclaim([...draws, ...ties])
  }
}

// Addresses that say something else at another time.
const of_the_calendar = ['/', '/connexion', '/portail/identification.htm', '/espace', '/scrutins', '/scrutins/{code}', '/vote', '/vote/{code}/bulletin', '/vote/{code}/accuse', '/reassort', '/reclamations', '/reclamations/nouvelle', '/profil', '/listes-electorales', '/resultats', '/aide-memoire']
const at_the_moment = () => of_the_calendar.flatMap(addresses_of)

describe('every page', () => {
  for (const edition of editions) {
    it(`of ${edition}, signed out and in, while people vote`, { timeout: 900_000 }, async () => {
      await take_edition(edition)
      const faults = await look_from(['guest', 'busy'], edition)
      faults.push(...await look_from(['idle'], edition, ['/espace', '/scrutins', '/vote', `/vote/${taken.code}/bulletin`, '/reassort', '/reclamations', '/profil']))
      if (edition === '2022') faults.push(...await look_from(['temporary'], edition, ['/reassort', '/reassort/code']))
      faults.push(...await look_from(['desk', 'door'], edition, rows.filter(row => row.startsWith('/bureau')).flatMap(addresses_of)))
      faults.push(...await look_from(['waiting'], edition, ['/portail/attente.htm']), ...await look_from(['struck'], edition, ['/espace']))
      for (const seat of ['linked', 'half', 'late']) faults.push(...await look_from([seat], edition, ['/portail/lien.htm', '/portail/mot-de-passe.htm', '/portail/question-defi.htm']))
      faults.push(...await look_from(['guest'], edition, ['/portail/creation-compte-etape2.htm?token=mort', '/portail/attente.htm', '/rien', '/assistance/recue']))
      assert.deepEqual(faults, [])
    })
  }

  for (const [label, event, hours, seats] of [['avant l’ouverture du portail', 'portal_opens', 24, ['guest', 'idle']], ['avant le vote', 'vote_opens', 24, ['guest', 'idle']],
    ['juste après la clôture', 'vote_closes', 0, ['guest', 'busy', 'idle']], ['après la clôture', 'vote_closes', -2, ['guest', 'busy', 'idle']]]) {
    it(`that says something else ${label}`, { timeout: 300_000 }, async () => {
      await take_moment(event, hours)
      assert.deepEqual(await look_from(seats, label, at_the_moment()), [])
      await take_calendar_back()
    })
  }

  it('that nginx says itself', { timeout: 300_000 }, async () => {
    const page = await (await browser.newContext()).newPage()
    const faults = []
    for (const file of (await readdir(join(instance, 'static', 'erreurs'))).filter(name => /^\d+\.html$/.test(name))) {
      const html = (await readFile(join(instance, 'static', 'erreurs', file), 'utf8')).replace(/<!--#[^>]*-->/g, 'a1b2')
      await page.route('**/une-erreur', route => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }), { times: 1 })
      await page.goto(portal + '/une-erreur')
      faults.push(...await looks.at(page, html, `nginx ${file}`))
    }
    assert.deepEqual(faults, [])
  })

  it('of the results', { timeout: 600_000 }, async () => {
    take_roll_back()
    await take_edition('2026')  // as it was sealed
    await office('rehearse', '--ballots', '40', '--notices', join(instance, 'notices', 'notices.csv'), '--vote-secrets', join(instance, 'secrets', 'vote'))
    await office('close')
    for (const key of (await readdir(join(instance, 'trustees'), { recursive: true })).filter(name => /porteur-[13]\.cle$/.test(name))) await office('decrypt', '--key', join(instance, 'trustees', key))
    await office('tally')
    await proclaim()
    const guest = new Visitor()
    let shown = []
    for (let tries = 0; tries < 50 && shown.length === 0; tries++) {
      await new Promise(resolve => setTimeout(resolve, 200))
      shown = [...(await guest.get('/resultats')).body.matchAll(/href="(\/resultats\/[^"]+)"/g)].map(([, href]) => href)
    }
    assert.ok(shown.length > 1)
    assert.deepEqual(await look_from(['guest', 'busy'], 'résultats', [...['/', '/espace', '/scrutins', '/scrutins/{code}', '/vote', '/resultats'].flatMap(addresses_of), ...shown.slice(0, 3), ...shown.slice(0, 1).map(href => href.replace('resultats', 'urne'))]), [])
  })

  it('was one of the route tables, and each of their rows was visited', () => {
    const all = rows.flatMap(addresses_of)
    assert.ok(all.length > 55)
    assert.deepEqual(all.filter(address => !visited.has(address)), [])
  })
})
