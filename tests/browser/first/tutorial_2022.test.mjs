// SPDX-License-Identifier: AGPL-3.0-or-later
// The tutorial of 2022, step by step at both widths, in its own words: portal, mail, password, question défi, activation, voter space; then the
// réassort inside « Je vote »: question and NUMEN, a temporary code, the new code on screen, copied, and a ballot that it opens. axe on every page.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor } from '../../http/client.mjs'
import { take_edition } from '../../pages/seats.mjs'
import { axe_finds, launch, linkIn, message, overflow, picture, portal, visitor, widths } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const password = 'Bulletin-vert-92!'
let browser, people
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  await take_edition('2022')
})
after(async () => {
  await take_edition('2026')
  await browser.close()
})

const text = page => page.locator('main').innerText()
async function sound (page) {
  assert.deepEqual(await axe_finds(page), [], page.url())
  assert.ok(await overflow(page) <= 0, `${page.url()} is wider than the screen`)
}

async function activate (page, person) {
  await page.goto(portal + '/')
  await sound(page)
  await page.getByRole('link', { name: 'Accéder au portail ELECTIONS' }).click()
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  const asked = Date.now() - 1000
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/portail/attente.htm')
  assert.match(await text(page), /Connectez-vous à votre messagerie académique pour finaliser l’ouverture de votre espace électeur/)
  await sound(page)
  const mail = await message(person.adresse, /Création de votre mot de passe Élections/, asked)
  assert.match(mail.text, /Pour poursuivre le processus d'authentification au portail Élections, veuillez cliquer sur le lien ci-dessous :/)
  await page.goto(linkIn(mail))
  await sound(page)
  await page.locator('main form button[type=submit]').click()
  assert.equal(await page.locator('h1').innerText(), 'Création du mot de passe d’accès à mon espace électeur')
  await sound(page)
  await page.locator('input[name=mot_de_passe]').fill(password)
  await page.locator('input[name=confirmation]').fill(password)
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/portail/question-defi.htm')
  const words = await text(page)
  for (const of_the_tutorial of [/Choisissez une question facile à retenir parmi les propositions suivantes/, /ACCÈS SANS ACTIVATION/]) assert.match(words, of_the_tutorial)
  await page.locator('select[name=question]').selectOption({ index: 2 })
  await page.locator('input[name=reponse]').fill('La Rochelle')
  await sound(page)
  await page.getByRole('button', { name: 'ACTIVER MON COMPTE' }).click()
  await page.waitForURL('**/espace')
}

async function ask (page, person, destination, answer = 'la rochelle') {
  await page.locator('input[name=reponse]').fill(answer)
  await page.locator('input[name=numen]').fill(person.numen.toLowerCase())
  await page.locator('input[name=naissance]').fill(person.naissance)
  await page.locator('input[name=destination]').fill(destination)
  await page.getByRole('button', { name: 'Recevoir le code temporaire' }).click()
}
const temporary_in = mail => mail.text.match(/\b\d{4} \d{4}\b/)[0]

for (const [size, index] of [['desktop', 0], ['phone', 1]]) {
  describe(`the tutorial of 2022 at ${size} width`, () => {
    let person, page, faults, context, fresh
    before(async () => {
      person = people[index]
      ;({ page, faults, context } = await visitor(browser, size))
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    })
    after(async () => { await context.close() })

    it('opens the voter space', async () => {
      await activate(page, person)
      const words = (await text(page)).replace(/\s+/g, ' ')
      for (const of_the_tutorial of ['Votre compte a bien été activé. Votre question défi et votre réponse secrète ont été enregistrées.', 'Bienvenue sur votre portail Élections', 'Mes informations pratiques', 'Edito', 'Aide en ligne Foire aux questions',
        'Formulaire de demande d’assistance', 'Accéder au tutoriel en ligne "Parcours électeur"', 'Accéder au tutoriel en ligne "Parcours de vote"', 'Accéder au tutoriel en ligne "Réassorts"', 'Mes scrutins', 'Consulter les listes électorales de mes scrutins',
        'Consulter mes scrutins (ceux pour lesquels je suis électeur) et leurs listes de candidats', 'Formuler une réclamation']) assert.ok(words.includes(of_the_tutorial), of_the_tutorial)
      assert.ok(await page.getByRole('link', { name: 'AIDE/FAQ' }).count() > 0)
      await sound(page)
      await picture(page, size, '21-espace-2022')
    })

    it('asks for a new code inside « Je vote » by the question and the NUMEN', async () => {
      await page.getByRole('link', { name: 'Je vote', exact: true }).click()
      await page.getByRole('link', { name: 'Demandez-en un nouveau.' }).click()
      assert.match(await text(page), /Dans quelle ville vos grands-parents maternels habitaient-ils/)
      await sound(page)
      await picture(page, size, '22-reassort-2022')
      await ask(page, person, '06 39 98 00 7' + index, 'nantes')
      assert.match(await page.title(), /^Erreur/)
      assert.match(await text(page), /ne correspondent pas à votre dossier\. Vérifiez les trois/)
      await sound(page)
      await ask(page, person, '06 39 98 00 7' + index)
      await page.waitForURL('**/reassort/code')
    })

    it('types the temporary code and sees the new one, which it copies', async () => {
      assert.match(await text(page), new RegExp(`au numéro se terminant par 007${index}`))
      assert.ok(await page.getByRole('button', { name: /Renvoyer un code temporaire \(dans/ }).isDisabled())
      await sound(page)
      await picture(page, size, '23-code-temporaire')
      await page.locator('input[name=temporaire]').fill('0000 0000')
      await page.getByRole('button', { name: 'Afficher mon nouveau code de vote' }).click()
      assert.match(await text(page), /Ce n’est pas le code temporaire envoyé/)
      await sound(page)
      const sms = await message(`26263998007${index}@sms.example`, /code temporaire/)
      await page.locator('input[name=temporaire]').fill(temporary_in(sms))
      await page.getByRole('button', { name: 'Afficher mon nouveau code de vote' }).click()
      await page.locator('#nouveau-code').waitFor()
      fresh = (await page.locator('#nouveau-code').innerText()).trim()
      await sound(page)
      await picture(page, size, '24-nouveau-code')
      await page.getByRole('button', { name: 'Copier le code' }).click()
      await page.getByRole('button', { name: 'Copié' }).waitFor()
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), fresh)
      await message(person.adresse, /a été affiché/)
    })

    it('does not see it again by the Back button, nor by the address', async () => {
      const page_before = await context.newPage()
      await page_before.goto(portal + '/reassort/code')
      await page_before.waitForURL('**/reassort/envoi')
      assert.match(await text(page_before), /nous ne pouvons pas le montrer de nouveau/)
      await sound(page_before)
      await page_before.close()
      await page.goto(portal + '/vote')
      await page.goBack().catch(error => assert.match(error.message, /ERR_CACHE_MISS/))  // Chromium asks whether the form is to be sent again
      let seen = null
      for (let tries = 0; seen === null && tries < 50; tries++) seen = await page.content().catch(() => page.waitForTimeout(100).then(() => null))
      assert.ok(seen !== null && !seen.includes(fresh))
      await page.close()
      page = await context.newPage()
    })

    it('votes with the new code, and the old one opens nothing', async () => {
      await page.goto(portal + '/vote')
      await page.getByRole('link', { name: /^Voter/ }).first().click()
      await page.locator('#booth-code').fill(person.code)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.locator('#booth-error').waitFor()
      await page.locator('#booth-code').fill(await page.evaluate(() => navigator.clipboard.readText()))
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.locator('#booth-bulletin-step').waitFor()
    })

    it('met no script error, refused resource or other origin on the way', () => { assert.deepEqual(faults, []) })
  })
}

it('without scripts, with a personal address, the page is whole and has no button that does nothing', async () => {
  const person = people[2]
  const visitor = new Visitor()
  await visitor.activate(person, password)
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: widths.phone, locale: 'fr-FR' })
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: portal.replace('http:', 'https:'), secure: true, httpOnly: true })))
  const page = await context.newPage()
  await page.goto(portal + '/reassort')
  await ask(page, person, 'perso@exemple.example')
  await page.waitForURL('**/reassort/code')
  assert.ok(await page.getByRole('button', { name: 'Renvoyer un code temporaire' }).isEnabled())
  await page.locator('input[name=temporaire]').fill(temporary_in(await message('perso@exemple.example', /code temporaire/)))
  await page.getByRole('button', { name: 'Afficher mon nouveau code de vote' }).click()
  assert.match(await page.locator('#nouveau-code').innerText(), /^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/)
  assert.equal(await page.getByText('Copier le code').isVisible(), false)
  await context.close()
})
