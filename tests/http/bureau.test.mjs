// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk through nginx: the office names a member, he enrols his second factor and comes in; each of its forms sent twice; nothing of it for who
// sits nowhere.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, ask, electors, instance, root } from './client.mjs'
import { enter_desk, name_member, office, totp } from './desk.mjs'

const sql = query => execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e', query],
  { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } }).toString().trim()

let people, bureau, scrutin
before(async () => {
  people = (await electors()).slice(240)
  ;[bureau, scrutin] = sql('SELECT bureau, code FROM scrutin ORDER BY id LIMIT 1').split('\t')
})

// Sends the form of the page last seen two times, one after the other and both at once; each answer.
async function twice (visitor, path, fields) {
  const body = new URLSearchParams({ csrf: visitor.csrf, form_key: visitor.form_key, ...fields }).toString()
  const send = () => ask('POST', path, { Cookie: visitor.cookie(), 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }, body)
  return [...await Promise.all([send(), send()]), await send()]
}

describe('the desk', () => {
  it('is not there for who sits nowhere, and asks who is not in to sign in', async () => {
    const visitor = new Visitor()
    assert.match((await visitor.get('/bureau')).headers.location, /^\/connexion/)
    await visitor.activate(people[0])
    for (const path of ['/bureau', '/bureau/code', '/bureau/enrolement', '/bureau/journal']) assert.equal((await visitor.get(path)).status, 404, path)
  })

  it('opens with a factor that its member made, each form sent twice and at once', async () => {
    const visitor = new Visitor(), person = people[1]
    await visitor.activate(person)
    const code = name_member(person, [{ role: 'président', bureau }])
    assert.equal((await visitor.get('/bureau')).headers.location, '/bureau/code')
    await visitor.get('/bureau/enrolement')
    const keys = (await twice(visitor, '/bureau/enrolement', { enrolement: code })).map(answer => answer.body.match(/id="cle">([A-Z2-7 ]+)</)[1])
    assert.equal(new Set(keys).size, 1)
    await visitor.submit('/bureau/enrolement', { enrolement: code })
    for (const answer of await twice(visitor, '/bureau/enrolement', { enrolement: code, chiffres: totp(keys[0]) })) assert.equal(answer.headers.location, '/bureau')
    const page = await visitor.get('/bureau')
    assert.equal(page.status, 200)
    assert.match(page.body, new RegExp(`<caption>Scrutins de ce bureau`))
    for (const answer of await twice(visitor, '/bureau/sortie', {})) assert.match(answer.headers.location, /^\/(espace|bureau\/code)$/)
    // The next code: the last one has served.
    await visitor.get('/bureau/code')
    const next = totp(keys[0], Date.now() / 1000 + 30)
    for (const answer of await twice(visitor, '/bureau/code', { code: next })) assert.equal(answer.headers.location, '/bureau')
    // A name looked for: the page each time, and each look in the journal.
    await visitor.get(`/bureau/scrutins/${scrutin}/emargements`)
    for (const answer of await twice(visitor, `/bureau/scrutins/${scrutin}/emargements`, { nom: people[3].nom })) assert.match(answer.body, /Émargements trouvés|Aucun électeur/)
    await visitor.get(`/bureau/scrutins/${scrutin}`)
    for (const answer of await twice(visitor, `/bureau/scrutins/${scrutin}/integrite`, {})) assert.match(answer.body, /Tout concorde/)
    assert.equal((await visitor.get('/bureau/journal')).status, 200)
    office('audit', 'verify')
    assert.equal(sql("SELECT GROUP_CONCAT(action ORDER BY id) FROM audit WHERE action LIKE 'desk-%'"), 'desk-enrol,desk-enter,desk-enter,desk-attendance,desk-attendance,desk-attendance,desk-integrity,desk-integrity,desk-integrity')
  })

  it('closes at once for who is removed', async () => {
    const visitor = new Visitor(), person = people[2]
    await visitor.activate(person)
    await enter_desk(visitor, name_member(person, [{ role: 'délégué', bureau }]))
    assert.equal((await visitor.get('/bureau')).status, 200)
    office('members', 'remove', person.adresse)
    assert.equal((await visitor.get('/bureau')).status, 404)
  })
})
