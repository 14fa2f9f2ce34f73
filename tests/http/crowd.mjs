// SPDX-License-Identifier: AGPL-3.0-or-later
// Many electors at once, for the chaos suite and the benches: voter spaces for all of them, sessions that the portal opened, and real ballots
// made beforehand by the booth's modules. The instance is the one of client.mjs, and its database is read as its owner.
import { execFile } from 'node:child_process'
import http from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Visitor, instance, root } from './client.mjs'

export const password = 'Bulletin-vert-92'
export const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

// Rows of a statement, each a list of texts.
export function sql (text) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') }
    const client = execFile(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', '-B', 'portail'], { env, maxBuffer: 1 << 28 },
      (error, said) => error ? reject(error) : resolve(said.split('\n').filter(line => line !== '').map(line => line.split('\t'))))
    client.stdin.on('error', () => {})  // a client that cannot connect reads nothing: its exit code tells
    client.stdin.end(text)
  })
}

// Runs `act` on each, `at_once` of them at a time; results in order.
export async function side_by_side (items, at_once, act) {
  const results = []
  let next = 0
  const walk = async () => { while (next < items.length) { const i = next++; results[i] = await act(items[i], i) } }
  await Promise.all(Array.from({ length: at_once }, walk))
  return results
}

// A voter space for each: the first goes the whole way by mail, the others get a copy of his row, password and all.
export async function give_spaces (people) {
  const opened = await new Visitor().activate(people[0], password)
  if (opened.headers.location !== '/espace') throw new Error(`${people[0].adresse} could not open a voter space`)
  const quoted = people.map(person => `'${person.adresse}'`).join(',')
  await sql(`INSERT IGNORE INTO account (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at)
    SELECT v.id, a.password_hash, a.defi_question, a.defi_answer_hash, a.activated_at, a.password_changed_at
    FROM account a JOIN voter f ON f.id = a.voter_id JOIN voter v ON v.email IN (${quoted}) WHERE f.email = '${people[0].adresse}'`)
}

// An elector with an address of his own, sixty-three to a network, and connections that he keeps, as browsers do.
export class Member extends Visitor {
  constructor (person, number, { keeps = true } = {}) {
    super(`127.${1 + (number >> 14) % 250}.${(number >> 6) & 255}.${1 + (number & 63)}`)
    this.person = person
    // Given up before nginx does it (30 s): a request on a connection that is being closed would be lost.
    if (keeps) this.agent = new http.Agent({ keepAlive: true, maxSockets: 4, timeout: 15_000 })
  }

  // Signed in, as often as the line or the limits send him away.
  async enter () {
    for (let tries = 0; tries < 60; tries++) {
      const answer = await this.sign_in(this.person, password)
      if (answer.status === 303 && !/connexion/.test(answer.headers.location)) return this
      await pause(1000)
    }
    throw new Error(`${this.person.adresse} does not come in`)
  }
}

const cores = 2

// [{member, code, ballots: [text, …], votes: [[0 or 1, …], …]}] of each member and each scrutin where he may vote now, or of those `wanted_codes`;
// `votes(i)`: how many different ballots the i-th of them gets.
export async function prepare_ballots (members, votes = () => 1, wanted_codes = null) {
  const places = (await side_by_side(members, 4, async member => {
    const codes = (await member.open_scrutins()).filter(code => wanted_codes?.includes(code) ?? true)
    const envelope = JSON.parse((await member.get('/vote/enveloppe')).body)
    return codes.map(code => ({ member, code, envelope, ballots: [], votes: [] }))
  })).flat()
  const records = {}
  for (const code of new Set(places.map(place => place.code))) records[code] = (await members[0].get(`/urne/${code}/election.json`)).body
  const wanted = places.flatMap((place, i) => Array.from({ length: votes(i) }, (_, choice) => ({ place, choice })))
  const makers = Array.from({ length: cores }, () => new Worker(new URL('./ballot_maker.mjs', import.meta.url), { workerData: { records } }))
  let next = 0
  await Promise.all(makers.map(maker => new Promise((resolve, reject) => {
    const give = () => {
      if (next === wanted.length) return resolve(maker.terminate())
      const number = next++, { place, choice } = wanted[number]
      maker.postMessage({ number, code: place.code, envelope: place.envelope, voting_code: place.member.person.code, choice: choice + number })
    }
    maker.on('error', reject)
    maker.on('message', ({ number, ballot, vote }) => {
      if (!ballot) return reject(new Error(`the code of ${wanted[number].place.member.person.adresse} does not open his envelope`))
      wanted[number].place.ballots.push(ballot)
      wanted[number].place.votes.push(vote)
      give()
    })
    give()
  })))
  return places
}

// The token for forms of the ballot's page; the session's new name comes with it.
export async function enter_vote (member, code) {
  const page = await member.get(`/vote/${code}/bulletin`)
  if (page.status !== 200) throw new Error(`the ballot page of ${code} answers ${page.status}`)
}
