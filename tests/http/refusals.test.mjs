// SPDX-License-Identifier: AGPL-3.0-or-later
// Bad input through nginx: each gets a clear answer, and nothing is stored or lost.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, it } from 'node:test'
import net from 'node:net'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Visitor, ask, form_in_parts, instance, message, portal } from './client.mjs'
import { people_of } from './places.mjs'

let people
before(async () => { people = await people_of(import.meta.url) })

describe('the skeleton, through nginx', () => {
  it('answers 404, 405, 400, 411, 413 before any handler', async () => {
    assert.equal((await ask('GET', '/nulle-part')).status, 404)
    assert.equal((await ask('DELETE', '/connexion')).status, 405)
    assert.equal((await ask('GET', '/connexion?inconnu=1')).status, 400)
    assert.equal((await ask('GET', '/connexion?suite=%00')).status, 400)
    assert.equal((await ask('GET', '/connexion?suite=%ff')).status, 400)
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const long = 'adresse=' + 'a'.repeat(20_000)
    assert.equal((await ask('POST', '/connexion', { ...form, 'Content-Length': long.length }, long)).status, 413)
    const huge = 'a'.repeat(2_000_000)
    assert.equal((await ask('POST', '/connexion', { ...form, 'Content-Length': huge.length }, huge)).status, 413)
  })

  it('takes a large body where files go, and nowhere else', async () => {
    const send = (path, size) => {
      const { type, bytes } = form_in_parts({}, { field: 'piece', name: 'a.pdf', bytes: Buffer.alloc(size) })
      return ask('POST', path, { 'Content-Type': type, 'Content-Length': bytes.length }, bytes)
    }
    assert.equal((await send('/reclamations/R-AAAA-AAAA/pieces', 2_500_000)).headers.location, '/connexion')
    assert.equal((await send('/reclamations/R-AAAA-AAAA/pieces', 3_200_000)).status, 413)
    assert.equal((await send('/reclamations', 300_000)).status, 413)
    assert.equal((await send('/reclamations', 3_000)).status, 400)  // a form in parts is one, a file where none is expected is not
  })

  it('refuses a body that is cut short, with no side effect', async () => {
    const port = new URL(portal).port
    const answer = await new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.end('POST /assistance HTTP/1.1\r\nHost: localhost:' + port + '\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nadresse=a')
      })
      let text = ''
      socket.on('data', part => { text += part })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      setTimeout(() => socket.destroy(), 3000)
    })
    assert.ok(answer === '' || /^HTTP\/1.1 4\d\d/.test(answer), answer.slice(0, 80))
  })

  it('sends the security headers on pages, redirects, errors and files', async () => {
    for (const path of ['/', '/espace', '/nulle-part', '/static/portail.css', '/static/nulle-part.css', '/connexion?inconnu=1']) {
      const { headers } = await ask('GET', path)
      assert.match(headers['strict-transport-security'] ?? '', /max-age=31536000/, path)
      assert.match(headers['content-security-policy'] ?? '', /object-src 'none'/, path)
      assert.ok(!/unsafe/.test(headers['content-security-policy']), path)
      assert.equal(headers['x-content-type-options'], 'nosniff', path)
      assert.equal(headers['referrer-policy'], 'no-referrer', path)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
    }
  })

  it('does not serve another host name', async () => {
    const status = await ask('GET', '/', { Host: 'evil.example' }).then(answer => answer.status, () => 0)
    assert.ok(status === 0 || status === 421 || status === 404, String(status))
  })

  it('says its own errors in French, under a reference', async () => {
    for (const [status, path, sentence] of [[404, '/static/nulle-part.css', 'Cette page n’existe pas'], [414, '/' + 'a'.repeat(9000), 'L’adresse est trop longue'],
      [403, '/static/booth/', 'Cette adresse n’est pas ouverte']]) {
      const page = await ask('GET', path)
      assert.equal(page.status, status)
      assert.match(page.body, new RegExp(`<h1>${sentence}</h1>`))
      assert.match(page.body, /p-reference">[0-9a-f]{16}</)
      assert.equal(page.headers['cache-control'], 'no-store')
    }
  })

  it('wants the form token on every POST, also before sign-in', async () => {
    const visitor = new Visitor()
    await visitor.get('/portail/identification.htm')
    assert.equal((await visitor.submit('/portail/identification.htm', { adresse: people[2].adresse, csrf: 'x' })).status, 403)
  })
})

describe('addresses and links', () => {
  it('answers the same for a known, an unknown and an active address', async () => {
    const seen = []
    for (const adresse of [people[3].adresse, 'personne.inconnue@ac-poitiers.example']) {
      const visitor = new Visitor()
      await visitor.get('/portail/identification.htm')
      const posted = await visitor.submit('/portail/identification.htm', { adresse })
      const page = await visitor.get('/portail/attente.htm')
      seen.push([posted.status, posted.headers.location, page.status, page.body.replaceAll(adresse, '@').replace(/value="[^"]*"|[0-9a-f]{16}/g, '').replace(/\d+ h \d\d/g, '')])
    }
    assert.deepEqual(seen[0], seen[1])
  })

  it('keeps what was typed when the address is not one', async () => {
    const visitor = new Visitor()
    await visitor.get('/portail/identification.htm')
    const page = await visitor.submit('/portail/identification.htm', { adresse: 'dupont chez académie' })
    assert.match(page.body, /Erreur/)
    assert.match(page.body, /dupont chez académie/)
  })

  it('opens a link by the path of 2022, and with what a sentence puts after it', async () => {
    const asking = new Visitor()
    await asking.get('/portail/identification.htm')
    await asking.submit('/portail/identification.htm', { adresse: people[13].adresse })
    const link = new URL((await message(people[13].adresse, /token=/)).text.match(/https?:\/\/\S+/)[0])
    const token = link.searchParams.get('token')
    const lands = async path => {
      const visitor = new Visitor()
      const answer = await visitor.get(path)
      assert.equal(answer.headers.location, '/portail/lien.htm', path)
      return (await visitor.get('/portail/lien.htm')).body
    }
    const opens = async path => assert.match(await lands(path), /action="\/portail\/lien.htm"/, path)
    for (const end of ['', '.', '>', ')', '%3E', '%C2%BB', '"', ',', '&electeurId=1099584']) await opens(link.pathname + link.search + end)
    await opens(`/electionspro2022/portail/activationportail.htm?token=${token}&electeurId=1099584`)
    await opens(`/electionspro2022/portail/activationportail.htm?token=${token}.`)
    // The two links that the tutorials print: of elections that are over.
    for (const former of ['/portail/creation-compte-etape2.htm?token=5R4K2U9RPAM9PMWY', '/electionspro2022/portail/activationportail.htm?token=CmqUwT4Kbzieq5io6u&electeurId=1099584'])
      assert.match(await lands(former), /élection précédente/)
  })

  it('forgives what a sentence puts after an address, and leads nowhere else', async () => {
    for (const [path, meant] of [['/portail/identification.htm.', '/portail/identification.htm'], ['/electionspro2018%3E', '/electionspro2018'], ['/scrutins).', '/scrutins'], ['/aide%C2%BB', '/aide'], ['/aide/messagerie,', '/aide/messagerie']]) {
      const answer = await new Visitor().get(path)
      assert.deepEqual([answer.status, answer.headers.location], [303, meant], path)
    }
    assert.equal((await new Visitor().get('/electionspro2022/portail/identification.htm')).status, 200)
    for (const path of ['/rien', '//evil.example%3E', '/a%0d%0aSet-Cookie:x=1%3E']) assert.notEqual((await new Visitor().get(path)).status, 303, path)
  })

  it('lets only the newest link serve, survives mail scanners, and explains a spent or false one', async () => {
    const person = people[4]
    const visitor = new Visitor()
    const links = []
    const mails = []
    for (let i = 0; i < 2; i++) {
      await visitor.get('/portail/identification.htm')
      const asked = Date.now() - 1000
      await visitor.submit('/portail/identification.htm', { adresse: person.adresse })
      const mail = await message(person.adresse, /mot de passe/i, asked, mails)
      mails.push(mail.id)
      const link = new URL(mail.text.match(/https?:\/\/\S+/)[0])
      links.push(link.pathname + link.search)
    }
    assert.notEqual(links[0], links[1])
    for (let i = 0; i < 50; i++) assert.ok((await ask(i % 2 ? 'GET' : 'HEAD', links[1])).status < 400)
    const open = async (link, who = new Visitor()) => {
      let answer = await who.get(link)
      if (answer.status === 303) answer = await who.get(answer.headers.location)
      const form = /action="\/portail\/lien.htm"/.test(answer.body)
      return form ? who.submit('/portail/lien.htm') : answer
    }
    const older = await open(links[0])
    assert.ok(older.status !== 303 || !/mot-de-passe.htm/.test(older.headers.location))
    const newest = await open(links[1])
    assert.equal(newest.status, 303)
    assert.match(newest.headers.location, /mot-de-passe.htm/)
    const again = await open(links[1])
    assert.notEqual(again.headers.location, newest.headers.location)
    assert.equal((await open('/portail/creation-compte-etape2.htm?token=AAAAAAAAAAAAAAAAAAAAAA')).status === 303, false)
  })
})

describe('passwords', () => {
  it('understands a link that a mail program has mangled, and no log holds its token', async () => {
    const token = 'Q0dEhJ7c_mangled-token'
    assert.equal(token.length, 22)
    const page = '/portail/creation-compte-etape2.htm'
    for (const address of [`${page}?token=${token}`, `${page}%3Ftoken=${token}`, `${page}%253Ftoken%253D${token}`, `${page}&token=${token}`, `${page};token=${token}`,
      `${page}?electeurId=1&amp;token=${token}`, `${page}?token%3D${token}`, `${page}?token=3D${token}`, `${page}?TOKEN=${token}`, `${page}?token=${token}&utm_source=mail`,
      `${page}?token=${token}%20`, `${page}?token=${token}>`]) {
      const visitor = new Visitor()
      const answer = await visitor.get(address)
      assert.equal(answer.headers.location, '/portail/lien.htm', address)
      assert.equal([...visitor.cookies.values()].filter(value => value === 'a' + token).length, 1, address)
    }
    for (const address of [`${page}/${token}`, `${page}?jeton=${token}`]) {
      const visitor = new Visitor()
      assert.equal((await visitor.get(address)).headers.location, '/portail/lien.htm', address)
      assert.match((await visitor.get('/portail/lien.htm')).body, /Ce lien ne peut plus servir/)
    }
    await ask('GET', `/aide?token=${token}`)
    await ask('GET', `/listes-electorales?nom=${token}`)
    await new Promise(resolve => setTimeout(resolve, 500))
    const folder = join(instance, 'log')
    const logs = readdirSync(folder)
    assert.ok(logs.some(name => name.includes('nginx')), logs.join(' '))
    for (const name of logs) assert.ok(!readFileSync(join(folder, name)).includes(token), name)
  })

  it('says the same for a wrong password and an unknown address', async () => {
    const person = people[5]
    assert.equal((await new Visitor().activate(person)).headers.location, '/espace')
    const said = []
    for (const [adresse, mot_de_passe] of [[person.adresse, 'Mauvais-code-1'], ['personne.inconnue@ac-poitiers.example', 'Mauvais-code-1']]) {
      const visitor = new Visitor()
      await visitor.get('/connexion')
      const page = await visitor.submit('/connexion', { adresse, mot_de_passe })
      said.push([page.status, page.body.replaceAll(adresse, '@').replace(/value="[^"]*"|[0-9a-f]{16}/g, '')])
    }
    assert.deepEqual(said[0], said[1])
    const right = new Visitor()
    assert.equal((await right.sign_in(person)).headers.location, '/espace')
  })
})

describe('ballots', () => {
  const voter = new Visitor()
  let person, codes
  before(async () => {
    person = people[6]
    await voter.activate(person)
    codes = await voter.open_scrutins()
    assert.ok(codes.length >= 2)
  })
  const count = async code => {
    const page = await voter.get('/vote')
    return page.body.includes(`/vote/${code}/accuse`)
  }

  it('refuses a ballot altered by one byte, another scrutin’s, a foreign one: nothing is stored', async () => {
    const [code, other] = codes
    const ballot = await voter.make_ballot(code, person.code, 1)
    await voter.get(`/vote/${code}/bulletin`)
    for (const at of [20, Math.floor(ballot.length / 2), ballot.length - 30]) {
      const c = ballot[at] === '1' ? '2' : '1'
      const answer = await voter.cast(code, ballot.slice(0, at) + c + ballot.slice(at + 1))
      assert.equal(answer.status, 400, answer.body)
      assert.ok(JSON.parse(answer.body).message.length > 10)
    }
    assert.equal((await voter.cast(code, ballot + ' ')).status, 400)
    assert.ok([400, 403].includes((await voter.cast(other, ballot)).status))
    const stranger = new Visitor()
    await stranger.activate(people[7])
    await stranger.get('/vote')
    const foreign = await stranger.cast(code, ballot)
    assert.ok([403, 404].includes(foreign.status), String(foreign.status))
    assert.equal(await count(code), false)
  })

  it('opens nothing with a wrong code', async () => {
    assert.equal(await voter.make_ballot(codes[0], people[8].code, 1), null)
  })

  it('never takes a ballot that was opened, posted by hand with the session of its elector, nor opens one that is cast', async () => {
    const [code] = codes
    const reference = ballot => createHash('sha256').update(ballot).digest('base64').replace('=', '')
    const open = (who, ballot) => who.submit(`/vote/${code}/ouverture`, { reference: reference(ballot) })
    const ballot = await voter.make_ballot(code, person.code, 1)
    await voter.get(`/vote/${code}/bulletin`)
    const noted = await open(voter, ballot)
    assert.equal(noted.status, 200, noted.body)
    assert.deepEqual(JSON.parse(noted.body), { opened: reference(ballot) })
    // Two at once, and again.
    const answers = [...await Promise.all([voter.cast(code, ballot), voter.cast(code, ballot)]), await voter.cast(code, ballot)]
    for (const answer of answers) {
      assert.equal(answer.status, 410, answer.body)
      assert.equal(JSON.parse(answer.body).error, 'opened')
    }
    assert.equal(await count(code), false)

    const another = people[11]
    const second = new Visitor()
    await second.activate(another)
    const cast = await second.make_ballot(code, another.code, 1)
    await second.get(`/vote/${code}/bulletin`)
    // One of them succeeds, whichever comes first.
    const [opened, stored] = await Promise.all([open(second, cast), second.cast(code, cast)])
    assert.ok((opened.status === 200 && stored.status === 410) || (opened.status === 409 && stored.status === 200), `${opened.status} ${stored.status}`)
    assert.equal((await open(second, cast)).status, opened.status)
    await voter.get(`/vote/${code}/bulletin`)
    if (stored.status === 200) assert.equal(JSON.parse((await open(voter, cast)).body).error, 'cast')
    assert.equal((await voter.submit(`/vote/${code}/ouverture`, { reference: 'bonjour' })).status, 400)
    assert.equal((await new Visitor().submit(`/vote/${code}/ouverture`, { reference: reference(ballot) })).status, 403)
  })

  it('gives the same receipt for the same ballot, and refuses a second vote', async () => {
    const [code] = codes
    const ballot = await voter.make_ballot(code, person.code, 1)
    const first = await voter.cast(code, ballot)
    assert.equal(first.status, 200, first.body)
    const again = await voter.cast(code, ballot)
    assert.equal(again.status, 200)
    assert.equal(again.body, first.body)
    const second = await voter.make_ballot(code, person.code, 2).catch(() => null)
    if (second) assert.equal((await voter.cast(code, second)).status, 409)
    assert.equal(await count(code), true)
  })

  it('gives a new session identifier at the entry, and loses no form opened before', async () => {
    const name = '__Host-portail'
    const newcomer = new Visitor()
    await newcomer.sign_in(person)
    const first = newcomer.cookies.get(name)
    await newcomer.get('/espace')
    const form = newcomer.csrf
    await newcomer.get(`/vote/${codes[1]}/bulletin`)
    const fresh = newcomer.cookies.get(name)
    assert.notEqual(fresh, first)
    assert.equal((await newcomer.submit('/mes-connexions/fermer', { connexion: '0'.repeat(16), csrf: form })).status, 303)
    const in_flight = new Visitor()
    in_flight.cookies.set(name, first)
    assert.equal((await in_flight.get('/espace')).status, 200)
    await newcomer.get(`/vote/${codes[1]}/bulletin`)
    assert.equal(newcomer.cookies.get(name), fresh)
  })

  it('wants a signed-in elector', async () => {
    const nobody = new Visitor()
    await nobody.get('/connexion')
    assert.equal((await nobody.cast(codes[1], '{}')).status, 403)
    assert.equal((await nobody.get('/vote/enveloppe')).status, 403)
  })
})

describe('a new code', () => {
  it('asks the question défi chosen at the opening of the space, and does not say which answer was wrong', async () => {
    const person = people[9]
    const visitor = new Visitor()
    await visitor.activate(person)  // question 1, « La Rochelle »
    assert.match((await visitor.get('/reassort')).body, /première école/)
    const demand = { telephone: '06 39 98 00 49', numen: person.numen, naissance: person.naissance }
    assert.equal((await visitor.submit('/reassort', demand)).status, 400)
    const wrong = []
    for (const changed of [{ reponse: 'Niort' }, { reponse: 'la rochelle', numen: people[8].numen }]) {
      await visitor.get('/reassort')
      const page = await visitor.submit('/reassort', { ...demand, ...changed })
      assert.equal(page.status, 400)
      wrong.push(page.body.match(/Le NUMEN, la date de naissance ou la réponse secrète[^<]*/)[0])
    }
    assert.equal(wrong[0], wrong[1])
    await visitor.get('/reassort')
    const sent = await visitor.submit('/reassort', { ...demand, reponse: ' LA  ROCHELLE' })
    assert.equal(sent.headers.location, '/reassort/envoi')
  })
})
