// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk through nginx: the office names a member, he enrols his second factor and comes in; each of its forms sent twice; nothing of it for who
// sits nowhere.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, ask, instance, root, small_pdf } from './client.mjs'
import { enter_desk, line_of, name_member, office, open_list, stop_reassort, totp } from './desk.mjs'
import { people_of } from './places.mjs'

const sql = query => execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e', query],
  { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } }).toString().trim()

let people, bureau, scrutin
before(async () => {
  people = await people_of(import.meta.url)
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

  it('lets an expert in who is no elector, and shows him nothing of an elector', async () => {
    const expert = { adresse: 'expert@cabinet.example' }, visitor = new Visitor()
    const file = join(instance, 'experts.csv')
    writeFileSync(file, `courriel;bureau;academie;role;civilite;nom;prenom\n${expert.adresse};${bureau};;expert;M.;Durand;Paul\n`)
    assert.match(office('members', 'import', file), /n’est pas électeur/)
    const code = office('members', 'enrol', expert.adresse).match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/)[0]
    const activated = await visitor.activate(expert)
    assert.equal(activated.headers.location, '/espace')
    for (const path of ['/espace', '/profil', '/scrutins', '/vote', `/scrutins/${scrutin}`, `/listes-electorales/${scrutin}`, '/reclamations', '/reassort', '/mes-listes']) {
      const page = await visitor.get(path)
      assert.equal(page.status, 403, path)
      assert.match(page.body, /Vous n’êtes pas électeur/, path)
    }
    assert.equal((await visitor.get(`/vote/${scrutin}/parametres`)).status, 403)
    assert.equal((await visitor.get('/mes-connexions')).status, 200)
    await enter_desk(visitor, code)
    assert.match((await visitor.get('/bureau')).body, /expert indépendant/)
    assert.equal((await visitor.get('/bureau/journal')).status, 200)
    assert.equal((await visitor.get(`/bureau/scrutins/${scrutin}`)).status, 200)
    assert.equal((await visitor.get(`/bureau/scrutins/${scrutin}/emargements`)).status, 404)
    for (const path of ['/bureau/demandes', '/bureau/changements', '/bureau/electeurs']) assert.equal((await visitor.get(path)).status, 404, path)
    // Out and in again, by his password.
    await visitor.get('/deconnexion')
    await visitor.submit('/deconnexion')
    assert.equal((await visitor.sign_in(expert)).headers.location, '/espace')
    assert.equal((await visitor.get('/bureau')).headers.location, '/bureau/code')
    office('integrity')
  })

  it('closes at once for who is removed', async () => {
    const visitor = new Visitor(), person = people[2]
    await visitor.activate(person)
    await enter_desk(visitor, name_member(person, [{ role: 'délégué', bureau }]))
    assert.equal((await visitor.get('/bureau')).status, 200)
    office('members', 'remove', person.adresse)
    assert.equal((await visitor.get('/bureau')).status, 404)
  })

  it('changes a line by two members, each of its forms sent twice and at once, and by nobody else', async () => {
    const sitting = await people_of(import.meta.url, 'changes')
    // Somebody who stopped his requests for a new code: what may still change once all is sealed.
    const elector = sitting[3]
    const academie = sql(`SELECT academie_code FROM voter WHERE email = '${elector.adresse}'`)
    const elsewhere = sql(`SELECT code FROM academie WHERE code <> '${academie}' LIMIT 1`)
    stop_reassort(elector)
    const [one, two, far] = await Promise.all([academie, academie, elsewhere].map(async (place, at) => {
      const visitor = new Visitor()
      await visitor.activate(sitting[at])
      await enter_desk(visitor, name_member(sitting[at], [{ role: 'gestionnaire', academie: place }]))
      return visitor
    }))
    await one.get('/bureau/electeurs')
    for (const answer of await twice(one, '/bureau/electeurs', { nom: elector.adresse })) assert.match(answer.body, /href="\/bureau\/electeurs\//)
    const line = await line_of(one, elector)
    assert.doesNotMatch(line, new RegExp(sql(`SELECT id FROM voter WHERE email = '${elector.adresse}'`) + '$'))
    assert.match((await one.get(line)).body, /L’élection est scellée/)
    assert.equal((await one.get(`${line}/radiation`)).status, 409)
    await one.get(`${line}/reassort`)
    const addresses = (await twice(one, `${line}/reassort`, { motif: 'Reconnue au guichet' })).map(answer => answer.headers.location)
    assert.equal(new Set(addresses).size, 1)
    const [change] = addresses, number = change.split('/').at(-1)
    assert.match((await one.get(change)).body, /Vous avez proposé ce changement/)
    // Another académie's member finds nothing, and whoever proposed cannot approve, whatever he sends.
    assert.equal(await line_of(far, elector), undefined)
    for (const address of [line, `${line}/reassort`, change]) assert.equal((await far.get(address)).status, 404, address)
    await far.get('/bureau/changements')
    assert.equal((await far.submit(`${change}/approbation`, { vu: '' })).status, 404)
    assert.equal((await two.get(line)).status, 404)  // the address of a line is its finder's
    const seen = (await two.get(change)).body.match(/name="vu" value="([0-9a-f]{64})"/)[1]
    assert.equal((await one.submit(`${change}/approbation`, { vu: seen })).status, 403)
    await two.get(change)
    assert.equal((await two.submit(`${change}/approbation`, { vu: 'f'.repeat(64) })).status, 409)
    // The page stays open in another window while this one decides, and is sent from there too.
    await two.get(change)
    for (const answer of await twice(two, `${change}/approbation`, { vu: seen })) assert.equal(answer.headers.location, change)
    assert.match((await two.get(change)).body, /pas encore faite/)
    assert.equal((await two.submit(`${change}/refus`, { motif: 'Trop tard' })).status, 409)
    const reopened = () => sql(`SELECT COUNT(*) FROM reassort_request r JOIN voter v ON v.id = r.voter_id WHERE r.outcome = 'reopened' AND v.email = '${elector.adresse}'`)
    assert.equal(reopened(), '0')
    office('desk', 'apply'), office('desk', 'apply')
    assert.equal(reopened(), '1')
    assert.match((await two.get(change)).body, /Faite /)
    const [first, second] = sql(`SELECT CONCAT_WS(' ', proposed_member, decided_member) FROM roll_change WHERE id = ${number}`).split(' ')
    assert.equal(sql(`SELECT detail FROM audit WHERE action = 'roll' AND detail LIKE '%n° ${number},%'`), `réouverture du réassort faite, n° ${number}, proposée par membre n° ${first}, approuvée par membre n° ${second}`)
    // Refused, with the form sent twice.
    sql(`INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) SELECT id, UTC_TIMESTAMP(), 'frozen', 1, SHA2('again', 256) FROM voter WHERE email = '${elector.adresse}'`)
    await one.get(`${line}/reassort`)
    const again = (await one.submit(`${line}/reassort`, { motif: 'Encore' })).headers.location
    await two.get(again)
    for (const answer of await twice(two, `${again}/refus`, { motif: 'Personne ne l’a vue' })) assert.equal(answer.headers.location, again)
    assert.match((await one.get(again)).body, /Personne ne l’a vue/)
    office('audit', 'verify')
    // A reminder, asked for twice and at once, is one.
    await one.get('/bureau/demandes')
    const asked = await twice(one, '/bureau/relances', { academie })
    const large = Number(sql(`SELECT COUNT(*) FROM voter WHERE academie_code = '${academie}'`)) >= 50
    for (const answer of asked) assert.equal(answer.status, large ? 303 : 404)
    assert.equal(sql(`SELECT COUNT(*) FROM desk_reminder WHERE academie_code = '${academie}'`), large ? '1' : '0')
  })

  it('takes a list, each of its forms sent twice and at once, and shows nothing of it to another union', async () => {
    const candidates = await people_of(import.meta.url, 'candidatures')
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
