// SPDX-License-Identifier: AGPL-3.0-or-later
// Who looks at the pages: visitors brought to each state by plain requests, and contexts of Chromium that continue as them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Visitor, inbox, instance, message, portal, root } from '../http/client.mjs'
import { enter_desk, line_of, name_member, open_list, stop_reassort } from '../http/desk.mjs'
import { office, sql } from '../browser/support.mjs'
import { people_of } from '../http/places.mjs'

const modules = ['account', 'activation', 'bureau', 'reassort', 'scrutins', 'vote']
// Every GET row of the six workers' route tables.
export const rows = modules.flatMap(module => [...readFileSync(join(root, 'modules', module, 'routes.cpp'), 'utf8').matchAll(/\{(?:Method::)?get,\s*"([^"]+)"/g)].map(([, path]) => path))

// Workers read the election again after a second at most.
async function take (query) {
  sql(query)
  await new Promise(resolve => setTimeout(resolve, 1500))
}
export const take_edition = edition => take(`UPDATE portail.election SET edition = '${edition}', data_version = data_version + 1`)

// The calendar as it was laid out, then moved so that `event` was a minute ago; or, `hours` given, is so many hours away.
let calendar
export function take_moment (event, hours = 0) {
  calendar ??= sql('SELECT event, at FROM portail.calendar').split('\n').map(line => line.split('\t'))
  const [, from] = calendar.find(([name]) => name === event)
  const moved = calendar.map(([name, at]) => `WHEN '${name}' THEN '${at}' + INTERVAL TIMESTAMPDIFF(SECOND, '${from}', UTC_TIMESTAMP()) - 60 + ${Math.round(hours * 3600)} SECOND`)
  return take(`UPDATE portail.calendar SET at = CASE event ${moved.join(' ')} END; UPDATE portail.election SET data_version = data_version + 1`)
}
export const take_calendar_back = () => take(`UPDATE portail.calendar SET at = CASE event ${calendar.map(([name, at]) => `WHEN '${name}' THEN '${at}'`).join(' ')} END`)

// The desk takes a complaint, answers it twice, and answers a request for help.
async function answer_requests (claim, help) {
  const file = join(instance, 'reponse.txt')
  writeFileSync(file, 'Votre grade est corrigé.\n\nIl paraîtra demain dans votre profil.\n')
  await office('claims', 'take', claim)
  await office('claims', 'refuse', claim, '--reponse', file)
  await office('claims', 'accept', claim, '--reponse', file, '--remplace')
  await office('assistance', 'answer', help, '--reponse', file)
}

// One who has voted, complained, asked for help and for a new code; one who has done nothing yet; one with a link to open, one who
// chooses his password, one who is asked the question défi, one who waits for his temporary code (2022), one who waits for his mail, one who was struck off; one at the desk and one at its door; nobody.
export async function take_seats () {
  const people = await people_of(import.meta.url)
  const busy = new Visitor(), idle = new Visitor(), linked = new Visitor(), guest = new Visitor(), half = new Visitor(), late = new Visitor(), waiting = new Visitor(), struck = new Visitor(), temporary = new Visitor()
  await busy.activate(people[0])
  await idle.activate(people[1])
  const [code] = await busy.open_scrutins()
  await busy.cast(code, await busy.make_ballot(code, people[0].code, 1))
  await busy.get('/reclamations/nouvelle')
  const number = (await busy.submit('/reclamations', { objet: 'profil', texte: 'Mon grade est faux.' })).headers.location.split('/').at(-1)
  await busy.get('/assistance')
  await busy.submit('/assistance', { academie: sql(`SELECT academie_code FROM portail.voter WHERE email = '${people[0].adresse}'`), adresse: people[0].adresse, objet: 'Notice', message: 'Je ne l’ai pas reçue.' })
  await answer_requests(number, (await busy.get('/assistance/recue')).body.match(/A-[A-Z0-9]{4}-[A-Z0-9]{4}/)[0])
  await struck.activate(people[5])
  sql(`UPDATE portail.voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'Mutation dans une autre académie' WHERE email = '${people[5].adresse}'`)
  await waiting.get('/portail/identification.htm')
  await waiting.submit('/portail/identification.htm', { adresse: people[7].adresse })
  await busy.get('/reassort')
  await busy.submit('/reassort', { telephone: '06 39 98 00 54', numen: people[0].numen, naissance: people[0].naissance })

  // One who sits at the desk, for a bureau and for an académie; one who is at its door.
  const desk = new Visitor(), door = new Visitor()
  await desk.activate(people[9])
  await door.activate(people[10])
  const bureau = sql(`SELECT bureau FROM portail.scrutin WHERE code = '${code}'`), academie = sql(`SELECT academie_code FROM portail.voter WHERE email = '${people[0].adresse}'`)
  const roles = [{ role: 'président', bureau }, { role: 'gestionnaire', academie }]
  open_list(people[9], 'Union d’essai')
  await enter_desk(desk, name_member(people[9], roles))
  name_member(people[10], roles)
  // Somebody has stopped his requests for a new code, and the desk proposes to open them again.
  const adresse = sql(`SELECT MAX(email) FROM portail.voter WHERE academie_code = '${academie}'`)
  stop_reassort({ adresse })
  const line = (await line_of(desk, { adresse })).split('/').at(-1)
  await desk.get(`/bureau/electeurs/${line}/reassort`)
  const change = (await desk.submit(`/bureau/electeurs/${line}/reassort`, { motif: 'Reconnu au guichet' })).headers.location.split('/').at(-1)

  async function ask_link (visitor, person) {
    const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
    await visitor.get('/portail/identification.htm')
    await visitor.submit('/portail/identification.htm', { adresse: person.adresse })
    return new URL((await message(person.adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
  }
  const link = await ask_link(linked, people[2])
  await linked.get(link.pathname + link.search)
  async function half_way (visitor, person) {
    const own = await ask_link(visitor, person)
    await visitor.get(own.pathname + own.search)
    await visitor.get('/portail/lien.htm')
    await visitor.submit('/portail/lien.htm')
    await visitor.get('/portail/mot-de-passe.htm')
  }
  await half_way(half, people[3])
  await take_edition('2022')  // asks the question défi
  await half_way(late, people[4])
  await late.submit('/portail/mot-de-passe.htm', { mot_de_passe: 'Bulletin-vert-92', confirmation: 'Bulletin-vert-92' })
  sql(`INSERT IGNORE INTO portail.list_delegate SELECT v.id, l.id FROM portail.voter v JOIN portail.candidate_list l ON l.position <= 2 WHERE v.email = '${people[0].adresse}'`)
  await temporary.activate(people[8], 'Bulletin-vert-92')
  await temporary.get('/reassort')
  await temporary.submit('/reassort/temporaire', { reponse: 'La Rochelle', numen: people[8].numen, naissance: people[8].naissance, destination: '06 39 98 00 58' })
  await take_edition('2026')
  return { seats: { guest, busy, idle, linked, half, late, waiting, struck, temporary, desk, door }, code, number, line, change, token: link.searchParams.get('token'), people }
}

// The roll as it was sealed: the office refuses to go on with another.
export const take_roll_back = () => sql('UPDATE portail.voter SET struck_off_at = NULL, struck_off_reason = ""')

// A context of Chromium that is this visitor.
export async function context_of (browser, visitor, options = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1280, height: 900 }, ...options })
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: portal.replace('http:', 'https:'), secure: true, httpOnly: true })))
  return context
}
