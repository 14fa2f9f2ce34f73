#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: opening, on an instance
// The opening minute of a whole ministry on a small machine: agents sign in, read and vote with ballots made beforehand, at a share of the
// nominal rates. First each act alone, for the processor time that the server's processes need for one; then the mix at growing shares, up
// to where answers no longer follow. Cores for the ministry = nominal rates × time of each act; the generator's own time is in none of it.
//   opening.mjs [--json FILE]        (./portail bench opening)
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { electors } from '../http/client.mjs'
import { Member, enter_vote, give_spaces, pause, prepare_ballots, side_by_side } from '../http/crowd.mjs'
import { cpu_now, cpu_since, processes, server_of } from './server_cpu.mjs'

// Per second, of 1.4 million electors: 60 who sign in, 250 ballots, 5,000 pages and parts of pages that a worker makes. Every ballot's
// booth has asked for the page, the parameters and, once for several scrutins, the envelope; the rest looks around.
const nominal = { sign_in: 60, ballot: 250, read: 5000 }
const reads = {
  espace: { share: 0.30, path: () => '/espace' },
  scrutins: { share: 0.20, path: () => '/scrutins' },
  scrutin: { share: 0.15, path: code => `/scrutins/${code}` },
  home: { share: 0.10, path: () => '/' },
  roll: { share: 0.05, path: code => `/listes-electorales/${code}` },
  vote: { share: 0.05, path: () => '/vote' },
  bulletin: { share: 0.06, path: code => `/vote/${code}/bulletin` },
  parameters: { share: 0.05, path: code => `/vote/${code}/parametres` },
  envelope: { share: 0.02, path: () => '/vote/enveloppe' },
  register: { share: 0.02, path: code => `/urne/${code}` }
}
// Shares of the ministry: 10,000 electors, then from 64,000 on by a quarter more; the third of those is 100,000.
const alone_seconds = 5, mix_seconds = 10, growth = 1.25
const shares = [1 / 140, ...Array.from({ length: 15 }, (_, i) => growth ** (i - 2) / 14)]
const json = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : null

// ---- Agents -------------------------------------------------------------------------------------------------------------------------

const people = await electors()
const readers_count = 60
await give_spaces(people)
const members = await side_by_side(people, 4, (person, i) => new Member(person, i).enter())
const places = await prepare_ballots(members)
for (const member of members) await enter_vote(member, places.find(place => place.member === member).code)
const kept = places.filter(({ member }) => members.indexOf(member) < readers_count)  // these do not vote: their booths can be asked for
const unused = places.filter(({ member }) => members.indexOf(member) >= readers_count)

let comers = 0, turn = 0
const acts = {
  async sign_in () {
    const i = comers++
    const answer = await new Member(people[i % people.length], 20_000 + i, { keeps: false }).sign_in(people[i % people.length])
    return answer.headers.location === '/connexion/attente' ? 'waits' : answer.status === 303 && answer.headers.location === '/espace'
  },
  async ballot () {
    const place = unused.pop()
    if (!place) throw new Error('the bench has too few ballots: PORTAIL_TEST_ELECTORS')
    return (await place.member.cast(place.code, place.ballots[0])).status === 200
  }
}
for (const [name, { path }] of Object.entries(reads)) {
  acts[`read_${name}`] = async () => {
    const { member, code } = kept[turn++ % kept.length]
    return (await member.get(path(code))).status === 200
  }
}
// One of many reads by its share, the same order each time.
const wheel = Object.entries(reads).flatMap(([name, { share }]) => Array(Math.round(share * 100)).fill(`read_${name}`)).sort((a, b) => (a.length * 7 + a.charCodeAt(5)) % 13 - (b.length * 7 + b.charCodeAt(5)) % 13)

// ---- Load -----------------------------------------------------------------------------------------------------------------------------

// rates: {act: per second}. Each starts when it is due, whether others have been answered or not.
async function drive (rates, seconds) {
  const before = cpu_now(), began = Date.now(), until = began + seconds * 1000
  const started = Object.fromEntries(Object.keys(rates).map(act => [act, 0])), good = { ...started }
  const running = new Set()
  let bad = 0, waits = 0, spun = 0
  while (Date.now() < until) {
    const passed = (Date.now() - began) / 1000
    for (const [act, rate] of Object.entries(rates)) {
      for (; started[act] < passed * rate; started[act]++) {
        const one = acts[act === 'read' ? wheel[spun++ % wheel.length] : act]().then(fine => { if (fine === 'waits') waits++; else if (fine) good[act]++; else bad++ }, () => { bad++ }).finally(() => running.delete(one))
        running.add(one)
      }
    }
    await pause(2)
  }
  const in_time = { ...good }  // what was answered while it was asked for
  await Promise.all(running)
  return { seconds: (Date.now() - began) / 1000, asked: seconds, started, good, in_time, bad, waits, used: cpu_since(before) }
}
const sum = object => Object.values(object).reduce((total, one) => total + one, 0)

// ---- Each act alone -------------------------------------------------------------------------------------------------------------------

// What the processes do when nobody asks, taken off each figure.
const idle_before = cpu_now()
await pause(5000)
const idle = cpu_since(idle_before)
// As busy as the ministry's eight cores would be: a process that sleeps between two requests needs more for each. The roll has its limit by elector.
const alone_rates = { sign_in: 15, ballot: 60, read_roll: 300 }, read_rate = 800
const raw = Number(execFileSync(join(process.env.PORTAIL_BUILD, 'bench', 'password-bench'), { encoding: 'utf8' }))
const costs = {}
for (const act of Object.keys(acts)) {
  const found = await drive({ [act]: alone_rates[act] ?? read_rate }, alone_seconds)
  if (found.bad > 0) throw new Error(`${act}: ${found.bad} bad answers`)
  costs[act] = Object.fromEntries(processes.map(name => [name, Math.max(0, found.used[name] - idle[name] * found.seconds / 5) * 1e6 / found.good[act]]))
}
const us = act => sum(costs[act])
const read_us = Object.entries(reads).reduce((total, [name, { share }]) => total + share * us(`read_${name}`), 0)
const cores = (nominal.sign_in * us('sign_in') + nominal.ballot * us('ballot') + nominal.read * read_us) / 1e6

// ---- The mix --------------------------------------------------------------------------------------------------------------------------

const steps = []
for (const share of shares) {
  const rates = Object.fromEntries(Object.entries(nominal).map(([act, rate]) => [act, rate * share]))
  if (rates.ballot * mix_seconds > unused.length) break
  const found = await drive(rates, mix_seconds)
  const asked = sum(rates) * mix_seconds
  steps.push({ share, follows: sum(found.in_time) / asked, bad: found.bad, waits: found.waits, server: server_of(found.used) / found.seconds, generator: found.used.generator / found.seconds })
  if (steps.at(-1).follows < 0.9) break
}
const knee = steps.filter(step => step.follows >= 0.97 && step.bad === 0).at(-1)
const hundred_thousand = steps.find(({ share }) => share === 1 / 14) ?? steps.at(-1)
const mix_ratio = (hundred_thousand.server - server_of(idle) / 5) / (cores * hundred_thousand.share)

// ---- Told -----------------------------------------------------------------------------------------------------------------------------

const model = readFileSync('/proc/cpuinfo', 'utf8').match(/^model name\s*: (.*)$/m)?.[1] ?? 'unknown'
console.log(`${model}, ${cpus().length} cores; 1/N of the ministry's rates, N = ${shares.slice(0, steps.length).map(share => (1 / share).toFixed(0)).join(', ')}`)
console.log(`one password alone: ${(raw / 1000).toFixed(1)} ms of processor`)
const columns = processes.filter(name => Object.values(costs).some(cost => cost[name] >= 10))
console.log(`  µs of processor      all  ${columns.map(name => name.padStart(10)).join('')}`)
for (const act of Object.keys(acts)) console.log(`  ${act.padEnd(16)} ${us(act).toFixed(0).padStart(7)}  ${columns.map(name => costs[act][name].toFixed(0).padStart(10)).join('')}`)
console.log(`  ${'read, as mixed'.padEnd(16)} ${read_us.toFixed(0).padStart(7)}`)
for (const { share, follows, bad, waits, server, generator } of steps) {
  console.log(`  mix at ${share.toFixed(3)} of nominal (${Math.round(share * 1.4e6 / 1000)},000 electors): ${(follows * 100).toFixed(1)} % answered in time, ${waits} sent to the line, ${bad} bad; server ${server.toFixed(2)} cores, generator ${generator.toFixed(2)}`)
}
console.log(`  the mix takes ${mix_ratio.toFixed(2)} of the sum of its acts`)
console.log(`  sign-in ${(us('sign_in') / raw).toFixed(2)} of a password alone; busy cores for the whole ministry ${cores.toFixed(1)}: sign-ins ${(nominal.sign_in * us('sign_in') / 1e6).toFixed(1)}, ballots ${(nominal.ballot * us('ballot') / 1e6).toFixed(1)}, reads ${(nominal.read * read_us / 1e6).toFixed(1)}`)
if (json) {
  const figures = { cores_whole_ministry: cores, knee_share_of_nominal: knee?.share ?? 0, mix_to_sum_of_acts: mix_ratio, raw_password_us: raw, sign_in_to_raw_password: us('sign_in') / raw, cpu_us_read_mixed: read_us }
  for (const act of Object.keys(acts)) figures[`cpu_us_${act}`] = us(act)
  for (const { share, server } of steps) figures[`server_cores_at_1_${(1 / share).toFixed(0)}`] = server
  writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
}
