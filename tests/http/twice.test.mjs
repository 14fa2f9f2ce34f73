// SPDX-License-Identifier: AGPL-3.0-or-later
// Every form sent twice: because the first answer was lost (the browser shows the identifier from before), late (it shows the one that the
// first answer brought), and by two clicks at once. Both answers are the same good page, and what the form does is done once. A POST
// without a line here fails the test.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, ask, form_in_parts, inbox, instance, message, root, small_pdf } from './client.mjs'
import { people_of } from './places.mjs'

const password = 'Bulletin-vert-92', fresh_password = 'Urne-de-verre-57'

let people
before(async () => { people = await people_of(import.meta.url) })
const next_person = () => people.shift() ?? assert.fail('the demonstration has too few electors')

// --- What a form may change, counted for one elector ---------------------------------------------------------------------------

const counted = {
  account: 'account WHERE voter_id = v', link: 'mail_token WHERE voter_id = v', spent: 'mail_token WHERE voter_id = v AND used_at IS NOT NULL',
  session: 'session WHERE voter_id = v', mail: 'outbox WHERE voter_id = v', assistance: 'assistance WHERE email = address',
  reclamation: 'reclamation WHERE voter_id = v', attachment: 'reclamation_attachment JOIN reclamation USING (number) WHERE voter_id = v', demand: 'reassort_request WHERE voter_id = v', vote: 'emargement WHERE voter_id = v'
}
function counts ({ adresse }) {
  const columns = Object.values(counted).map(what => `(SELECT COUNT(*) FROM ${what.replace('= v', '= voter.id').replace('= address', '= voter.email')})`)
  const sql = `SELECT ${columns.join(', ')} FROM voter WHERE email = '${adresse}'`
  const line = execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e', sql],
    { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } }).toString()
  return Object.fromEntries(line.trim().split('\t').map((count, i) => [Object.keys(counted)[i], Number(count)]))
}
const changes = (from, to) => Object.fromEntries(Object.keys(counted).map(name => [name, to[name] - from[name]]).filter(([, by]) => by !== 0))

// --- The way to each form ------------------------------------------------------------------------------------------------------

async function at (page, visitor = new Visitor()) {
  assert.equal((await visitor.get(page)).status, 200, page)
  return visitor
}
async function member (person) {
  const visitor = new Visitor()
  assert.equal((await visitor.activate(person)).headers.location, '/espace')
  return visitor
}
async function link (person, page) {
  const visitor = await at(page)
  const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
  await visitor.submit(page, { adresse: person.adresse })
  const address = new URL((await message(person.adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
  await visitor.get(address.pathname + address.search)
  return at('/portail/lien.htm', visitor)
}
async function past_link (person, page) {
  const visitor = await link(person, page)
  await visitor.submit('/portail/lien.htm')
  return at('/portail/mot-de-passe.htm', visitor)
}
async function with_another_connection (person) {
  const visitor = await member(person)
  await new Visitor().sign_in(person)
  return at('/mes-connexions', visitor)
}
async function connections (visitor) {
  const cards = (await visitor.get('/mes-connexions')).body.split('<li class="p-card">').slice(1)
  const reference = card => card.match(/name="connexion" value="([^"]+)"/)[1]
  return { own: reference(cards.find(card => card.includes('(cette connexion)'))), other: reference(cards.find(card => !card.includes('(cette connexion)'))) }
}
async function voter (person) {
  const visitor = await member(person)
  const [code] = await visitor.open_scrutins()
  const ballot = await visitor.make_ballot(code, person.code, 1)
  await visitor.get(`/vote/${code}/bulletin`)
  return { visitor, code, ballot }
}
const reference_of = ballot => createHash('sha256').update(ballot).digest('base64').replace('=', '')
const demand_of = person => ({ telephone: '06 39 98 00 ' + (10 + people.length % 90), numen: person.numen, naissance: person.naissance, reponse: 'La Rochelle' })

// --- The table: what was asked, how one comes there, the good answer, what is changed -------------------------------------------

const first_of_another_voter = {}
async function cast_ballot () {
  if (!first_of_another_voter.reference) {
    const { visitor, code, ballot } = await voter(next_person())
    assert.equal((await visitor.cast(code, ballot)).status, 200)
    Object.assign(first_of_another_voter, { visitor, code, reference: reference_of(ballot) })
    const known = async () => (await at(`/urne/${code}`, visitor)).submit(`/urne/${code}`, { reference: first_of_another_voter.reference })
    for (let tries = 0; tries < 120 && !/numéro|est dans l’urne/i.test((await known()).body); tries++) await new Promise(resolve => setTimeout(resolve, 500))
  }
  return first_of_another_voter
}

const rows = [
  { path: '/portail/identification.htm', good: '/portail/attente.htm', does: { link: 1, mail: 1 }, way: async person => ({ visitor: await at('/portail/identification.htm'), fields: { adresse: person.adresse } }) },
  { path: '/portail/mot-de-passe-oublie.htm', good: '/portail/attente.htm', does: { link: 1, mail: 1 }, way: async person => ({ visitor: await at('/portail/mot-de-passe-oublie.htm'), fields: { adresse: person.adresse } }) },
  {
    path: '/portail/attente.htm',
    good: '/portail/attente.htm',
    does: {},  // within the pause that the page tells
    way: async person => {
      const visitor = await at('/portail/identification.htm')
      await visitor.submit('/portail/identification.htm', { adresse: person.adresse })
      return { visitor: await at('/portail/attente.htm', visitor), fields: {} }
    }
  },
  { path: '/portail/lien.htm', good: '/portail/mot-de-passe.htm', does: { spent: 1 }, way: async person => ({ visitor: await link(person, '/portail/identification.htm'), fields: {} }) },
  { path: '/portail/mot-de-passe.htm', good: '/portail/question-defi.htm', does: { account: 1, session: 1, mail: 1 }, way: async person => ({ visitor: await past_link(person, '/portail/identification.htm'), fields: { mot_de_passe: password, confirmation: password } }) },
  {
    path: '/portail/mot-de-passe.htm',
    good: '/espace',
    does: { mail: 1 },  // the other connection is closed, this one is new
    way: async person => {
      await member(person)
      return { visitor: await past_link(person, '/portail/mot-de-passe-oublie.htm'), fields: { mot_de_passe: fresh_password, confirmation: fresh_password } }
    }
  },
  {
    path: '/portail/question-defi.htm',
    good: '/espace',
    does: {},  // the account is there with its password; the question enters its row
    way: async person => {
      const visitor = await past_link(person, '/portail/identification.htm')
      await visitor.submit('/portail/mot-de-passe.htm', { mot_de_passe: password, confirmation: password })
      return { visitor: await at('/portail/question-defi.htm', visitor), fields: { question: '1', reponse: 'La Rochelle' } }
    }
  },
  {
    path: '/connexion',
    good: '/scrutins',
    does: { session: 1 },
    way: async person => {
      await member(person)
      return { visitor: await at('/connexion?suite=/scrutins'), fields: { adresse: person.adresse, mot_de_passe: password, suite: '/scrutins' } }
    }
  },
  // Without a place in the line; with one it ends as /connexion does (line_tests.cpp).
  { path: '/connexion/attente', good: '/connexion', does: {}, way: async () => ({ visitor: await at('/connexion'), fields: {} }) },
  { path: '/connexion/prolonger', good: '/connexion/prolonger', does: {}, way: async person => ({ visitor: await at('/espace', await member(person)), fields: {} }) },
  { path: '/connexion/prolonger/mot-de-passe', good: '/connexion/prolonger', does: {}, way: async person => ({ visitor: await at('/connexion/prolonger', await member(person)), fields: { mot_de_passe: password } }) },
  { path: '/deconnexion', good: '/deconnexion', does: { session: -1 }, way: async person => ({ visitor: await at('/espace', await member(person)), fields: {} }) },
  { path: '/profil/mot-de-passe', good: '/espace', does: { mail: 1 }, way: async person => ({ visitor: await at('/profil/mot-de-passe', await member(person)), fields: { actuel: password, mot_de_passe: fresh_password, confirmation: fresh_password } }) },
  {
    path: '/mes-connexions/fermer',
    good: '/mes-connexions',
    does: { session: -1 },
    way: async person => {
      const visitor = await with_another_connection(person)
      return { visitor, fields: { connexion: (await connections(visitor)).other } }
    }
  },
  {
    path: '/mes-connexions/fermer',
    good: '/deconnexion',
    does: { session: -1 },
    way: async person => {
      const visitor = await with_another_connection(person)
      return { visitor, fields: { connexion: (await connections(visitor)).own } }
    }
  },
  { path: '/mes-connexions/fermer-les-autres', good: '/mes-connexions', does: { session: -1 }, way: async person => ({ visitor: await with_another_connection(person), fields: {} }) },
  { path: '/assistance', good: '/assistance/recue', does: { assistance: 1, mail: 1 }, way: async person => ({ visitor: await at('/assistance', await member(person)), fields: { academie: 'poitiers', adresse: person.adresse, objet: 'Essai', message: 'Bonjour.' } }) },
  { path: '/reassort/verification', does: {}, way: async person => ({ visitor: await at('/reassort', await member(person)), fields: { ...demand_of(person), etape: 'verifier' } }) },
  { path: '/reassort', good: '/reassort/envoi', does: { demand: 1, mail: 2 }, way: async person => ({ visitor: await at('/reassort', await member(person)), fields: demand_of(person) }) },
  // Where an election shows its new codes on screen, which this one does not.
  ...['/reassort/temporaire', '/reassort/renvoi', '/reassort/code'].map(path => ({ path, elsewhere: 'alone/screen.test.mjs' })),
  { path: '/reassort/gel', good: '/reassort/gel', leads_to: 403, does: { demand: 1 }, way: async person => ({ visitor: await at('/reassort/gel', await member(person)), fields: {} }) },
  // Of a member of the desk, with a code that serves once.
  ...['/bureau/code', '/bureau/enrolement', '/bureau/sortie', '/bureau/courriel', '/bureau/scrutins/{code}/emargements', '/bureau/scrutins/{code}/integrite', '/bureau/demandes/{number}/prise', '/bureau/demandes/{number}/reponse',
    '/bureau/relances', '/bureau/electeurs', '/bureau/electeurs/{ligne}/{quoi}', '/bureau/changements/{numero}/approbation', '/bureau/changements/{numero}/refus',
    ...['', '/profession', '/logo', '/retrait', '/depot'].map(end => '/bureau/candidatures/{numero}' + end)].map(path => ({ path, elsewhere: 'bureau.test.mjs' })),
  { path: '/bureau/electeurs/nouveau', elsewhere: 'alone/inscription.test.mjs' },
  { path: '/reclamations/nouvelle', does: {}, way: async person => ({ visitor: await at('/reclamations/nouvelle', await member(person)), fields: { objet: 'profil', texte: 'Mon grade est faux.', etape: 'verifier' } }) },
  { path: '/reclamations', good: /^\/reclamations\/R-/, does: { reclamation: 1, mail: 1 }, way: async person => ({ visitor: await at('/reclamations/nouvelle', await member(person)), fields: { objet: 'profil', texte: 'Mon grade est faux.' } }) },
  {
    path: '/reclamations/{number}/pieces',
    good: /^\/reclamations\/R-/,
    does: { attachment: 1 },
    way: async person => {
      const visitor = await at('/reclamations/nouvelle', await member(person))
      const { headers: { location } } = await visitor.submit('/reclamations', { objet: 'profil', texte: 'Mon grade est faux.' })
      return { visitor: await at(location, visitor), at: `${location}/pieces`, fields: {}, file: { field: 'piece', name: 'arrete.pdf', bytes: small_pdf } }
    }
  },
  { path: '/urne/{code}', does: {}, way: async () => { const { visitor, code, reference } = await cast_ballot(); return { visitor: await at(`/urne/${code}`, visitor), at: `/urne/${code}`, fields: { reference } } } },
  { path: '/urne/{code}/inscription', does: {}, way: async () => { const { visitor, code, reference } = await cast_ballot(); return { visitor: await at(`/urne/${code}`, visitor), at: `/urne/${code}/inscription`, fields: { reference } } } },
  { path: '/urne/{code}/cosignature', elsewhere: 'log.test.mjs' },  // a program's, without a form; the same cosignature twice is one
  { path: '/vote/{code}/bulletin', does: { vote: 1, mail: 1 }, way: async person => { const { visitor, code, ballot } = await voter(person); return { visitor, at: `/vote/${code}/bulletin`, fields: { ballot } } } },
  { path: '/vote/{code}/ouverture', does: {}, way: async person => { const { visitor, code, ballot } = await voter(person); return { visitor, at: `/vote/${code}/ouverture`, fields: { reference: reference_of(ballot) } } } },
  {
    path: '/vote/{code}/preuve.pdf',
    does: {},
    way: async person => {
      const { visitor, code, ballot } = await voter(person)
      const { receipt } = JSON.parse((await visitor.cast(code, ballot)).body)
      return { visitor, at: `/vote/${code}/preuve.pdf`, fields: { preuve: typeof receipt === 'string' ? receipt : JSON.stringify(receipt) } }
    }
  }
]

// --- Sending ---------------------------------------------------------------------------------------------------------------------

function with_cookies_of (answer, cookies) {
  const merged = new Map(cookies)
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
    if (value === '') merged.delete(name)
    else merged.set(name, value)
  }
  return merged
}
const cookie_line = cookies => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const heading = page => page.body.match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1].trim()

async function send_twice (row, how) {
  const person = next_person()
  const { visitor, fields, file, at: path = row.path } = await row.way(person)
  const from = counts(person)
  const old = new Map(visitor.cookies)
  const all = { csrf: visitor.csrf, form_key: visitor.form_key, ...fields }
  const send = cookies => {
    const { type, bytes } = file ? form_in_parts(all, file) : { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(all).toString()) }
    return ask('POST', path, { Cookie: cookie_line(cookies), 'Content-Type': type, 'Content-Length': bytes.length }, bytes)
  }
  let first, second, late = old
  if (how === 'at once') {
    [first, second] = await Promise.all([send(old), send(old)])
  } else {
    first = await send(old)
    if (how === 'late') late = with_cookies_of(first, old)
    second = await send(late)
  }
  for (const [answer, cookies] of [[first, old], [second, late]]) {
    const which = answer === first ? 'first' : 'second'
    assert.equal(answer.status, row.good ? 303 : 200, `${which}: ${answer.status} ${heading(answer) ?? answer.body.slice(0, 200)}`)
    if (row.good instanceof RegExp) assert.match(answer.headers.location, row.good, which)
    else assert.equal(answer.headers.location, row.good, which)
    assert.equal(answer.headers.location, first.headers.location, which)
    if (row.good) {
      const page = await ask('GET', answer.headers.location, { Cookie: cookie_line(with_cookies_of(answer, cookies)) })
      assert.equal(page.status, row.leads_to ?? 200, `the page after the ${which} answer: ${heading(page) ?? page.headers.location}`)
    }
  }
  if (!row.good && /html/.test(first.headers['content-type'])) assert.equal(heading(second), heading(first))
  else if (!row.good && /json/.test(first.headers['content-type'])) assert.equal(second.body, first.body)
  assert.deepEqual(changes(from, counts(person)), row.does)
}

describe('every form sent twice', () => {
  it('has a line for each POST of the six workers', () => {
    const posts = readdirSync(join(root, 'modules')).flatMap(module => {
      const file = join(root, 'modules', module, 'routes.cpp')
      let text = ''
      try { text = readFileSync(file, 'utf8') } catch { return [] }
      return [...text.matchAll(/\{\s*(?:Method::)?post,\s*"([^"]+)"/g)].map(([, path]) => path)
    })
    assert.ok(posts.length >= 20, String(posts.length))
    assert.deepEqual([...new Set(rows.map(row => row.path))].sort(), posts.sort())
  })
  for (const row of rows.filter(({ elsewhere }) => !elsewhere)) {
    for (const how of ['lost', 'late', 'at once']) it(`${row.path}${row.good ? ` to ${row.good}` : ''}, ${how}`, () => send_twice(row, how))
  }
})
