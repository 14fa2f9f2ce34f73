// SPDX-License-Identifier: AGPL-3.0-or-later
// The electors of the chaos suite: they vote through nginx without end, write down what each was answered, and read pages meanwhile. Every
// answer is judged: during any trouble an elector gets his page, a redirect, or 503 with our page and when to come back.
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import http from 'node:http'
import { read_receipt } from '../../modules/booth/receipt.js'
import { enter_vote, pause } from '../http/crowd.mjs'
import { portal } from '../http/client.mjs'
import { has_emargement, tracker_of } from './truth.mjs'

const base = new URL(portal)
const longest_ms = 40_000  // nginx gives up after thirty seconds

// {status, headers, body} or {error}; `leaves` is called when the whole request has gone out. One connection each: nothing is sent twice.
export function send (member, method, path, body, leaves = () => {}) {
  const headers = { Host: base.host, Cookie: member.cookie(), ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }) }
  return new Promise(resolve => {
    const started = Date.now()
    const end = what => resolve({ ...what, ms: Date.now() - started })
    const request = http.request({ agent: false, localAddress: member.from, host: '127.0.0.1', port: base.port, method, path, headers, timeout: longest_ms }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('error', error => end({ error: error.code ?? error.message }))
      answer.on('end', () => end({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }))
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', error => end({ error: error.code ?? error.message }))
    request.on('finish', leaves)
    request.end(body)
  })
}

// What an answer is to the elector. « restarting » is nginx's own page for a worker that ended with the request in its hands.
export function judge (answer) {
  if (answer.error) return 'no_answer'
  const has_word = /<h1>[^<]+<\/h1>/.test(answer.body) || /^\{"error":"[a-z_]+","message":"/.test(answer.body)
  const tells_when = Number(answer.headers['retry-after']) > 0
  switch (answer.status) {
    case 200: case 303: return 'good'
    case 400: case 403: case 404: case 409: return 'refused'
    case 503: return tells_when && has_word ? 'later' : 'bare_503'
    case 502: case 504: return tells_when && has_word ? `restarting_${answer.status}` : `bare_${answer.status}`
    default: return `status_${answer.status}`
  }
}

export class Load extends EventEmitter {
  counts = {}
  posts = { sent: 0, acknowledged: 0, unanswered: 0 }
  slowest_ms = 0
  strange = []  // answers that no trouble excuses

  // places: of prepare_ballots; each has its electors' ballots, and learns what was sent and acknowledged. random: () => [0, 1).
  constructor (places, receipts, random) {
    super()
    this.setMaxListeners(100)
    this.places = places
    this.receipts = receipts  // {code: {uuid, receipt_key}}
    this.random = random
    this.next = 0
    for (const place of places) Object.assign(place, { sent: new Set(), acknowledged: null, uncertain: false })
  }

  note (answer, path) {
    const kind = judge(answer)
    this.counts[kind] = (this.counts[kind] ?? 0) + 1
    this.slowest_ms = Math.max(this.slowest_ms, answer.ms)
    if (/^(status_|bare_)/.test(kind) || (kind === 'refused' && answer.status !== 409)) this.strange.push(`${path}: ${answer.status} ${answer.body.slice(0, 200)}`)
    return kind
  }

  take_counts () {
    const taken = { ...this.counts, slowest_ms: this.slowest_ms }
    this.counts = {}
    this.slowest_ms = 0
    return taken
  }

  async post (place, ballot) {
    const path = `/vote/${place.code}/bulletin`, body = new URLSearchParams({ csrf: place.member.csrf, ballot }).toString()
    place.sent.add(ballot)
    this.posts.sent++
    const answer = await send(place.member, 'POST', path, body, () => this.emit('leaves', place))
    const kind = this.note(answer, path)
    if (kind === 'good') this.acknowledge(place, ballot, answer)
    else if (kind !== 'refused') {
      this.posts.unanswered++
      place.uncertain = true
    }
    return answer
  }

  acknowledge (place, ballot, answer) {
    const { uuid, receipt_key } = this.receipts[place.code]
    assert.ok(read_receipt(JSON.parse(answer.body).receipt, { scrutin: uuid, tracker: tracker_of(ballot), receipt_key }), 'a receipt of this ballot')
    assert.ok(!place.acknowledged || place.acknowledged === ballot, `two ballots of one elector acknowledged in ${place.code}`)
    place.acknowledged = ballot
    this.posts.acknowledged++
  }

  // One elector's vote: as a rule once; some click twice at once, and who has two ballots tries to cast both.
  async vote (place) {
    const dice = this.random()
    if (place.ballots.length > 1 && dice < 0.5) return Promise.all(place.ballots.map(ballot => this.post(place, ballot)))
    if (dice < 0.1) return Promise.all([this.post(place, place.ballots[0]), this.post(place, place.ballots[0])])
    return this.post(place, place.ballots[0])
  }

  // Votes, `per_second` at most, until told to stop: of this part of the places the next, and once all have voted one whose elector asks for
  // his receipt again.
  start (per_second, part, voters, readers) {
    this.running = true
    const end = Math.min(this.places.length, this.next + Math.ceil(this.places.length * part))
    const vote = async () => {
      while (this.running) {
        const again = this.next >= end
        const place = this.places[again ? Math.floor(this.random() * end) : this.next++]
        const act = again ? this.post(place, place.acknowledged ?? place.ballots[0]) : this.vote(place)
        await Promise.all([act, pause(1000 * voters / per_second * (0.5 + this.random()))])
      }
    }
    const pages = ['/espace', '/scrutins', '/vote', '/resultats', '/reassort', '/portail/identification.htm', '/listes-electorales', '/profil']
    const read = async () => {
      while (this.running) {
        const { member } = this.places[Math.floor(this.random() * this.places.length)]
        const path = pages[Math.floor(this.random() * pages.length)]
        this.note(await send(member, 'GET', path), path)
        await pause(40 + this.random() * 80)
      }
    }
    this.walks = [...Array.from({ length: voters }, vote), ...Array.from({ length: readers }, read)]
  }

  async stop () {
    this.running = false
    await Promise.all(this.walks)
  }

  // Who got no answer does what people do: looks, votes again, or votes again otherwise; and must see the truth. {stored, not_stored}.
  async settle () {
    const seen = { stored: 0, not_stored: 0 }
    for (const place of this.places.filter(({ uncertain }) => uncertain)) {
      place.uncertain = false
      const stored = await has_emargement(place)
      seen[stored ? 'stored' : 'not_stored']++
      const dice = this.random()
      if (dice < 0.4) {
        const page = await send(place.member, 'GET', `/vote/${place.code}/accuse`)
        assert.equal(page.status, stored ? 200 : 303, `the page of ${place.code} after a vote that is ${stored ? '' : 'not '}stored`)
      }
      const known = place.acknowledged, other = place.ballots.at(-1)
      const ballot = dice > 0.8 || !place.ballots[0] ? other : known ?? place.ballots[0]
      const answer = await this.post(place, ballot)
      if (!stored) assert.equal(answer.status, 200, `a vote again, nothing stored: ${answer.error ?? answer.body}`)
      else assert.ok(answer.status === 200 || answer.status === 409, `a vote again, one stored: ${answer.error ?? answer.status}`)
      // Stored, and refused under this ballot: then it is the other one that was sent.
      if (answer.status === 409) for (const text of place.sent) if (!place.acknowledged) await this.post(place, text)
      assert.ok(place.acknowledged, 'in the end the elector has his receipt')
      place.uncertain = false
    }
    return seen
  }
}

export async function open_booths (places) {
  const members = new Map(places.map(place => [place.member, place.code]))
  for (const [member, code] of members) await enter_vote(member, code)
}
