#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: vote, on an instance
// Ballots cast through nginx against what nobody can spare of a vote: the check of one ballot and one transaction with its three rows
// (cast_bound_bench.cpp), by as many connections, on the same cores and the same database server, in rounds that alternate. The ballots were
// made beforehand. How long one cast takes: at half the rate found, each sent when it is due. The generator shares the cores; its part is told.
//   casts.mjs [--json FILE]        (./portail bench vote)
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { electors, form_in_parts, instance, portal } from '../http/client.mjs'
import { Member, enter_vote, give_spaces, pause, prepare_ballots, side_by_side, sql } from '../http/crowd.mjs'
import { cpu_now, cpu_since, server_of } from './server_cpu.mjs'
import { Wire, status_of } from './wire.mjs'

const at_once = 16, rounds = 5, casts = 350, warm = 400, calm_seconds = 6, calm_most = 500
const json = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : null
const base = new URL(portal)
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]

const folder = mkdtempSync(join(tmpdir(), 'portail-casts-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))

// ---- Ballots ----------------------------------------------------------------------------------------------------------------------------

const people = await electors()
await give_spaces(people)
const members = await side_by_side(people, 4, (person, i) => new Member(person, i).enter())
const places = await prepare_ballots(members)
for (const member of members) await enter_vote(member, places.find(place => place.member === member).code)
// As every booth does before it makes a ballot; the session's new name is known to be received then.
await side_by_side(places, 8, async ({ member, code }) => { if ((await member.get(`/vote/${code}/parametres`)).status !== 200) throw new Error('no parameters') })
// Neighbours are of different electors, as in a crowd.
const turn = new Map()
for (const place of places) {
  place.turn = turn.get(place.member) ?? 0
  turn.set(place.member, place.turn + 1)
}
const unused = places.sort((a, b) => a.turn - b.turn)
const codes = [...new Set(places.map(place => place.code))]
const records = await Promise.all(codes.map(async code => (await members[0].get(`/urne/${code}/election.json`)).body))
const needed = warm + rounds * casts + calm_most
if (unused.length < needed) throw new Error(`the bench needs ${needed} ballots and has ${unused.length}: PORTAIL_TEST_ELECTORS`)
// The same ballots for the bound: each kind of election as often as in the casts.
const given = join(folder, 'ballots.json')
writeFileSync(given, JSON.stringify({ elections: records, ballots: unused.slice(warm, warm + casts).map(({ code, ballots }) => [codes.indexOf(code), ballots[0]]) }))
for (const { member } of places) member.agent?.destroy()

// ---- One request after the other on a kept connection ------------------------------------------------------------------------------------

const wire_of = number => new Wire(base, `127.3.${number & 255}.${1 + (number >> 8)}`)
const request_of = ({ member, code, ballots }) => {
  const { type, bytes } = form_in_parts({ csrf: member.csrf, ballot: ballots[0] })
  return Buffer.concat([Buffer.from(`POST /vote/${code}/bulletin HTTP/1.1\r\nHost: ${base.host}\r\nCookie: ${member.cookie()}\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes])
}

const ms_of = []
async function cast (wire, bytes) {
  const began = process.hrtime.bigint()
  const status = status_of(await wire.send(bytes))
  ms_of.push(Number(process.hrtime.bigint() - began) / 1e6)
  if (status !== 200) throw new Error(`a good ballot is answered ${status}`)
}

// As many as are asked for, `at_once` all the time, sent by a program that costs half of what this one would (cast_crowd_bench.cpp).
const bench_of = name => join(process.env.PORTAIL_BUILD, 'bench', name)
const requests_file = join(folder, 'requests.json')
async function cast_all (count) {
  writeFileSync(requests_file, JSON.stringify(unused.splice(0, count).map(place => request_of(place).toString())))
  const before = cpu_now()
  const { stdout } = await promisify(execFile)(bench_of('cast-crowd-bench'), [requests_file, base.port, String(at_once)])
  const used = cpu_since(before), { seconds, ms, client_us } = JSON.parse(stdout)
  return { rate: count / seconds, p50: quantile(ms, 0.5), p99: quantile(ms, 0.99), used: { ...used, generator: client_us * count / 1e6 }, count, generator: client_us * count / 1e6 / seconds }
}

// ---- The bound --------------------------------------------------------------------------------------------------------------------------

// Tables that grow from nothing are another thing than those that a vote meets: some thousand rows are written before anything counts.
const room = 10_000
let passes = 0
async function bound (mode) {
  const before = cpu_now()
  const { stdout } = await promisify(execFile)(bench_of('cast-bound-bench'), [mode, given, join(instance, 'run', 'db.sock'), 'bench_bound', String(at_once), String(1 + room * passes++)])
  const used = cpu_since(before), told = JSON.parse(stdout)
  return { ...told, us: told.client_us + used.database * 1e6 / casts }
}
await sql('DROP DATABASE IF EXISTS bench_bound; CREATE DATABASE bench_bound CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE TABLE bench_bound.emargement LIKE portail.emargement; CREATE TABLE bench_bound.inbox LIKE urne.inbox; CREATE TABLE bench_bound.outbox LIKE portail.outbox')
for (let i = 0; i < 4; i++) await bound('write')

// ---- Rounds -----------------------------------------------------------------------------------------------------------------------------

await cast_all(warm)
// What the server still tidies up of sign-ins and of votes is not of these casts: it is left alone until it rests.
for (let tries = 0; tries < 20; tries++) {
  const before = cpu_now()
  await pause(1000)
  if (cpu_since(before).database < 0.03) break
}
const bounds = [], through = []
for (let round = 0; round < rounds; round++) {
  bounds.push(await bound('both'))
  through.push(await cast_all(casts))
}
const check = await bound('check'), write = await bound('write')
await sql('DROP DATABASE bench_bound')
const of = (list, key) => median(list.map(one => one[key]))
const rate = of(through, 'rate')

// Each when it is due, on a free connection or a new one.
const calm_rate = Math.min(rate / 2, calm_most / calm_seconds), free = []
let started = 0, wires_made = 0
const running = new Set(), calm = unused.splice(0, Math.floor(calm_rate * calm_seconds)).map(request_of)
ms_of.length = 0
const began = Date.now()
while (started < calm.length) {
  for (; started < calm.length && started < (Date.now() - began) / 1000 * calm_rate; started++) {
    let wire = free.pop()
    while (wire?.closed) wire = free.pop()
    wire ??= wire_of(20 + wires_made++)
    const one = cast(wire, calm[started]).then(() => free.push(wire)).finally(() => running.delete(one))
    running.add(one)
  }
  await pause(1)
}
await Promise.all(running)
free.forEach(wire => wire.end())
const p50 = quantile(ms_of, 0.5), p99 = quantile(ms_of, 0.99)

const us = name => median(through.map(one => (name === 'server' ? server_of(one.used) : one.used[name]) * 1e6 / one.count))
const figures = {
  // Of neighbours in time: an hour, or the next second, may be slower for both.
  casts_vs_bound: median(through.map((one, i) => one.rate / bounds[i].per_second)),
  casts_cpu_vs_bound: of(bounds, 'us') / us('server'),
  casts_per_second: rate,
  casts_bound_per_second: of(bounds, 'per_second'),
  casts_generator_cores: of(through, 'generator'),
  casts_server_us: us('server'),
  casts_bound_us: of(bounds, 'us'),
  casts_check_us: check.client_us,
  casts_full_p50_ms: of(through, 'p50'),
  casts_full_p99_ms: of(through, 'p99'),
  casts_p50_ms: p50,
  casts_p99_ms: p99
}
console.log(`${cpus()[0].model}, ${cpus().length} cores; ${rounds} alternating rounds of ${casts} ballots, ${at_once} at once; medians`)
for (const [i, one] of through.entries()) console.log(`  round ${i + 1}: ${one.rate.toFixed(0)} casts/s; bound ${bounds[i].per_second.toFixed(0)}`)
console.log(`  checks alone ${check.per_second.toFixed(0)}/s, transactions alone ${write.per_second.toFixed(0)}/s`)
console.log(`  µs of processor for a cast: ${us('server').toFixed(0)} (nginx ${us('nginx').toFixed(0)}, vote ${us('vote').toFixed(0)}, database ${us('database').toFixed(0)}), generator ${us('generator').toFixed(0)}; the bound ${of(bounds, 'us').toFixed(0)}, its check ${check.client_us.toFixed(0)}`)
console.log(`  a cast takes ${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} (p99) at ${calm_rate.toFixed(0)}/s; ${figures.casts_full_p50_ms.toFixed(1)} and ${figures.casts_full_p99_ms.toFixed(1)} with ${at_once} at once`)
console.log(`  casts_vs_bound ${figures.casts_vs_bound.toFixed(2)} (0.7; at least 0.5), of processor time ${figures.casts_cpu_vs_bound.toFixed(2)}; the generator kept ${figures.casts_generator_cores.toFixed(2)} of ${cpus().length} cores`)
if (json) writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
process.exit(0)  // connections that electors keep
