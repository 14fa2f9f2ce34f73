// SPDX-License-Identifier: AGPL-3.0-or-later
// The réassort that shows its code on screen, over HTTP: each form sent twice (answer lost, late, two clicks at once), from the demand to a ballot
// that the new code opens; then nothing that any process wrote, nor the database, has a code in it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, ask, inbox, instance, message, root } from '../client.mjs'
import { people_of } from '../places.mjs'

const env = { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') }
const mariadb = (verb, ...words) => execFileSync(join(root, 'modules/launcher/mariadb.sh'), [verb, join(instance, 'db'), ...words], { env, maxBuffer: 1 << 28 }).toString()
const sql = query => mariadb('sql', '-N', 'portail', '-e', query).trim()
const known = async () => (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
const k_code = /[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}/, k_temporary = /\b(\d{4}) (\d{4})\b/
const shown_in = page => page.body.match(/id="nouveau-code">([^<]+)</)?.[1]

let people
const secrets = []
before(async () => {
  people = await people_of(import.meta.url)
  sql('UPDATE election SET shows_new_code = TRUE')
})
after(() => sql('UPDATE election SET shows_new_code = NULL'))

async function member () {
  const person = people.shift()
  const visitor = new Visitor()
  await visitor.activate(person)
  return { person, visitor }
}
const proofs = (person, destination) => ({ reponse: 'la rochelle', numen: person.numen, naissance: person.naissance, destination })
async function ask_code (visitor, person, destination = `perso.${people.length}@exemple.example`) {
  const seen = await known()
  await visitor.get('/reassort')
  assert.equal((await visitor.submit('/reassort/temporaire', proofs(person, destination))).headers.location, '/reassort/code')
  const [, a, b] = (await message(destination, /code temporaire/, 0, seen)).text.match(k_temporary)
  secrets.push(a + b, `${a} ${b}`)
  return a + b
}
const counts = person => sql(`SELECT (SELECT COUNT(*) FROM reassort_temporary t WHERE t.voter_id = v.id), (SELECT COUNT(*) FROM outbox o WHERE o.voter_id = v.id),
  (SELECT COUNT(*) FROM reassort_request r WHERE r.voter_id = v.id), (SELECT generation FROM envelope e WHERE e.voter_id = v.id) FROM voter v WHERE email = '${person.adresse}'`).split('\t').map(Number)

// The two answers of one form.
async function twice (visitor, path, fields, how) {
  const body = new URLSearchParams({ csrf: visitor.csrf, form_key: visitor.form_key, ...fields }).toString()
  const send = () => ask('POST', path, { Cookie: visitor.cookie(), 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }, body)
  if (how === 'at once') return Promise.all([send(), send()])
  return [await send(), await send()]
}

describe('a code on screen', () => {
  for (const how of ['one after the other', 'at once']) {
    it(`each form sent twice, ${how}, is done once and answered the same`, async () => {
      const { person, visitor } = await member()
      const from = counts(person)
      const since = by => counts(person).map((count, i) => count - from[i]).join() === by.join()
      await visitor.get('/reassort')
      let seen = await known()
      const destination = `deux.${people.length}@exemple.example`
      for (const answer of await twice(visitor, '/reassort/temporaire', proofs(person, destination), how)) assert.equal(answer.headers.location, '/reassort/code')
      assert.ok(since([1, 2, 0, 0]), counts(person).join())
      await message(destination, /code temporaire/, 0, seen)

      sql(`UPDATE reassort_temporary SET sent_at = sent_at - INTERVAL 61 SECOND WHERE voter_id = (SELECT id FROM voter WHERE email = '${person.adresse}')`)
      await visitor.get('/reassort/code')
      seen = await known()
      for (const answer of await twice(visitor, '/reassort/renvoi', {}, how)) assert.equal(answer.headers.location, '/reassort/code')
      assert.ok(since([2, 3, 0, 0]), counts(person).join())
      const [, a, b] = (await message(destination, /code temporaire/, 0, seen)).text.match(k_temporary)

      await visitor.get('/reassort/code')
      const pages = await twice(visitor, '/reassort/code', { temporaire: `${a} ${b}` }, how)
      for (const page of pages) {
        assert.equal(page.status, 200)
        assert.match(page.headers['cache-control'], /no-store/)
        assert.match(shown_in(page), k_code)
        assert.equal(shown_in(page), shown_in(pages[0]))
      }
      assert.ok(since([2, 4, 1, 1]), counts(person).join())

      const [code] = await visitor.open_scrutins()
      assert.equal(await visitor.make_ballot(code, person.code, 1), null, 'the old code is dead')
      const ballot = await visitor.make_ballot(code, shown_in(pages[0]), 1)
      assert.equal((await visitor.cast(code, ballot)).status, 200)
    })
  }

  it('does not touch what was voted before, and serves the other scrutins', async () => {
    const { person, visitor } = await member()
    const [first, second] = await visitor.open_scrutins()
    assert.equal((await visitor.cast(first, await visitor.make_ballot(first, person.code, 1))).status, 200)
    const temporary = await ask_code(visitor, person)
    await visitor.get('/reassort/code')
    const fresh = shown_in(await visitor.submit('/reassort/code', { temporaire: temporary }))
    assert.equal((await visitor.cast(second, await visitor.make_ballot(second, fresh, 1))).status, 200)
    assert.equal(Number(sql(`SELECT COUNT(*) FROM emargement JOIN voter ON voter.id = voter_id WHERE email = '${person.adresse}'`)), 2)
  })

  it('is not reached by the forms of the other way, nor without a session', async () => {
    const { person, visitor } = await member()
    await visitor.get('/reassort')
    for (const path of ['/reassort', '/reassort/verification']) {
      const answer = await visitor.submit(path, { telephone: '06 39 98 00 12', numen: person.numen, naissance: person.naissance, reponse: 'La Rochelle', ...(path === '/reassort' ? {} : { etape: 'verifier' }) })
      assert.equal(answer.headers.location, '/reassort')
    }
    const temporary = await ask_code(visitor, person)
    await visitor.get('/reassort/code')
    const fields = { csrf: visitor.csrf, form_key: visitor.form_key, temporaire: temporary }
    const guest = new Visitor()
    await guest.get('/connexion')
    assert.ok([303, 403].includes((await guest.submit('/reassort/code', fields)).status))
    assert.equal(counts(person)[3], 1, 'the envelope is the first')
    // Signed out: the page that was seen is worth nothing.
    await visitor.submit('/deconnexion')
    assert.ok([303, 403].includes((await visitor.submit('/reassort/code', fields)).status))
    assert.equal(counts(person)[3], 1)
  })

  it('leaves no code in what any process wrote, nor in the database', async () => {
    const { person, visitor } = await member()
    const temporary = await ask_code(visitor, person)
    await visitor.get('/reassort/code')
    await visitor.submit('/reassort/code', { temporaire: '1111 1111' })
    const fresh = shown_in(await visitor.submit('/reassort/code', { temporaire: temporary }))
    assert.match(fresh, k_code)
    await new Promise(resolve => setTimeout(resolve, 1500))
    const codes = [fresh, fresh.replaceAll('-', ''), ...secrets, 'perso.', person.numen, person.naissance]
    const below = path => statSync(path).isDirectory() ? readdirSync(path).flatMap(name => below(join(path, name))) : statSync(path).isFile() ? [path] : []
    const files = ['log', 'log-files', 'tmp'].flatMap(folder => below(join(instance, folder))).filter(file => !file.endsWith('/inbox.log'))
    assert.ok(files.some(file => file.endsWith('/reassort.log')))
    const found = files.flatMap(file => { const text = readFileSync(file, 'latin1'); return codes.filter(code => text.includes(code)).map(code => `${file}: ${code}`) })
    assert.deepEqual(found, [])
    const tables = sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'portail' AND table_name NOT IN ('profession_de_foi')").split('\n')
    for (const table of tables) {
      const rows = sql(`SELECT * FROM ${table}`)
      for (const code of [fresh, fresh.replaceAll('-', ''), ...secrets]) assert.ok(!rows.includes(code), `${table}: ${code}`)
    }
  })
})
