// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking changes nothing: GET and HEAD of every row of the six workers' route tables, from five seats, with every parameter filled; then every
// table of both databases is as it was. And mail scanners look at a link fifty times, each its own way, before its person does.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, inbox, instance, message, root, small_pdf } from '../client.mjs'
import { enter_desk, line_of, name_member, open_list, stop_reassort } from '../desk.mjs'
import { people_of } from '../places.mjs'

// What reading may write, and why; anything else is a fault.
const exceptions = {
  // When somebody was last seen, once a minute, ends idle connections. The entry to the vote gives the session another name, once: GET is how one enters.
  'portail.session': ['last_seen_at', 'id_hash', 'previous_hash', 'previous_until'],
  // Who is at the desk follows that name.
  'portail.desk_session': ['session_hash'],
  // Pages of rolls and other costly looks are counted, or nothing would limit them.
  'portail.throttle': 'all'
}

function sql (query) {
  const env = { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') }
  return execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', '-e', query], { env }).toString().trim().split('\n').map(line => line.split('\t'))
}

let columns
// A digest of each table's rows, the excepted columns left out.
function digests () {
  columns ??= sql("SELECT CONCAT(table_schema, '.', table_name), column_name FROM information_schema.columns WHERE table_schema IN ('portail', 'urne')")
  const tables = [...new Set(columns.map(([table]) => table))].filter(table => exceptions[table] !== 'all')
  const parts = tables.map(table => {
    const read = columns.filter(([of, column]) => of === table && !exceptions[table]?.includes(column)).map(([, column]) => `IFNULL(HEX(${column}), '-')`)
    return `SELECT '${table}', COUNT(*), BIT_XOR(CAST(CONV(LEFT(SHA2(CONCAT_WS('|', ${read.join(', ')}), 256), 16), 16, 10) AS UNSIGNED)) FROM ${table}`
  })
  return Object.fromEntries(sql(parts.join(' UNION ALL ')).map(([table, ...what]) => [table, what.join(' ')]))
}
// Once the daemons have done what they had to do with what was written before.
async function digests_at_rest () {
  let last
  for (let same = 0, tries = 0; same < 4; tries++) {
    assert.ok(tries < 60, 'the daemons never rest')
    const now = JSON.stringify(digests())
    same = now === last ? same + 1 : 0
    last = now
    await new Promise(resolve => setTimeout(resolve, 2000))
  }
  return JSON.parse(last)
}

const modules = ['account', 'activation', 'bureau', 'reassort', 'scrutins', 'vote']
const rows = modules.flatMap(module => [...readFileSync(join(root, 'modules', module, 'routes.cpp'), 'utf8').matchAll(/\{(?:Method::)?get,\s*"([^"]+)"/g)].map(([, path]) => path))
const queries = {
  '/bureau/electeurs/nouveau': ['?demande={number}'],
  '/connexion': ['?suite=/scrutins'],
  '/listes-electorales/{code}': ['?nom=a', '?page=1', '?nom=a&page=2'],
  '/reclamations/nouvelle': ['?objet=profil', '?objet=absence&scrutin={code}']
}

describe('reading', () => {
  const person = {}, seats = []
  const agents = ['Mozilla/5.0 (compatible; Google-Safety)', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)', 'BarracudaCentral', 'Mimecast-URL-Protect', 'curl/7.88.1']
  let link

  before(async () => {
    const people = await people_of(import.meta.url), sitting = await people_of(import.meta.url, 'the desk')
    // One who has voted, complained and asked for a new code; one who has done nothing yet; nobody.
    const busy = new Visitor(), idle = new Visitor()
    await busy.activate(people[0])
    await idle.activate(people[1])
    ;[person.code] = await busy.open_scrutins()
    assert.equal((await busy.cast(person.code, await busy.make_ballot(person.code, people[0].code, 1))).status, 200)
    sql(`INSERT IGNORE INTO portail.list_delegate SELECT v.id, l.id FROM portail.voter v JOIN portail.candidate_list l ON l.position <= 2 WHERE v.email = '${people[0].adresse}'`)
    await busy.get('/reclamations/nouvelle')
    const complained = await busy.submit('/reclamations', { objet: 'profil', texte: 'Mon grade est faux.' })
    person.number = complained.headers.location.split('/').at(-1)
    await busy.get(complained.headers.location)
    assert.equal((await busy.submit_file(`${complained.headers.location}/pieces`, { field: 'piece', name: 'arrete.pdf', bytes: small_pdf })).status, 303)
    await busy.get('/reassort')
    await busy.submit('/reassort', { telephone: '06 39 98 00 54', numen: people[0].numen, naissance: people[0].naissance, reponse: 'La Rochelle' })
    const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
    // One who sits at the desk, for a bureau and for an académie; one who is at its door.
    const desk = new Visitor(), door = new Visitor()
    await desk.activate(sitting[0])
    await door.activate(sitting[1])
    const [[bureau], [academie]] = [sql(`SELECT bureau FROM portail.scrutin WHERE code = '${person.code}'`), sql(`SELECT academie_code FROM portail.voter WHERE email = '${people[0].adresse}'`)].map(([row]) => row)
    const [[theirs]] = sql(`SELECT academie_code FROM portail.voter WHERE email = '${sitting[2].adresse}'`)
    const roles = [{ role: 'président', bureau }, { role: 'gestionnaire', academie }, { role: 'gestionnaire', academie: theirs }]
    open_list(sitting[0], 'Union d’essai')
    await enter_desk(desk, name_member(sitting[0], roles))
    name_member(sitting[1], roles)
    stop_reassort(sitting[2])
    person.line = (await line_of(desk, sitting[2])).split('/').at(-1)
    await desk.get(`/bureau/electeurs/${person.line}/reassort`)
    person.change = (await desk.submit(`/bureau/electeurs/${person.line}/reassort`, { motif: 'Reconnu au guichet' })).headers.location.split('/').at(-1)
    const guest = new Visitor()
    await guest.get('/portail/identification.htm')
    await guest.submit('/portail/identification.htm', { adresse: people[2].adresse })
    link = new URL((await message(people[2].adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
    seats.push(['busy', busy], ['idle', idle], ['guest', guest], ['desk', desk], ['door', door])
  })

  // Every address of a row, its captures and its query filled.
  function addresses_of (row) {
    const token = link.searchParams.get('token')
    const more = /(etape2|activationportail|reinitialisation)\.htm$/.test(row) ? [`?token=${token}`] : queries[row] ?? []
    const position = ['1', '2']
    return ['', ...more].flatMap(query => position.map(number => (row + query).replaceAll('{code}', person.code).replace('{number}', person.number).replace('{position}', number).replace('{ligne}', person.line).replace('{quoi}', 'reassort').replace('{numero}', row.includes('changements') ? person.change : number)))
  }

  it('knows the rows', () => assert.ok(rows.length > 55, String(rows.length)))

  it('of every page, by GET and HEAD from every seat, leaves every table as it was', async () => {
    const from = await digests_at_rest()
    const best = new Map()
    for (const row of rows) {
      if (row === '/portail/lien.htm') for (const [, visitor] of seats) await visitor.get(link.pathname + link.search)  // its page reads the cookie of a link
      for (const address of new Set(addresses_of(row))) {
        for (const [seat, visitor] of seats) {
          for (const method of ['HEAD', 'GET', 'HEAD']) {
            const { status } = await visitor.send(method, address)
            assert.ok(status < 500, `${method} ${address} by ${seat}: ${status}`)
            best.set(row, Math.min(best.get(row) ?? 999, status))
          }
        }
      }
    }
    assert.deepEqual(await digests_at_rest(), from)
    // Each row was reached, but for those whose time has not come.
    const before_the_count = ['/resultats/{code}', '/resultats/{code}/pieces/{piece}', '/reassort/securite/{jeton}']  // and no code de sécurité is asked here
    assert.deepEqual([...best].filter(([row, status]) => status >= 400 && !before_the_count.includes(row)), [])
  })

  it('of a mailed link by fifty scanners leaves it to its person', async () => {
    const from = await digests_at_rest()
    for (let i = 0; i < 50; i++) {
      // Some look at the address alone, some follow it with the cookie that it sets, as a browser would.
      const scanner = new Visitor(), headers = { 'User-Agent': agents[i % agents.length] }, method = i % 2 ? 'GET' : 'HEAD'
      const seen = await scanner.send(method, link.pathname + link.search, { headers })
      assert.equal(seen.status, 303)
      if (i % 3 > 0) assert.equal((await scanner.send(method, seen.headers.location, { headers })).status, 200)
    }
    assert.deepEqual(await digests_at_rest(), from)
    const human = new Visitor()
    await human.get(link.pathname + link.search)
    await human.get('/portail/lien.htm')
    const in_ = await human.submit('/portail/lien.htm')
    assert.equal(in_.headers.location, '/portail/mot-de-passe.htm')
  })

  it('would be caught if it changed anything', async () => {
    const from = digests()
    sql("UPDATE portail.voter SET corps = CONCAT(corps, ' ') ORDER BY id LIMIT 1")
    assert.notDeepEqual(digests(), from)
    sql('UPDATE portail.voter SET corps = TRIM(corps) ORDER BY id LIMIT 1')
    assert.deepEqual(digests(), from)
  })
})
