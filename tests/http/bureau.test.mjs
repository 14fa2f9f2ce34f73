// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk through nginx: the office names a member, he enrols his second factor and comes in; each of its forms sent twice; nothing of it for who
// sits nowhere.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, ask, electors, instance, root, small_pdf } from './client.mjs'
import { enter_desk, name_member, office, open_list, totp } from './desk.mjs'

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
    for (const answer of await twice(visitor, '/bureau/courriel', { chaque_jour: 'oui' })) assert.equal(answer.headers.location, '/bureau')
    assert.match((await visitor.get('/bureau')).body, /name="chaque_jour" value="oui" checked/)
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

  it('takes a list, each of its forms sent twice and at once, and shows nothing of it to another union', async () => {
    const candidates = (await electors()).slice(280)
    const mine = new Visitor(), other = new Visitor()
    const number = open_list(candidates[0], 'Union du dépôt'), theirs = open_list(candidates[1], 'Union voisine')
    for (const [visitor, person] of [[mine, candidates[0]], [other, candidates[1]]]) {
      await visitor.activate(person)
      await enter_desk(visitor, name_member(person, []))
    }
    const path = `/bureau/candidatures/${number}`
    const seen = async () => (await mine.get(path)).body.match(/name="vu" value="([0-9a-f]{64})"/)[1]
    const names = 'Mme;DUPONT;Jeanne;Lycée\nM.;DURAND;Paul;Collège\n'
    for (const answer of await twice(mine, path, { nom: 'Liste secrète', candidats: names, vu: await seen() })) assert.equal(answer.headers.location, path)
    for (let i = 0; i < 2; i++) {
      await mine.get(path)
      assert.equal((await mine.submit_file(`${path}/profession`, { field: 'profession', name: 'a.pdf', bytes: small_pdf })).headers.location, path)
    }
    // As large as is taken, which is more than nginx lets through elsewhere; and larger than that.
    const large = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(2 * 1024 * 1024 - 20, 'x'), Buffer.from('\n%%EOF\n')])
    await mine.get(path)
    assert.equal((await mine.submit_file(`${path}/profession`, { field: 'profession', name: 'b.pdf', bytes: large })).status, 303)
    await mine.get(path)
    assert.equal((await mine.submit_file(`${path}/logo`, { field: 'logo', name: 'b.png', bytes: Buffer.concat([large, large]) })).status, 413)
    await mine.get(path)
    assert.equal((await mine.submit_file(`${path}/logo`, { field: 'logo', name: 'b.png', bytes: small_pdf })).status, 400)
    await mine.get(path)
    for (const answer of await twice(mine, `${path}/retrait`, { quoi: 'profession' })) assert.equal(answer.headers.location, path)
    for (const answer of await twice(mine, `${path}/depot`, { vu: await seen() })) assert.equal(answer.headers.location, path)
    assert.equal(sql(`SELECT COUNT(*) FROM candidature_deposit WHERE candidature_id = ${number}`), '1')
    assert.match((await mine.get(path)).body, /C-[A-Z0-9]{4}-[A-Z0-9]{4}/)
    for (const address of [path, '/bureau', '/bureau/candidatures', `/bureau/candidatures/${theirs}`]) assert.doesNotMatch((await other.get(address)).body, /secrète|DUPONT/, address)
    for (const address of ['/bureau/candidatures', `/bureau/candidatures/${theirs}`]) assert.equal((await other.get(address)).status, 200, address)
    assert.equal((await other.get(path)).status, 404)
    await other.get(`/bureau/candidatures/${theirs}`)
    assert.equal((await other.submit(path, { nom: 'x', candidats: 'x', vu: '' })).status, 404)
    assert.equal((await other.submit(`${path}/depot`, { vu: '' })).status, 404)
    assert.match(office('candidatures', 'list'), /Union du dépôt[\s\S]*à contrôler  « Liste secrète »/)
  })
})
