#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: sign-ins, on an instance
// What a sign-in costs beside its password hash, and what a hash costs with other parameters of the same strength. In turns, so that an hour's
// mood of the machine falls on all: the hash alone, as many at once as the worker computes; sign-ins through nginx, the account worker and the
// database, as fast as they go; again. Processor time per sign-in is that of all the server's processes, the generator's apart.
//   sign_ins.mjs [--json FILE]        (./portail bench sign-ins)
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { electors } from '../http/client.mjs'
import { Member, give_spaces, pause } from '../http/crowd.mjs'
import { cpu_now, cpu_since, processes, server_of } from './server_cpu.mjs'

const rounds = 5, seconds = 6, at_once = 3  // fewer than what opens the waiting line
const settings = { today: [], m9t4: ['4', String(9 * 1024)], m7t5: ['5', String(7 * 1024)] }
const json = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : null
const run = promisify(execFile), bench = join(process.env.PORTAIL_BUILD, 'bench', 'password-bench')
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
// Each of `number` processes at once on its own core: µs of processor for a hash.
const raw = async (words, number) => {
  const all = await Promise.all(Array.from({ length: number }, () => run(bench, words)))
  return all.reduce((sum, { stdout }) => sum + Number(stdout), 0) / number
}

const people = await electors()
await give_spaces(people)
let comers = 0
async function sign_ins () {
  const before = cpu_now(), until = Date.now() + seconds * 1000, began = Date.now()
  let good = 0, bad = 0
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (Date.now() < until) {
      const i = comers++
      const answer = await new Member(people[i % people.length], 20_000 + i, { keeps: false }).sign_in(people[i % people.length])
      if (answer.status === 303 && answer.headers.location === '/espace') good++
      else bad++
    }
  }))
  if (bad > 0 || good < 20) throw new Error(`${bad} bad sign-ins, ${good} good ones`)
  return { used: cpu_since(before), good, passed: (Date.now() - began) / 1000 }
}

const idle_before = cpu_now()
await pause(5000)
const idle = cpu_since(idle_before)
const alone = Object.fromEntries(Object.keys(settings).map(name => [name, []])), together = structuredClone(alone)
const whole = [], worker = [], rates = [], ratios = []
await sign_ins()  // connections, statements and the workers' memory
for (let round = 0; round < rounds; round++) {
  for (const [name, words] of Object.entries(settings)) {
    alone[name].push(await raw(words, 1))
    together[name].push(await raw(words, cpus().length))
  }
  const { used, good, passed } = await sign_ins()
  const cost = name => Math.max(0, used[name] - idle[name] * passed / 5) * 1e6 / good
  whole.push(processes.reduce((sum, name) => sum + cost(name), 0))
  worker.push(cost('account'))
  rates.push(good / passed)
  // The generator keeps the other core as busy as a second hash would.
  ratios.push((alone.today.at(-1) + together.today.at(-1)) / 2 / whole.at(-1))
  if (server_of(used) <= 0) throw new Error('no processor time is read')
}
const ms = us => (us / 1000).toFixed(1)
const spread = values => `${ms(median(values))} ms (${ms(Math.min(...values))} to ${ms(Math.max(...values))})`
console.log(`${readFileSync('/proc/cpuinfo', 'utf8').match(/^model name\s*: (.*)$/m)?.[1] ?? 'unknown'}, ${cpus().length} cores, ${rounds} rounds`)
for (const name of Object.keys(settings)) console.log(`  a hash, ${name.padEnd(6)} alone ${spread(alone[name])}; ${cpus().length} at once ${spread(together[name])} each`)
console.log(`  a sign-in, all of the server ${spread(whole)}; the account worker ${spread(worker)}; ${median(rates).toFixed(1)} a second beside the generator`)
console.log(`  sign-ins for the processor time of a hash: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`)
if (json) {
  const figures = { signins_vs_argon2: median(ratios), signins_a_second: median(rates), cpu_us_sign_in_whole: median(whole), cpu_us_sign_in_worker: median(worker) }
  for (const name of Object.keys(settings)) Object.assign(figures, { [`argon2_us_${name}`]: median(alone[name]), [`argon2_us_${name}_all_cores`]: median(together[name]) })
  writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
}
