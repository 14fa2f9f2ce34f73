#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: pages, on an instance
// Requests per second of three kinds of answer, measured by wrk in alternation on one instance, and the time of a vote
// from POST to receipt. Figures are ratios to the static file of the same round: machines' clocks drift.
//   pages.mjs [--json FILE]        (./portail bench pages)
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Visitor, electors, portal } from '../http/client.mjs'

const rounds = 5, seconds = 3, connections = 8
const folder = mkdtempSync(join(tmpdir(), 'portail-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
const json = process.argv[process.argv.indexOf('--json') + 1]

// One burst of load; throws if any answer was not 2xx: a bench of errors is fast.
function burst (path, { cookie = '', method = 'GET' } = {}) {
  const script = join(folder, 'wrk.lua')
  writeFileSync(script, `wrk.method = "${method}"\n` + (cookie ? `wrk.headers["Cookie"] = "${cookie}"\n` : '') +
    (method === 'POST' ? 'wrk.body = "{}"\nwrk.headers["Content-Type"] = "application/csp-report"\n' : '') +
    'function done(s, l, r) local e = s.errors; io.write(string.format("@ %d %d %d %d\\n", s.requests, s.duration, l:percentile(99), e.status + e.connect + e.read + e.write + e.timeout)) end\n')
  const said = execFileSync('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, portal + path], { encoding: 'utf8' })
  const [, requests, duration, p99, errors] = said.match(/@ (\d+) (\d+) (\d+) (\d+)/).map(Number)
  if (errors > 0) throw new Error(`${path}: ${errors} answers were errors`)
  return { rate: requests / duration * 1e6, p99: p99 / 1000 }
}

// Of the journal of acts, which any instance has.
async function newest_tile () {
  const size = Number((await (await fetch(portal + '/journal/checkpoint')).text()).split('\n')[1])
  return `/journal/tile/0/000${size < 256 ? `.p/${size}` : ''}`
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const people = await electors()
const person = people.at(-1)
const visitor = new Visitor()
const opened = await visitor.activate(person)
if (opened.headers.location !== '/espace') throw new Error('the bench’s elector could not open a voter space')

const cases = [
  ['static_file', 'static file, 1 to 2 kB', '/static/favicon.svg', {}],
  ['plain_answer', 'plain FastCGI answer', '/csp-report', { method: 'POST' }],
  ['home_signed_in', 'home page signed in', '/espace', { cookie: visitor.cookie() }],
  // The public log: what those who watch ask for all the time, and what they ask for once.
  ['log_checkpoint', 'checkpoint of a log', '/journal/checkpoint', {}],
  ['log_tile', 'tile of a log', await newest_tile(), {}]
]
const seen = Object.fromEntries(cases.map(([key]) => [key, []]))
for (let round = 0; round < rounds; round++) for (const [key, , path, how] of cases) seen[key].push(burst(path, how))

// Votes one after another: each elector of the list, in each of his scrutins.
const times = []
for (const voter_data of people.slice(-13, -1)) {
  const voter = new Visitor()
  await voter.activate(voter_data)
  for (const code of await voter.open_scrutins()) {
    const ballot = await voter.make_ballot(code, voter_data.code, 1)
    const started = process.hrtime.bigint()
    const answer = await voter.cast(code, ballot)
    if (answer.status !== 200) throw new Error(`vote in ${code}: ${answer.status} ${answer.body}`)
    times.push(Number(process.hrtime.bigint() - started) / 1e6)
  }
}

const base = median(seen.static_file.map(one => one.rate))
const table = cases.map(([key, name]) => {
  const rates = seen[key].map(one => one.rate)
  return { key, name, ratio: median(rates) / base, rate: median(rates), spread: (Math.max(...rates) - Math.min(...rates)) / median(rates), p99: median(seen[key].map(one => one.p99)) }
})
console.log(`${connections} connections, ${rounds} alternating rounds of ${seconds} s, medians`)
for (const row of table) console.log(`  ${row.name.padEnd(24)} ${row.ratio.toFixed(3)} of the static file   ${row.rate.toFixed(0)}/s   p99 ${row.p99.toFixed(1)} ms   spread ${(row.spread * 100).toFixed(0)} %`)
times.sort((a, b) => a - b)
const at = share => times[Math.min(times.length - 1, Math.floor(share * times.length))]
console.log(`  vote, POST to receipt    median ${at(0.5).toFixed(1)} ms   p95 ${at(0.95).toFixed(1)} ms   (${times.length} votes, one at a time)`)
if (process.argv.includes('--json')) {
  const figures = { vote_ms_median: at(0.5), vote_ms_p95: at(0.95), votes: times.length }
  for (const row of table) {
    for (const [name, figure] of Object.entries({ ratio: row.ratio, per_second: row.rate, p99_ms: row.p99, spread: row.spread })) figures[`${row.key}_${name}`] = figure
  }
  writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
}
