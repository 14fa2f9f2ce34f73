// SPDX-License-Identifier: AGPL-3.0-or-later
// A late elector through nginx: two members propose and approve, each form sent twice and at once, the office adds him with the administration's file, and he makes
// his space. The election of these tests is sealed: its seal is laid aside meanwhile, hence alone, and what was added is taken away before it is put back.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, ask, instance, message, root } from '../client.mjs'
import { enter_desk, name_member, office } from '../desk.mjs'
import { people_of } from '../places.mjs'

const sql = query => execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e', query],
  { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } }).toString().trim()
const address = 'lea.tardive@tardive.example', form = '/bureau/electeurs/nouveau'
let one, two, far, line, academie

// The form of the page last seen, sent by each of these at once.
async function at_once (visitors, path, fields) {
  return Promise.all(visitors.map(visitor => {
    const body = new URLSearchParams({ csrf: visitor.csrf, form_key: visitor.form_key, ...fields }).toString()
    return ask('POST', path, { Cookie: visitor.cookie(), 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }, body)
  }))
}
function file_of (texts) {
  const file = join(instance, 'tardifs.csv')
  writeFileSync(file, Object.keys(texts).join(';') + '\n' + Object.values(texts).join(';') + '\n')
  return file
}

before(async () => {
  const people = await people_of(import.meta.url)
  academie = sql(`SELECT academie_code FROM voter WHERE email = '${people[0].adresse}'`)
  const elsewhere = sql(`SELECT code FROM academie WHERE code <> '${academie}' LIMIT 1`)
  ;[one, two, far] = await Promise.all([academie, academie, elsewhere].map(async (place, at) => {
    const visitor = new Visitor()
    await visitor.activate(people[at])
    await enter_desk(visitor, name_member(people[at], [{ role: 'gestionnaire', academie: place }]))
    return visitor
  }))
  const [personnel, corps, departement] = sql(`SELECT personnel, corps, departement FROM voter WHERE email = '${people[0].adresse}'`).split('\t')
  line = { courriel: address, civilite: 'Mme', nom: 'Tardive', prenom: 'Léa', personnel, corps, affectation: 'École du Port', academie, departement, lieu_notice: 'Une autre loge' }
  // Once sealed, in words.
  const page = await one.get(form)
  assert.equal(page.status, 409)
  assert.match(page.body, /L’élection est scellée/)
  assert.equal((await one.submit(form, { ...line, motif: 'Arrivée' })).status, 409)
  sql('CREATE TABLE test_seal AS SELECT * FROM seal; DELETE FROM seal')
})
after(() => {
  sql(`DELETE FROM voter_scrutin WHERE voter_id IN (SELECT id FROM voter WHERE email = '${address}')`)
  sql(`UPDATE roll_change SET voter_id = NULL WHERE kind = 'add'; UPDATE voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'essai' WHERE email = '${address}'`)
  sql('INSERT INTO seal SELECT * FROM test_seal; DROP TABLE test_seal')
})

describe('a late elector', () => {
  it('is proposed once, approved by another, added with the administration’s file alone, and makes his space', async () => {
    await one.get(form)
    const empty = await one.submit(form, { motif: 'Arrivée' })
    assert.equal(empty.status, 400)
    assert.match(empty.body, /value="Arrivée"/)
    // One form sent three times, and two members who propose the same person at the same time.
    await one.get(form)
    const sent = [...await at_once([one, one], form, { ...line, motif: 'Arrivée' }), ...await at_once([one], form, { ...line, motif: 'Arrivée' })]
    assert.equal(new Set(sent.map(answer => answer.headers.location)).size, 1)
    const [{ headers: { location: change } }] = sent, number = change.split('/').at(-1)
    for (let times = 0; times < 3; times++) {
      const other = { ...line, courriel: `autre${times}@tardive.example`, motif: 'Arrivée' }
      await Promise.all([one.get(form), two.get(form)])
      assert.deepEqual((await at_once([one, two], form, other)).map(({ status }) => status).sort(), [303, 409])
    }
    assert.equal(sql('SELECT COUNT(*) FROM roll_change WHERE kind = \'add\''), '4')
    // Nobody of another académie, and not who proposed.
    assert.equal((await far.get(change)).status, 404)
    await far.get(form)
    assert.equal((await far.submit(form, { ...line, motif: 'Arrivée' })).status, 400)
    const seen = (await two.get(change)).body.match(/name="vu" value="([0-9a-f]{64})"/)[1]
    await one.get(change)
    assert.equal((await one.submit(`${change}/approbation`, { vu: seen })).status, 403)
    await two.get(change)
    for (const answer of await at_once([two, two], `${change}/approbation`, { vu: seen })) assert.equal(answer.headers.location, change)
    assert.match((await one.get(change)).body, /attend le fichier de l’administration/)
    // Without the file, and with one that says otherwise, nothing.
    assert.match(office('desk', 'apply'), /1 inscription approuvée attend le fichier/)
    const whole = { ...line, numen: '99Z9999999TTT', naissance: '03/02/1971' }
    assert.throws(() => office('desk', 'apply', '--inscriptions', file_of({ ...whole, nom: 'TARDIVE' })), /colonne nom/)
    assert.equal(sql(`SELECT COUNT(*) FROM voter WHERE email = '${address}'`), '0')
    const file = file_of(whole)
    assert.match(office('desk', 'apply', '--inscriptions', file), /Inscriptions : 1 faite/)
    assert.match(office('desk', 'apply', '--inscriptions', file), /1 faite auparavant/)
    assert.match((await two.get(change)).body, /Faite /)
    assert.match(sql(`SELECT detail FROM audit WHERE action = 'roll' AND detail LIKE 'inscription faite, n° ${number},%'`), /proposée par membre n° \d+, approuvée par membre n° \d+$/)
    office('audit', 'verify')
    const told = await message(address, /inscrit/)
    assert.match(told.text, /Une autre loge/)
    // activate() takes the last mail of its last second that speaks of a password, as this one does.
    while (Date.now() - 1500 < new Date(told.time ?? told.date).getTime()) await new Promise(resolve => setTimeout(resolve, 50))
    const late = new Visitor()
    await late.activate({ adresse: address })
    assert.match((await late.get('/scrutins')).body, /href="\/scrutins\//)
  })
})
