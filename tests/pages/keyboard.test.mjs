// SPDX-License-Identifier: AGPL-3.0-or-later
// Without a mouse, and without scripts: signing in, voting, complaining; no page holds the keyboard, each stop shows itself.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor, portal } from '../http/client.mjs'
import { launch } from '../browser/support.mjs'
import { context_of } from './seats.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92'
const phone = { width: 360, height: 740 }
let browser, people
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  for (const person of people.slice(0, 2)) assert.equal((await new Visitor().activate(person, password)).headers.location, '/espace')
})
after(async () => { await browser.close() })

const focused = page => page.evaluate(() => {
  const { id, tagName, textContent, name } = document.activeElement
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement)
  const after = getComputedStyle(document.activeElement, '::after')
  const radio = document.activeElement.type === 'radio' ? getComputedStyle(document.activeElement.nextElementSibling, '::before').outlineStyle : 'none'
  return { id, tag: tagName, text: textContent.replace(/\s+/g, ' ').trim(), name, seen: [outlineStyle, after.outlineStyle, radio].some(one => one !== 'none') || boxShadow !== 'none', outlineWidth }
})

// Presses Tab until the focus is on what `wanted` says; each stop on the way shows its focus.
async function tab_to (page, wanted) {
  const stops = []
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    stops.push(stop.text || stop.name || stop.tag)
    assert.ok(stop.tag === 'BODY' || stop.seen, `${page.url()}: nothing shows the focus on ${stop.tag} ${stop.id} « ${stop.text} »`)
    if (wanted(stop)) return
  }
  assert.fail(`${page.url()}: not reached: ${stops.join(' | ')}`)
}

async function sign_in (page, person) {
  await page.goto(portal + '/connexion')
  await tab_to(page, stop => stop.name === 'adresse')
  await page.keyboard.type(person.adresse)
  await tab_to(page, stop => stop.name === 'mot_de_passe')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/espace')
}

describe('with the keyboard alone', () => {
  it('an elector signs in and votes', { timeout: 120_000 }, async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    await sign_in(page, people[0])
    await tab_to(page, stop => stop.text === 'Je vote')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/vote')
    await tab_to(page, stop => /^Voter/.test(stop.text))
    await page.keyboard.press('Enter')
    await page.locator('#booth-code').waitFor()
    await tab_to(page, stop => stop.id === 'booth-code')
    await page.keyboard.type(people[0].code)
    await page.keyboard.press('Enter')
    await page.locator('#booth-bulletin-step').waitFor()
    await tab_to(page, stop => stop.name === 'booth-choice')
    await page.keyboard.press('ArrowDown')
    await tab_to(page, stop => stop.text === 'Continuer')
    await page.keyboard.press('Enter')
    await page.locator('#booth-verification-step').waitFor({ timeout: 60_000 })
    await tab_to(page, stop => stop.text === 'Je vote')
    await page.keyboard.press('Enter')
    await page.locator('#booth-recu-step').waitFor({ timeout: 30_000 })
    await page.context().close()
  })

  it('no page keeps the focus: Tab comes round to the first link', { timeout: 240_000 }, async () => {
    const visitor = new Visitor()
    await visitor.sign_in(people[1], password)
    const context = await context_of(browser, visitor, { viewport: phone })
    const page = await context.newPage()
    for (const path of ['/', '/connexion', '/espace', '/scrutins', '/scrutins/ctm', '/listes-electorales/ctm', '/reclamations/nouvelle', '/reassort', '/profil', '/profil/mot-de-passe', '/aide', '/assistance', '/qui-vote-ou', '/accessibilite', '/urne/ctm', '/scellement/ctm', '/resultats']) {
      await page.goto(portal + path)
      const stops = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(one => one.checkVisibility() && !one.disabled).length)
      let round = false
      for (let i = 0; i < stops + 5 && !round; i++) {
        await page.keyboard.press('Tab')
        const stop = await focused(page)
        assert.ok(stop.tag === 'BODY' || stop.seen, `${path}: nothing shows the focus on ${stop.tag} « ${stop.text} »`)
        round = i > 2 && stop.text === 'Contenu'
      }
      assert.ok(round, `${path}: after ${stops} stops the focus is not back at « Contenu »`)
    }
    await context.close()
  })
})

describe('without scripts', () => {
  it('errors are seen first and have the focus; forms give what they were asked for', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false })
    const page = await context.newPage()
    const summary_is_first = async () => {
      const box = await page.locator('.p-errors').boundingBox()
      assert.ok(box.y >= 0 && box.y < 300, `the errors begin at ${box.y} px`)
      assert.equal(await page.locator('.p-errors:focus').count(), 1)
    }
    await page.goto(portal + '/connexion')
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await summary_is_first()
    await page.locator('input[name=adresse]').fill(people[1].adresse)
    await page.locator('input[name=mot_de_passe]').fill(password)
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/espace')
    await page.goto(portal + '/reclamations/nouvelle')
    await page.getByRole('button', { name: 'Vérifier avant de déposer' }).click()
    await summary_is_first()
    await page.getByLabel('profil', { exact: false }).first().check({ force: true })
    await page.locator('textarea').fill('Mon corps est faux.')
    await page.getByRole('button', { name: 'Vérifier avant de déposer' }).click()
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL(/\/reclamations\/[A-Z0-9-]+$/)
    await page.goto(portal + '/scrutins/ctm')
    await page.locator('details summary').first().click()
    await page.goto(portal + '/listes-electorales/ctm')
    await page.locator('input[name=nom]').fill('zzzz')
    await page.getByRole('button', { name: 'Rechercher' }).click()
    assert.match(await page.locator('main').innerText(), /Aucun électeur ne correspond/)
    await page.goto(portal + '/vote')
    assert.match(await page.locator('main').innerText(), /Pour voter, activez JavaScript/)
    await page.getByRole('button', { name: 'DÉCONNEXION' }).click()
    await page.goto(portal + '/espace')
    assert.match(page.url(), /\/connexion/)
    await context.close()
  })
})
