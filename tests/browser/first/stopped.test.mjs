// SPDX-License-Identifier: AGPL-3.0-or-later
// A vote that is stopped, as electors and visitors read it, at both widths: one scrutin suspended, all of them, one annulled; axe on every page. Two officers
// suspend and resume; the annulled state is written by hand and taken back, since those who come after vote and count.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor } from '../../http/client.mjs'
import { officer } from '../../http/desk.mjs'
import { context_of } from '../../pages/seats.mjs'
import { axe_finds, launch, overflow, picture, portal, sql, widths } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const words = 'Panne du réseau de plusieurs académies ; reprise attendue à 14 h.', of_all = 'all'
const one = officer('une officière'), other = officer('un autre officier')
async function act (kind, code) {
  const said = await one(kind, ...(code === of_all ? [] : ['--scrutin', code]), '--authority', 'La ministre, par note', '--motif', words)
  await other('suspensions', 'approve', said.match(/n° (\d+)/)[1])
}

let browser, elector, code
before(async () => {
  browser = await launch()
  elector = new Visitor()
  await elector.activate((await people_of(import.meta.url))[0])
  ;[code] = await elector.open_scrutins()
})
after(async () => { await browser.close() })

// Workers look every three seconds whether something was changed.
async function until_known (path, pattern) {
  for (let tries = 0; tries < 50 && !pattern.test((await elector.get(path)).body); tries++) await new Promise(resolve => setTimeout(resolve, 200))
}

// pages: { address: words that its text has }.
async function look (name, pages) {
  for (const size of Object.keys(widths)) {
    for (const seat of [elector, new Visitor()]) {
      const context = await context_of(browser, seat, { viewport: widths[size] })
      const page = await context.newPage()
      for (const [address, pattern] of Object.entries(pages)) {
        if (seat !== elector && address !== '/' && address !== '/resultats') continue
        await page.goto(portal + address)
        assert.match((await page.locator('main').innerText()).replace(/\s+/g, ' '), pattern, `${address} (${name}, ${size})`)
        assert.deepEqual(await axe_finds(page), [], `${address} (${name}, ${size})`)
        assert.ok(await overflow(page) <= 0, `${address} is wider than the screen (${name}, ${size})`)
        await picture(page, size, `30-${name}${address.replaceAll('/', '-')}`)
      }
      await context.close()
    }
  }
}

describe('a vote that is stopped', () => {
  it('is suspended in one scrutin, whose pages say since when and why', { timeout: 300_000 }, async () => {
    await act('suspend', code)
    await until_known('/vote', /suspendu/)
    const said = /suspendu depuis le .*Panne du réseau de plusieurs académies/
    await look('un-scrutin', { '/': said, '/espace': said, '/vote': said, '/scrutins': /suspendu/, [`/scrutins/${code}`]: said, [`/vote/${code}/bulletin`]: said })
    await act('resume', code)
  })

  it('is suspended in all of them', { timeout: 300_000 }, async () => {
    await act('suspend', of_all)
    await until_known('/', /Le vote est suspendu/)
    const said = /Le vote est suspendu.*Panne du réseau/
    await look('tous', { '/': said, '/espace': said, '/vote': said, [`/vote/${code}/bulletin`]: said })
    await act('resume', of_all)
    await until_known('/vote', new RegExp(`/vote/${code}/bulletin`))
    assert.ok((await elector.open_scrutins()).includes(code))
  })

  it('is annulled, and says that nothing of it is counted', { timeout: 300_000 }, async () => {
    const number = 30_000
    const write = (scrutin, row) => sql(`UPDATE portail.scrutin SET ${scrutin} WHERE code = '${code}'; ${row}; UPDATE portail.election SET data_version = data_version + 1`)
    write("state = 'closed', annulled_at = UTC_TIMESTAMP()", `INSERT INTO portail.suspension (number, scrutin_id, kind, reason, authority, state, proposed_by, proposed_at, decided_at)
      SELECT ${number}, id, 'annul', '${words}', 'La ministre', 'done', 'a', UTC_TIMESTAMP(), UTC_TIMESTAMP() FROM portail.scrutin WHERE code = '${code}'`)
    try {
      await until_known('/vote', /annulé/)
      const said = /(annulé|Annulé).*Panne du réseau/
      await look('annule', { '/': said, '/espace': said, '/vote': said, '/scrutins': /annulé/, [`/scrutins/${code}`]: said, [`/vote/${code}/bulletin`]: said })
    } finally {
      write("state = 'open', annulled_at = NULL", `DELETE FROM portail.suspension WHERE number = ${number}`)
    }
    await until_known('/vote', new RegExp(`/vote/${code}/bulletin`))
  })
})
