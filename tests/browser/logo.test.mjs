// SPDX-License-Identifier: AGPL-3.0-or-later
// A list with a logo, from its deposit to the scrutin's page in Chromium, at both widths: the picture is there, in its box, and named. Then its file is not
// the one published, and then it is lost: the page reads as well, and the office's tool names the file.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { office } from '../http/desk.mjs'
import { people_of } from '../http/places.mjs'
import { html_faults } from '../pages/look.mjs'
import { context_of } from '../pages/seats.mjs'
import { axe_finds, instance, launch, overflow, picture, portal, sql, widths } from './support.mjs'

// 200 by 100 pixels, a blue square and a red one.
const logo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAMgAAABkAgMAAAC+6JeYAAAACVBMVEX///8AY8vJGR7+/vRzAAAAOElEQVR42u3LoQ0AIAwAwRoM02HYD82UDboTkN7bz0WodWPX1hvz1g6CIAiCIAiCIAiCID8QtS0BQ2I6G/7zgZwAAAAASUVORK5CYII=', 'base64')
const served = join(instance, 'papers', '_logos', `${createHash('sha256').update(logo).digest('hex')}.png`)
const code = 'essai-logo', union = 'Union des logos', name = 'Pour une école qui se voit de loin, avec un nom de liste assez long'
const cleared = `DELETE FROM portail.voter_scrutin WHERE scrutin_id = @essai; DELETE FROM portail.list_logo WHERE candidate_list_id IN (SELECT id FROM portail.candidate_list WHERE scrutin_id = @essai);
  DELETE FROM portail.list_delegate WHERE candidate_list_id IN (SELECT id FROM portail.candidate_list WHERE scrutin_id = @essai);
  DELETE FROM portail.candidate WHERE candidate_list_id IN (SELECT id FROM portail.candidate_list WHERE scrutin_id = @essai); DELETE FROM portail.candidate_list WHERE scrutin_id = @essai;
  DELETE FROM portail.scrutin WHERE id = @essai; UPDATE portail.election SET data_version = data_version + 1`

let browser, visitor
const folder = mkdtempSync(join(tmpdir(), 'portail-logo-'))
before(async () => {
  browser = await launch()
  const [person] = await people_of(import.meta.url)
  visitor = new Visitor()
  await visitor.activate(person)
  // A scrutin beside those of the vote under way, whose lists are fixed.
  sql(`SET @essai = (SELECT MAX(id) + 1 FROM portail.scrutin);
    INSERT INTO portail.scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, crypto_group, bureau, position, state)
      SELECT @essai, 1, '${code}', 'EssaiLogo123456', 'Scrutin des logos', 'ESSAI', 'national', '', 2, 'Ed25519', 'Bureau des logos', @essai, 'draft';
    INSERT INTO portail.voter_scrutin (scrutin_id, voter_id, sort_key, reason) SELECT @essai, id, 'essai logo', 'Essai' FROM portail.voter WHERE email = '${person.adresse}'`)
  writeFileSync(join(folder, 'candidats.csv'), 'Mme;DUPONT;Jeanne;Lycée Camille-Guérin\nM.;DURAND;Paul;Collège Jules-Verne\n')
  writeFileSync(join(folder, 'logo.png'), logo)
  const open = until => office('candidatures', 'open', '--scrutin', code, '--union', union, '--delegate', person.adresse, '--from', '2020-01-01 08:00', '--until', until)
  open('2036-01-01 17:00')
  const deposit = office('candidatures', 'deposit', folder, '--scrutin', code, '--union', union, '--name', name).match(/C-[A-Z0-9]{4}-[A-Z0-9]{4}/)[0]
  office('candidatures', 'accept', deposit, '--malgre')
  open('2020-02-01 17:00')
  const number = sql(`SELECT id FROM portail.candidature WHERE scrutin_code = '${code}'`)
  office('candidatures', 'order', number, '--scrutin', code, '--acte', 'tirage au sort')
  office('candidatures', 'publish', '--scrutin', code)
  office('publish', '--scrutin', code)
})
after(async () => {
  sql(`SET @essai = (SELECT id FROM portail.scrutin WHERE code = '${code}'); ${cleared}`)
  rmSync(folder, { recursive: true })
  rmSync(served, { force: true })
  await browser.close()
})

for (const size of Object.keys(widths)) {
  // The page as it is now; what its picture is, and what a reader has of it.
  async function read (state) {
    const context = await context_of(browser, visitor, { viewport: widths[size] })
    const page = await context.newPage(), wrong = []
    page.on('response', response => { if (response.status() >= 400) wrong.push(`${response.status()} ${new URL(response.url()).pathname}`) })
    await page.goto(`${portal}/scrutins/${code}`)
    const image = page.locator('img.p-logo')
    assert.equal(await image.count(), 1)
    await image.scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.querySelector('img.p-logo').complete)
    await page.waitForLoadState('networkidle')
    assert.equal(await image.getAttribute('alt'), `Logo de la liste ${name}`)
    assert.equal(await page.getByRole('img', { name: `Logo de la liste ${name}` }).count(), 1)
    assert.equal(await page.getByRole('heading', { name: `1. ${name}` }).count(), 1)
    assert.match(await page.locator('#liste-1').innerText(), /Union des logos[\s\S]*Candidats \(2\)[\s\S]*Jeanne DUPONT/i)
    assert.deepEqual(await html_faults((await visitor.get(`/scrutins/${code}`)).body), [])
    assert.deepEqual(await axe_finds(page), [])
    assert.equal(await overflow(page), 0)
    const seen = await image.evaluate(img => {
      const box = img.getBoundingClientRect(), card = img.closest('li').getBoundingClientRect()
      return { natural: [img.naturalWidth, img.naturalHeight], box: [box.width, box.height], inside: box.left >= card.left && box.right <= card.right && box.bottom <= card.bottom }
    })
    await picture(page, size, `45-logo-${state}`)
    await context.close()
    return { ...seen, wrong }
  }

  describe(`the logo of a list, at ${size} width`, () => {
    it('is a picture in its box, with a name', async () => {
      const seen = await read('la')
      assert.deepEqual(seen.natural, [200, 100])
      assert.deepEqual(seen.box, [128, 64])
      assert.ok(seen.inside)
      assert.deepEqual(seen.wrong, [])
    })

    it('is its name, in full inside the card, where its file is another, and where it is lost', async () => {
      writeFileSync(served, 'ceci n’est pas une image')
      const other = await read('autre')
      rmSync(served)
      const lost = await read('perdu')
      for (const seen of [other, lost]) {
        assert.deepEqual(seen.natural, [0, 0])
        assert.ok(seen.inside)
        assert.notDeepEqual(seen.box, [128, 64])  // the text takes the room that it needs; in the picture's box it would be cut
      }
      assert.deepEqual(other.wrong, [])
      assert.deepEqual(lost.wrong, [`404 /logos/${served.match(/[0-9a-f]{64}\.png$/)[0]}`])
      // The same act again brings it back.
      office('candidatures', 'publish', '--scrutin', code)
      assert.deepEqual(readFileSync(served), logo)
    })
  })
}
