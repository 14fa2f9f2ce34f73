// SPDX-License-Identifier: AGPL-3.0-or-later
// What a page weighs and how long it is: the first view of a visitor, the second, and a scrutin of forty lists on a phone.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor, portal } from '../http/client.mjs'
import { launch, sql } from '../browser/support.mjs'
import { context_of } from './seats.mjs'
import { people_of } from '../http/places.mjs'

const k_first_view_bytes = 150_000
const k_longest_page_px = 15_000
let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

// What came over the network for one address: [{url, bytes, cache}].
async function loaded (context, path) {
  const page = await context.newPage(), answers = []
  page.on('requestfinished', request => answers.push((async () => {
    const { responseBodySize, responseHeadersSize } = await request.sizes()
    return { url: request.url(), bytes: responseBodySize + responseHeadersSize, cache: (await request.response()).headers()['cache-control'] }
  })()))
  await page.goto(portal + path, { waitUntil: 'networkidle' })
  const all = await Promise.all(answers)
  await page.close()
  return all
}

describe('the first view', () => {
  it(`of the home page weighs less than ${k_first_view_bytes / 1000} kB, and its files are kept for good`, async t => {
    const context = await browser.newContext()
    const first = await loaded(context, '/')
    const bytes = first.reduce((sum, one) => sum + one.bytes, 0)
    t.diagnostic(`first view: ${bytes} bytes in ${first.length} answers`)
    assert.ok(bytes < k_first_view_bytes, `${bytes} bytes: ${first.map(({ url, bytes }) => `${url} ${bytes}`).join(', ')}`)
    const files = first.filter(({ url }) => url.includes('/static/'))
    assert.ok(files.length >= 3)
    assert.deepEqual(files.filter(({ url, cache }) => !/\/static\/[0-9a-f]{16}\//.test(url) || cache !== 'public, max-age=31536000, immutable'), [])
    await context.close()
  })
})

describe('a scrutin of forty lists', () => {
  const code = 'ctm'
  let before_us
  before(() => {
    const scrutin = sql(`SELECT id FROM portail.scrutin WHERE code = '${code}'`)
    before_us = Number(sql('SELECT MAX(id) FROM portail.candidate_list'))
    const have = Number(sql(`SELECT COUNT(*) FROM portail.candidate_list WHERE scrutin_id = ${scrutin}`))
    const lists = [], candidates = []
    for (let position = have + 1; position <= 40; position++) {
      const id = before_us + position
      lists.push(`(${id}, ${scrutin}, ${position}, 'Ensemble pour un service public proche de chacun, liste ${position}', 'Union des syndicats ${position}')`)
      for (let rank = 1; rank <= 30; rank++) candidates.push(`(${id}, ${rank}, 'Mme', 'NOM-COMPOSÉ ${rank}', 'Prénom', 'Lycée polyvalent Jean-Moulin, Poitiers')`)
    }
    sql(`INSERT INTO portail.candidate_list (id, scrutin_id, position, name, union_name) VALUES ${lists.join(', ')};
      INSERT INTO portail.candidate (candidate_list_id, position, civility, last_name, first_name, affectation) VALUES ${candidates.join(', ')};
      UPDATE portail.election SET data_version = data_version + 1`)
  })
  after(() => sql(`DELETE FROM portail.candidate WHERE candidate_list_id > ${before_us}; DELETE FROM portail.candidate_list WHERE id > ${before_us}; UPDATE portail.election SET data_version = data_version + 1`))

  it('has its summary first, its candidates numbered and folded, and is short on a phone', { timeout: 60_000 }, async t => {
    const visitor = new Visitor(), [person] = await people_of(import.meta.url)
    await visitor.activate(person)
    await new Promise(resolve => setTimeout(resolve, 1500))  // workers look at the election each second
    const context = await context_of(browser, visitor, { viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    await page.goto(`${portal}/scrutins/${code}`)
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    t.diagnostic(`scrutin page: ${height} px at 360 px`)
    assert.ok(height < k_longest_page_px, `${height} px`)
    assert.equal(await page.locator('nav.p-contents li').count(), 40)
    await page.locator('nav.p-contents a').nth(39).click()
    const card = page.locator('#liste-40')
    assert.ok(await card.evaluate(one => one.getBoundingClientRect().top < innerHeight))
    assert.equal(await card.locator('ol li').first().isVisible(), false)
    await card.locator('summary').click()
    assert.equal(await card.locator('ol li').count(), 30)
    assert.equal(await card.locator('ol li').first().isVisible(), true)
    await context.close()
  })
})
