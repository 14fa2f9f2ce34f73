// SPDX-License-Identifier: AGPL-3.0-or-later
// Password managers, at both widths: fields bear the names that managers look for, take what is pasted, and show it by a button; what a manager would fill in
// and keep lets its owner in.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { launch, linkIn, message, portal, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

const made = 'xK7-vQ2m-Rt9w-Lp4'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
})
after(async () => { await browser.close() })

// Through the clipboard of the page, by the keyboard.
async function paste (page, text, field) {
  await page.evaluate(words => {
    const box = Object.assign(document.createElement('textarea'), { id: 'elsewhere', value: words })
    document.body.append(box)
    box.select()
  }, text)
  await page.keyboard.press('Control+X')
  await page.evaluate(() => document.querySelector('#elsewhere').remove())
  await field.click()
  await page.keyboard.press('Control+V')
  assert.equal(await field.inputValue(), text)
}

const named = (page, purpose) => page.locator(`main input[autocomplete="${purpose}"]`)
async function is_shown_by_its_button (page, field) {
  const eye = page.getByRole('button', { name: /^Afficher/ }).first()
  assert.equal(await field.getAttribute('type'), 'password')
  await eye.click()
  assert.equal(await field.getAttribute('type'), 'text')
  await eye.click()
  assert.equal(await field.getAttribute('type'), 'password')
}

it('a new password is pasted twice from a manager and kept', async () => {
  const { context, page, faults } = await visitor(browser, 'desktop')
  const asked = Date.now() - 1000
  const asking = new Visitor()
  await asking.get('/portail/identification.htm')
  await asking.submit('/portail/identification.htm', { adresse: person.adresse })
  await page.goto(linkIn(await message(person.adresse, /mot de passe/i, asked)))
  await page.locator('main form button[type=submit]').click()
  const fields = named(page, 'new-password')
  assert.equal(await fields.count(), 2)
  await is_shown_by_its_button(page, fields.first())
  for (const i of [0, 1]) await paste(page, made, fields.nth(i))
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL(/question-defi|espace/)
  if (/question-defi/.test(page.url())) {
    await page.locator('select[name=question]').selectOption({ index: 1 })
    await page.locator('input[name=reponse]').fill('La Rochelle')
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL('**/espace')
  }
  assert.deepEqual(faults, [])
  await context.close()
})

for (const size of Object.keys(widths)) {
  it(`address and password are filled in by their names at the door (${size})`, async () => {
    const { context, page, faults } = await visitor(browser, size)
    await page.goto(portal + '/connexion')
    const address = named(page, 'username'), secret = named(page, 'current-password')
    assert.deepEqual([await address.count(), await secret.count()], [1, 1])
    await is_shown_by_its_button(page, secret)
    await paste(page, person.adresse, address)
    await paste(page, made, secret)
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/espace')
    await page.goto(portal + '/profil/mot-de-passe')
    assert.deepEqual([await named(page, 'current-password').count(), await named(page, 'new-password').count()], [1, 2])
    assert.deepEqual(faults, [])
    await context.close()
  })
}
