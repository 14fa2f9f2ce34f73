#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: overload, on an instance
// What a crowd before the door does to those who are in. Members read their pages at a steady rate; newcomers sign in, wait in the line when
// they must and come back when they are told to, as browsers do. Rounds alternate between members alone, members on a machine that has all of a
// crowd but its requests, the load at the knee (as many sign-ins as the door takes) and twenty times as many; figures are medians. Good answers: a
// member's page, and a newcomer who is in. What a busy machine with a crowd's connections does to a page by itself, its clocks, its hypervisor,
// its agents that read tables of processes and connections, is told beside the ratio that judges, which is to members alone.
//   overload.mjs [--json FILE]        (./portail bench overload)
import { execFileSync, fork, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Visitor, electors, portal } from '../http/client.mjs'
import { cpu_now, cpu_since, processes } from './server_cpu.mjs'
import { Wire, ask_by, body_of, headers_of, status_of } from './wire.mjs'

// The crowd of one round is let go before the next: the line waits 35 s for whoever was told to come back then.
const gone = Number(process.env.GONE ?? 40_000)
const seconds_shown = 0.2, whole = 20, rounds = Number(process.env.ROUNDS ?? 3), crowd_factor = 20
const json = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : null
const base = new URL(portal)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
const password = 'Bulletin-vert-92'

// People come one by one. This process, which has what the portal leaves of the processor, would after each wait send at once what fell due meanwhile,
// and nginx would answer the whole of it before a member's page: no more leave in a millisecond than three times what the largest crowd sends.
const sent_in_a_millisecond = 6, due = []
setInterval(() => { for (const go of due.splice(0, sent_in_a_millisecond)) go() }, 1).unref()
const its_moment = () => new Promise(resolve => due.push(resolve))

const address_of = number => `127.${1 + (number >> 14) % 250}.${(number >> 6) & 255}.${1 + (number & 63)}`
// A person comes from an address of his own network and keeps his connections, as browsers do, until nginx gives them up (30 s).
class Newcomer {
  constructor (person, number) {
    this.person = person
    this.from = address_of(number)
    this.cookies = new Map()
    this.wires = []
  }
  async send (method, path, fields) {
    const body = fields && new URLSearchParams({ csrf: this.csrf, form_key: '00', ...fields }).toString()
    const cookie = [...this.cookies].map(pair => pair.join('=')).join('; ')
    await its_moment()
    const text = await ask_by(this.wires, base, this.from, `${method} ${path} HTTP/1.1\r\nHost: ${base.host}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}` +
      (body === undefined ? '\r\n' : `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`))
    for (const line of headers_of(text, 'set-cookie')) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
      this.cookies.set(name, value)
    }
    const page = body_of(text), [location] = headers_of(text, 'location'), [retry_after = 10] = headers_of(text, 'retry-after'), [refresh = 5] = headers_of(text, 'refresh')
    this.csrf = page.match(/name="csrf" value="([^"]*)"/)?.[1] ?? this.csrf
    return { status: status_of(text), location, retry_after: parseFloat(retry_after), refresh: parseFloat(refresh), page }
  }
  // In at last, or `until` has come. Tells of every answer.
  async enter (until, tell) {
    let answer = await this.send('GET', '/connexion')
    tell('form', answer)
    while (answer.status === 503 && Date.now() < until) {
      await pause(answer.retry_after * 1000)
      answer = await this.send('GET', '/connexion')
      tell('form', answer)
    }
    if (answer.status !== 200) return false
    answer = await this.send('POST', '/connexion', { adresse: this.person.adresse, mot_de_passe: password, suite: '' })
    tell('door', answer)
    while (Date.now() < until) {
      if (answer.status === 303 && answer.location === '/espace') return true
      if (answer.status === 503) { await pause(10_000); answer = await this.send('GET', '/connexion/attente'); tell('line', answer); continue }
      if (answer.status === 303) { answer = await this.send('GET', answer.location); tell('line', answer); continue }
      if (answer.status !== 200) return false
      if (/action="\/connexion\/attente"/.test(answer.page)) {
        await pause(1000 + Math.random() * 2000)
        answer = await this.send('POST', '/connexion/attente', {})
        tell('door', answer)
      } else {
        await pause(answer.refresh * 1000)
        answer = await this.send('GET', '/connexion/attente')
        tell('line', answer)
      }
    }
    return false
  }
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
const people = (await electors()).slice(60, 120)

// Everybody has a space; some are in.
const members = []
for (const person of people) {
  const visitor = new Visitor()
  const opened = await visitor.activate(person, password)
  if (opened.headers.location !== '/espace') throw new Error(`the bench’s elector ${person.adresse} could not open a voter space`)
  if (members.length < 30) members.push({ cookie: visitor.cookie(), from: `127.0.1.${1 + members.length}` })
}

const probe_process = fork(fileURLToPath(new URL('members.mjs', import.meta.url)))
probe_process.on('message', told => { if (told.warning) console.log(told.warning) })
const members_read = (rate, seconds) => new Promise(resolve => {
  const listen = told => { if (told.ms) { probe_process.off('message', listen); resolve(told) } }
  probe_process.on('message', listen)
  probe_process.send({ members, rate, seconds })
})

// A crowd is on other machines: on this one it has what the portal's pages leave of the processor. At a priority that is only lower it would
// still keep a page waiting for the whole of its slice.
execFileSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(process.pid)])

let arrivals = 0, most_open = 0
const errors = {}  // of the generator's connections, by their name
// `rate`: newcomers a second; `reads`: members' pages a second. Over when the time is; those who wait then are left outside.
async function load (rate, reads, seconds = whole) {
  const seen = { in: 0, waited: 0, refused: 0, broken: 0 }, reading = members_read(reads, seconds)
  const until = Date.now() + seconds * 1000, running = new Set()
  const start = promise => { running.add(promise); promise.catch(error => { seen.broken++; errors[error.code ?? error.message] = (errors[error.code ?? error.message] ?? 0) + 1 }).finally(() => running.delete(promise)) }
  const tell = (where, answer) => {
    if (answer.status >= 500 && answer.status !== 503) seen.broken++
    if (answer.status === 503) seen.refused++
    if (where === 'line') seen.waited++
  }
  let came = 0
  const began = Date.now(), before = cpu_now()
  while (Date.now() < until) {
    const passed = (Date.now() - began) / 1000
    for (; came < passed * rate; came++) start(new Newcomer(people[arrivals % people.length], arrivals++).enter(until, tell).then(entered => { if (entered) seen.in++ }))
    await pause(1)  // one by one, as they come from many machines: five milliseconds of a crowd at once would be a burst that nginx works off while members wait
  }
  most_open = Math.max(most_open, Wire.open)
  const used = cpu_since(before)  // of the time that counts: the line goes on for as long as it believes that its people wait
  await Promise.all([...running].map(promise => promise.catch(() => {})))
  const pages = await reading
  return { good: (pages.good + seen.in) / seconds, in: seen.in / seconds, p50: at(pages.ms, 0.5), p99: at(pages.ms, 0.99), waited: seen.waited, refused: seen.refused, broken: seen.broken + pages.broken, arrived: came, used }
}

// Members alone on a machine that has the crowd's connections, which ask for a small file once and then stay for nginx's 30 s, and a loop for each
// thread that would hash (hash_threads of an instance), of the hashes' class.
async function without_requests (reads) {
  const asked = `GET /static/favicon.svg HTTP/1.1\r\nHost: ${base.host}\r\n\r\n`
  for (let opened = 0; opened < most_open; opened += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => ask_by([], base, address_of(opened + n), asked)))
    if (opened % 100 === 0) await pause(1)
  }
  const loops = Array.from({ length: Math.ceil(cpus().length / 2) }, () => spawn('chrt', ['--idle', '0', 'timeout', String(2 * whole), process.execPath, '-e', 'for (;;) {}'], { stdio: 'ignore' }))
  const stop = () => { for (const loop of loops) loop.kill() }
  process.on('exit', stop)
  try { return await load(0, reads) } finally { stop(); process.off('exit', stop) }
}

const reads = 150
// The knee: the most that come in a second and are in while others come.
let knee = Number(process.env.KNEE ?? 5)  // KNEE=40: known from a run before
for (const rate of process.env.KNEE ? [] : [10, 14, 20, 28, 40, 56, 80, 112]) {
  if ((await load(rate, reads, 10)).in < 0.9 * rate) break
  knee = rate
}
// Pages of a portal that has just started, and of one that no crowd has come to, are not those of one that serves: a whole round before any that counts.
await load(0, reads)
await load(knee, reads)
await load(knee * crowd_factor, reads)
const unloaded = [], busy = [], calm = [], crowded = []
for (let round = 0; round < rounds; round++) {
  await pause(gone)
  unloaded.push(await load(0, reads))
  busy.push(await without_requests(reads))
  await pause(gone)  // its connections are no load of the knee's
  calm.push(await load(knee, reads))
  await pause(gone)
  crowded.push(await load(knee * crowd_factor, reads))
}
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const of = (list, key) => median(list.map(one => one[key]))
const line = (name, one) => console.log(`  ${name.padEnd(26)} ${one.good.toFixed(0).padStart(5)} good/s   ${one.in.toFixed(1).padStart(5)} in/s   members' p50 ${one.p50.toFixed(1)} p99 ${one.p99.toFixed(1)} ms   came ${one.arrived}, waiting pages ${one.waited}, no room ${one.refused}, broken ${one.broken}\n${' '.repeat(28)} cores: ${[...processes, 'generator'].filter(name => one.used[name] > seconds_shown).map(name => `${name} ${(one.used[name] / whole).toFixed(2)}`).join(', ')}`)
console.log(`${reads} members' pages a second; sign-ins at the knee: ${knee.toFixed(1)}/s; rounds of ${whole} s`)
unloaded.forEach(one => line('no newcomer', one))
busy.forEach(one => line('all but its requests', one))
calm.forEach(one => line('at the knee', one))
crowded.forEach(one => line(`${crowd_factor} × the knee`, one))
const figures = {
  knee_sign_ins_per_second: knee,
  goodput_at_20x: of(crowded, 'good') / of(calm, 'good'),
  entries_at_20x: of(crowded, 'in') / of(calm, 'in'),
  admitted_p99_ratio: of(crowded, 'p99') / of(unloaded, 'p99'),
  admitted_p99_ratio_to_machine: of(crowded, 'p99') / of(busy, 'p99'),
  busy_p99_ratio_to_idle: of(busy, 'p99') / of(unloaded, 'p99'),
  admitted_p99_ratio_to_knee: of(crowded, 'p99') / of(calm, 'p99'),
  broken_answers: crowded.concat(calm).reduce((sum, one) => sum + one.broken, 0)
}
console.log(`  goodput_at_20x ${figures.goodput_at_20x.toFixed(2)} (at least 0.9), admitted_p99_ratio ${figures.admitted_p99_ratio.toFixed(2)} (under 2; to a machine with all but the crowd's requests ${figures.admitted_p99_ratio_to_machine.toFixed(2)}, which alone makes ${figures.busy_p99_ratio_to_idle.toFixed(2)}), broken ${figures.broken_answers}`)
probe_process.disconnect()
if (Object.keys(errors).length > 0) console.log('  connections that failed:', errors)
if (json) writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
process.exit()  // the last of the crowd keep their connections
