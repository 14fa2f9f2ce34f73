// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk in Chromium: a member enrols his second factor and goes through it by the keyboard alone, on a phone's width and a large one; nothing wider
// than the screen, nothing that axe-core finds, valid HTML.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, root } from '../http/client.mjs'
import { name_member, totp } from '../http/desk.mjs'
import { context_of } from '../pages/seats.mjs'
import { html_faults, Looks } from '../pages/look.mjs'
import { press, type } from './keys.mjs'
import { axe_finds, electors, instance, launch, office, overflow, portal, sql, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

let browser, people, scrutin, bureau, academie
const looks = new Looks(join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'pictures'))
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  ;[scrutin, bureau] = sql('SELECT code, bureau FROM portail.scrutin ORDER BY id LIMIT 1').split('\t')
  // Votes of people whom no other test knows.
  const unknown = new Set((await electors()).slice(150).map(person => person.adresse)), notices = join(mkdtempSync(join(tmpdir(), 'portail-desk-')), 'notices.csv')
  const [titles, ...lines] = readFileSync(join(instance, 'notices', 'notices.csv'), 'utf8').split('\n')
  writeFileSync(notices, [titles, ...lines.filter(line => unknown.has(line.split(';')[0]))].join('\n') + '\n', { mode: 0o600 })
  await office('rehearse', '--ballots', '40', '--notices', notices, '--vote-secrets', join(instance, 'secrets', 'vote'))
  rmSync(dirname(notices), { recursive: true })
  // Somebody has asked for something, in an académie of these people.
  const asking = new Visitor()
  await asking.activate(people[8])
  await asking.get('/reclamations/nouvelle')
  await asking.submit('/reclamations', { objet: 'profil', texte: 'Mon grade est faux.' })
  academie = sql(`SELECT academie_code FROM portail.voter WHERE email = '${people[8].adresse}'`)
})
after(async () => {
  await browser.close()
  await looks.write_sheet()
})

for (const [at, size] of [[0, 'phone'], [1, 'desktop']]) {
  describe(`the desk on a ${size}`, () => {
    it('is gone through without a mouse, and each of its pages is sound', { timeout: 240_000 }, async () => {
      const visitor = new Visitor(), person = people[at]
      await visitor.activate(person)
      const code = name_member(person, [{ role: 'président', bureau }, { role: 'gestionnaire', academie }])
      const context = await context_of(browser, visitor, { viewport: widths[size] })
      const page = await context.newPage()
      const faults = []
      page.on('pageerror', error => faults.push(`script error: ${error.message}`))
      page.on('console', message => { if (message.type() === 'error' && !message.text().startsWith('Failed to load')) faults.push(message.text()) })
      async function look (name) {
        const wide = await overflow(page)
        if (wide > 0) faults.push(`${name}: ${wide} px too wide`)
        faults.push(...(await axe_finds(page)).map(find => `${name}: ${find}`))
        await looks.picture(page, `bureau ${name}`, widths[size].width)
      }
      async function judge (name, address) {
        await page.goto(portal + address)
        faults.push(...(await html_faults((await visitor.get(address)).body)).map(fault => `${name}: ${fault}`))
        await look(name)
      }
      await judge('porte', '/bureau/code')
      await press(page, 'link', 'Enregistrer mon second facteur')
      await page.waitForURL('**/bureau/enrolement')
      await type(page, 'Code d’enregistrement', code)
      await page.keyboard.press('Enter')
      await page.waitForSelector('#cle')
      await look('clé')
      faults.push(...(await html_faults(await page.content())).filter(fault => !/doctype|void|attr/i.test(fault)).map(fault => `clé: ${fault}`))
      const key = await page.locator('#cle').innerText()
      // What a telephone's camera reads is the same key.
      const drawn = join(instance, `cle-${size}.png`)
      await page.locator('svg.p-qr').screenshot({ path: drawn })
      const read = new URL(execFileSync('zbarimg', ['--raw', '-q', drawn]).toString().trim())
      assert.equal(`${read.protocol}//${read.hostname}`, 'otpauth://totp')
      assert.equal(read.searchParams.get('secret'), key.replaceAll(' ', ''))
      await type(page, 'Code à usage unique', totp(key))
      await page.keyboard.press('Enter')
      await page.waitForURL('**/bureau')
      await judge('accueil', '/bureau')
      await press(page, 'link', sql(`SELECT title FROM portail.scrutin WHERE code = '${scrutin}'`))
      await page.waitForURL(`**/bureau/scrutins/${scrutin}`)
      await judge('participation', `/bureau/scrutins/${scrutin}`)
      assert.match(await page.locator('polyline').getAttribute('points'), /^0,300( \d+,\d+)+$/)
      await press(page, 'button', 'Contrôler l’intégrité maintenant')
      await page.waitForURL('**/integrite')
      assert.match(await page.locator('main').innerText(), /Tout concorde/)
      await look('intégrité')
      await judge('émargements', `/bureau/scrutins/${scrutin}/emargements`)
      await type(page, 'Nom de l’électeur', person.nom)
      await page.keyboard.press('Enter')
      await page.waitForSelector('main h2')
      await look('émargement trouvé')
      await judge('journal', '/bureau/journal')
      await judge('demandes', '/bureau/demandes')
      const number = (await page.locator('main a[href^="/bureau/demandes/R-"]').first().getAttribute('href'))
      await judge('demande', number)
      await press(page, 'button', 'Envoyer la réponse')
      await page.waitForSelector('[role=alert], .fr-alert--error')
      await look('demande sans réponse')
      await page.goto(portal + '/bureau')
      await press(page, 'button', 'Sortir du bureau')
      await page.waitForURL('**/espace')
      assert.deepEqual(faults, [])
      await context.close()
    })
  })
}
