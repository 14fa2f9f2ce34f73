// SPDX-License-Identifier: AGPL-3.0-or-later
// A late elector in Chromium, by the keyboard alone: one member proposes on a phone, the other decides at a desk, the office adds him; every page of it at both
// widths, nothing wider than the screen, nothing that axe-core finds, valid HTML. The seal is laid aside meanwhile, hence alone.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { instance, root } from '../../http/client.mjs'
import { Looks } from '../../pages/look.mjs'
import { sit } from '../desk.mjs'
import { press, type } from '../keys.mjs'
import { launch, office, portal, sql } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const address = 'lea.tardive@tardive.example'
let browser, people, line
const looks = new Looks(join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'pictures'))
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  const [academie, personnel, corps, departement] = sql(`SELECT academie_code, personnel, corps, departement FROM portail.voter WHERE email = '${people[0].adresse}'`).split('\t')
  line = { courriel: address, civilite: '', nom: 'Tardive-Émoi', prenom: 'Léa', personnel, corps, affectation: 'École du Port', academie, departement, lieu_notice: 'Une autre loge' }
  sql('CREATE TABLE portail.test_seal AS SELECT * FROM portail.seal; DELETE FROM portail.seal')
})
after(async () => {
  sql(`DELETE FROM portail.voter_scrutin WHERE voter_id IN (SELECT id FROM portail.voter WHERE email = '${address}')`)
  sql(`UPDATE portail.voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'essai' WHERE email = '${address}'`)
  sql('INSERT INTO portail.seal SELECT * FROM portail.test_seal; DROP TABLE portail.test_seal')
  await browser.close()
  await looks.write_sheet()
})

describe('a late elector', () => {
  it('is proposed by one, approved by another, and added with the administration’s file', { timeout: 240_000 }, async () => {
    const faults = []
    const roles = [{ role: 'gestionnaire', academie: line.academie }]
    const one = await sit(browser, people[0], roles, 'phone', looks, faults), two = await sit(browser, people[1], roles, 'desktop', looks, faults)
    async function fill () {
      for (const [label, text] of [['Nom', line.nom], ['Prénom', line.prenom], ['Adresse professionnelle', address], ['Profil de personnel', line.personnel], ['Corps', line.corps],
        ['Affectation', line.affectation], ['Département', line.departement], ['Lieu de la notice', line.lieu_notice], ['Motif', 'Arrivée le 1er octobre']]) await type(one.page, label, text)
    }

    await one.page.goto(portal + '/bureau/electeurs')
    await one.look('électeurs, avant le scellement')
    await press(one.page, 'link', 'Proposer l’inscription d’une personne qui manque à la liste')
    await one.page.waitForURL('**/bureau/electeurs/nouveau')
    await one.look('inscription')
    await press(one.page, 'button', 'Proposer l’inscription')
    await one.page.waitForSelector('[role=alert]')
    await one.look('inscription, fautive', false)
    await one.page.goto(portal + '/bureau/electeurs/nouveau')
    await fill()
    await one.page.keyboard.press('Enter')
    await one.page.waitForURL('**/bureau/changements/*')
    const change = new URL(one.page.url()).pathname
    await one.look('inscription proposée')
    assert.equal(await one.page.getByRole('button', { name: 'Approuver' }).count(), 0)
    // One page back stands the form: sent again it is the same proposal, or told to be one already.
    await one.page.goBack()
    if (await one.page.getByLabel('Motif').inputValue() === '') await fill()
    await one.page.getByRole('button', { name: 'Proposer l’inscription' }).click()
    await one.page.waitForFunction(() => /attend déjà pour cette adresse|Inscription n°/.test(document.querySelector('main').innerText))
    assert.equal(sql(`SELECT COUNT(*) FROM portail.roll_change WHERE kind = 'add' AND detail LIKE '%${address}%'`), '1')

    await two.page.goto(portal + '/bureau/changements')
    await two.look('changements, une inscription à décider')
    await press(two.page, 'link', await two.page.locator(`main a[href="${change}"]`).innerText())
    await two.page.waitForURL('**' + change)
    await two.look('inscription à décider')
    await press(two.page, 'button', 'Approuver')
    await two.page.waitForFunction(() => /attend le fichier de l’administration/.test(document.querySelector('main').innerText))
    await two.look('inscription approuvée')
    const whole = { ...line, numen: '99Z9999999TTT', naissance: '03/02/1971' }, file = join(instance, 'tardifs.csv')
    writeFileSync(file, Object.keys(whole).join(';') + '\n' + Object.values(whole).join(';') + '\n')
    await office('desk', 'apply', '--inscriptions', file)
    await one.page.goto(portal + change)
    assert.match(await one.page.locator('main').innerText(), /Faite /)
    await one.look('inscription faite')
    assert.deepEqual(faults, [])
    await one.context.close()
    await two.context.close()
  })
})
