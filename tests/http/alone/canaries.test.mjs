// SPDX-License-Identifier: AGPL-3.0-or-later
// Canaries: secrets typed into every field of every form, in the right place and in wrong ones, in addresses, cookies and headers. Then a thief
// reads all that any process wrote, in every writing he knows: none is there.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, ask, electors, inbox, instance, message, root, small_pdf } from '../client.mjs'
import { people_of } from '../places.mjs'

const words = new Map()  // canary → where it was typed
const note = (where, word) => { words.set(String(word), where); return word }
// Good as a password, as an answer, as a name: and not as an address. Some have letters that are percent-encoded.
const canary = where => note(where, `Canari${words.size}-é${randomBytes(9).toString('hex')}`)

// Text as a log, a query, a dump would write it. In base64 the three places where it may begin; what touches its neighbours is cut.
function writings (word) {
  const bytes = Buffer.from(word), percent = encodeURIComponent(word), hex = bytes.toString('hex')
  const base64 = [0, 1, 2].flatMap(at => {
    const shifted = Buffer.concat([Buffer.alloc(at), bytes]), from = at === 0 ? 0 : 4
    return ['base64', 'base64url'].map(kind => shifted.subarray(0, shifted.length - shifted.length % 3).toString(kind).slice(from))
  })
  return [word, bytes.toString('latin1'), percent, percent.toLowerCase(), encodeURIComponent(percent), hex, hex.toUpperCase(), JSON.stringify(word).slice(1, -1), word.toLowerCase(),
    [...word].map(c => c.charCodeAt(0) > 126 ? '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0') : c).join(''), ...base64]
}
const files_below = path => statSync(path).isDirectory() ? readdirSync(path).flatMap(name => files_below(join(path, name))) : statSync(path).isFile() ? [path] : []
// Everything that processes of the portal write but their database: the sink that plays the mail relay in tests tells whom it serves.
const written = () => ['log', 'log-files', 'run/.', 'tmp'].flatMap(folder => files_below(join(instance, folder))).filter(file => !file.endsWith('/inbox.log') && !file.endsWith('.sock'))
function found (secrets, files = written().map(file => ({ file, text: readFileSync(file, 'latin1') }))) {
  const all = [...secrets].flatMap(([word, where]) => [...new Set(writings(word))].filter(one => one.length >= 6).map(one => ({ where, one, latin: Buffer.from(one).toString('latin1') })))
  return files.flatMap(({ file, text }) => all.filter(({ one, latin }) => text.includes(one) || text.includes(latin)).map(({ where, one }) => `${file}: ${where}: ${one}`))
}

// The forms of a page, as a browser would send them: hidden fields as they are, a canary in every other.
function forms_of (page) {
  return [...page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].filter(([, head]) => /method="post"/.test(head) && /action="\//.test(head)).map(([, head, inside]) => {
    const action = head.match(/action="([^"]+)"/)[1], fields = {}
    for (const [, kind, attributes] of inside.matchAll(/<(input|textarea|select)\b([^>]*)>/g)) {
      const name = attributes.match(/\bname="([^"]+)"/)?.[1], value = attributes.match(/\bvalue="([^"]*)"/)?.[1] ?? ''
      if (name) fields[name] = kind === 'input' && /type="hidden"/.test(attributes) ? value : canary(`${action} ${name}`)
    }
    return { action, fields }
  })
}

describe('canaries', () => {
  const good = 'Canari-Bon-92', fresh = 'Canari-Neuf-57'

  before(async () => {
    const [person, second] = await people_of(import.meta.url)
    for (const one of [person, second]) {
      note('NUMEN', one.numen)
      note('birth date', one.naissance)
      note('code de vote', one.code)
      note('code de vote without dashes', one.code.replaceAll(/[^0-9A-Za-z]/g, ''))
    }
    note('password', good), note('new password', fresh), note('wrong password', 'Canari-Faux-58')

    // The activation, with a canary as the answer; the link's token; the session's identifiers.
    const member = new Visitor()
    const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
    await member.get('/portail/identification.htm')
    await member.submit('/portail/identification.htm', { adresse: person.adresse })
    const link = new URL((await message(person.adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
    note('token', link.searchParams.get('token'))
    await member.get(link.pathname + link.search)
    for (const [name, value] of member.cookies) note(`cookie ${name}`, value)
    await member.get('/portail/lien.htm')
    await member.submit('/portail/lien.htm')
    await member.get('/portail/mot-de-passe.htm')
    await member.submit('/portail/mot-de-passe.htm', { mot_de_passe: good, confirmation: good })
    await member.get('/portail/question-defi.htm')
    assert.equal((await member.submit('/portail/question-defi.htm', { question: '1', reponse: canary('answer') })).headers.location, '/espace')

    // Right and wrong at the door; a change; a demand with everything right, one with everything wrong.
    const guest = new Visitor()
    await guest.sign_in(person, 'Canari-Faux-58')
    assert.equal((await guest.sign_in(person, good)).headers.location, '/espace')
    await guest.get('/profil/mot-de-passe')
    assert.equal((await guest.submit('/profil/mot-de-passe', { actuel: good, mot_de_passe: fresh, confirmation: fresh })).headers.location, '/espace')
    await guest.get('/connexion/prolonger')
    for (const mot_de_passe of [note('wrong password to stay in', 'Canari-Reste-59'), fresh]) await guest.submit('/connexion/prolonger/mot-de-passe', { mot_de_passe })
    await guest.get('/reassort')
    for (const numen of [note('wrong NUMEN', '07e5642317XQK'), person.numen])
      await guest.submit('/reassort', { telephone: '06 39 98 00 57', numen, naissance: person.naissance, reponse: 'La Rochelle' })

    // Every form of every page, from both sides of the door, and the booth's requests with a code in them.
    const pages = ['/connexion', '/portail/identification.htm', '/portail/mot-de-passe-oublie.htm', '/portail/attente.htm', '/assistance', '/profil/mot-de-passe', '/reassort', '/reassort/gel', '/reclamations/nouvelle',
      '/mes-connexions', '/listes-electorales', '/vote', '/scrutins', '/aide', '/espace']
    let sent = 0
    for (const visitor of [new Visitor(), guest]) {
      for (const path of pages) {
        for (const { action, fields } of forms_of((await visitor.get(path)).body)) {
          if (action === '/deconnexion' || action.startsWith('/mes-connexions/')) continue
          await visitor.get(path)
          const { status } = await visitor.submit(action, { ...fields, csrf: visitor.csrf, form_key: visitor.form_key })
          assert.ok(status < 500, `${action}: ${status}`)
          sent++
        }
      }
    }
    assert.ok(sent >= 10, String(sent))
    await guest.get('/reclamations/nouvelle')
    const claim = (await guest.submit('/reclamations', { objet: 'profil', texte: 'Mon grade est faux.' })).headers.location
    await guest.get(claim)
    const file = { field: 'piece', name: `${canary('file name')}.pdf`, bytes: Buffer.concat([small_pdf, Buffer.from(canary('file'))]) }
    assert.equal((await guest.submit_file(`${claim}/pieces`, file)).status, 303)
    const [code] = await guest.open_scrutins()
    await guest.get(`/vote/${code}/bulletin`)
    for (const [path, field] of [['bulletin', 'ballot'], ['ouverture', 'reference'], ['preuve.pdf', 'preuve']])
      for (const value of [second.code, `{"code":"${second.code}","numen":"${second.numen}"}`, canary(path)]) await guest.submit(`/vote/${code}/${path}`, { [field]: value })
    await guest.get(`/urne/${code}`)
    await guest.submit(`/urne/${code}`, { reference: second.code })
    for (const [name, value] of guest.cookies) note(`cookie ${name}`, value)

    // In places where no field is: queries known and unknown, paths, cookies, headers, a body without a form.
    for (const address of ['/connexion?suite=', '/listes-electorales?nom=', `/listes-electorales/${code}?nom=`, '/aide?inconnu=', '/portail/lien.htm?x=', '/portail/creation-compte-etape2.htm?token=', '/reclamations/nouvelle?objet='])
      await guest.get(address + encodeURIComponent(canary(address)))
    for (const path of ['/', '/portail/', '/vote/', '/scrutins/', '/reclamations/', '/static/'])
      await ask('GET', path + encodeURIComponent(canary(path)))
    for (const header of ['Referer', 'User-Agent', 'Authorization', 'X-Forwarded-For', 'Origin', 'Sec-Fetch-Site'])
      await ask('GET', '/connexion', { [header]: encodeURIComponent(canary(header)) })
    for (const cookie of ['__Host-portail', '__Host-portail-file', '__Host-portail-lien', 'autre'])
      await ask('GET', '/connexion/attente', { Cookie: `${cookie}=${note(cookie, randomBytes(16).toString('hex'))}` })
    const raw = `{"password":"${canary('a body that is no form')}"}`
    await ask('POST', '/connexion', { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(raw) }, raw)

    // Tickets of the line, with passwords sealed in them: a crowd that does not fit.
    const crowd = Array.from({ length: 60 }, (_, i) => new Visitor(`127.9.${i}.1`))  // each of a network of its own: no spray
    await Promise.all(crowd.map(one => one.get('/connexion')))
    await Promise.all(crowd.map(one => one.submit('/connexion', { adresse: canary('address'), mot_de_passe: canary('password of the line'), suite: '' })))
    const tickets = crowd.map(one => one.cookies.get('__Host-portail-file')).filter(Boolean)
    assert.ok(tickets.length > 5, `${tickets.length} wait`)
    for (const ticket of tickets) note('ticket', ticket)
    for (const one of crowd) await one.get('/connexion/attente')
    await new Promise(resolve => setTimeout(resolve, 1000))
  })

  it('would be found in every writing', () => {
    const word = canary('the search itself')
    for (const text of writings(word)) assert.equal(found([[word, 'itself']], [{ file: 'x', text: `a${text}b` }]).length > 0, true, text)
    for (const at of [0, 1, 2]) assert.ok(found([[word, 'itself']], [{ file: 'x', text: Buffer.from('z'.repeat(at) + word + 'zzz').toString('base64') }]).length > 0, String(at))
    words.delete(word)
  })

  it('are in nothing that any process wrote', () => {
    const files = written()
    for (const name of ['nginx-access.log', 'nginx-error.log', 'account.log', 'activation.log', 'reassort.log', 'scrutins.log', 'vote.log', 'courrier.log', 'sceau.log', 'database.log'])
      assert.ok(files.some(file => file.endsWith('/' + name)), name)
    assert.ok(words.size > 100, String(words.size))
    assert.deepEqual(found(words), [])
  })

  it('nor are the passwords and codes of all the other tests', async () => {
    const others = new Map([['Bulletin-vert-92', 'password'], ['Urne-de-verre-57', 'password']])
    for (const { code, numen } of await electors()) others.set(code, 'code de vote').set(numen, 'NUMEN')
    assert.deepEqual(found(others), [])
  })

  it('and the database writes no statement anywhere', () => {
    const env = { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') }
    const said = execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', '-e', 'SELECT @@general_log, @@slow_query_log, @@log_bin'], { env }).toString().trim()
    assert.equal(said, '0\t0\t0')
  })
})
