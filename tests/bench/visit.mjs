#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: visit, on an instance
// The pages of one elector's visit, each as the portal makes it and as PHP-FPM at its best would (opcache, JIT, a persistent connection, 8 children
// kept by nginx): a page of the same bytes, made from the rows of the same statements. Processor time of nginx, worker or FPM, and database
// for each answer, in rounds that alternate; and a plain FastCGI answer beside them. What PHP is spared, so that it is at its best: its pages
// have no form token, no limit, no log, and read neither the election nor its calendar.
//   visit.mjs [--json FILE]        (./portail bench visit)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { electors } from '../http/client.mjs'
import { Member, enter_vote, give_spaces, prepare_ballots, side_by_side } from '../http/crowd.mjs'
import { cpu_now, cpu_since, processes, server_of } from './server_cpu.mjs'
import { PhpSide } from './visit/php_side.mjs'
import { with_log } from './visit/statements.mjs'

const rounds = 5, at_once = 8, answers = 500, readers = 40
const json = process.argv.includes('--json') ? process.argv[process.argv.indexOf('--json') + 1] : null
const pages = {
  home: () => '/',
  espace: () => '/espace',
  my_scrutins: () => '/scrutins',
  scrutin: code => `/scrutins/${code}`,
  roll: code => `/listes-electorales/${code}`,
  vote: () => '/vote',
  bulletin: code => `/vote/${code}/bulletin`,
  parameters: code => `/vote/${code}/parametres`,
  envelope: () => '/vote/enveloppe'
}

const folder = mkdtempSync(join(tmpdir(), 'portail-visit-'))
const php = new PhpSide(folder)
process.on('exit', () => { php.stop(); rmSync(folder, { recursive: true, force: true }) })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))

const people = (await electors()).slice(0, 120)
await give_spaces(people)
const members = await side_by_side(people, 4, (person, i) => new Member(person, i).enter())
const places = await prepare_ballots(members)
for (const member of members) await enter_vote(member, places.find(place => place.member === member).code)
// Those who read do not vote.
const reading = members.slice(0, readers).map(member => ({ member, code: places.find(place => place.member === member).code }))
const unused = places.filter(({ member }) => members.indexOf(member) >= readers)

// ---- PHP's pages, from what one elector's answers and their statements were -----------------------------------------------------------

await with_log(async record => {
  for (const [name, path] of Object.entries(pages)) {
    const { member, code } = reading[0]
    const { answer, statements } = await record(() => member.get(path(code)))
    if (answer.status !== 200) throw new Error(`${path(code)} answers ${answer.status}`)
    if (statements.some(text => text.includes('?'))) throw new Error(`the log has no values: ${statements.join('\n')}`)
    php.add(name, answer, statements)
  }
})
await php.start()
for (const name of Object.keys(pages)) php.check(name, await php.get(name))

// ---- Rounds ---------------------------------------------------------------------------------------------------------------------------

let turn = 0
async function drive (ask, count) {
  const before = cpu_now(), other = php.cpu_now()
  let left = count
  await Promise.all(Array.from({ length: at_once }, async () => { while (left-- > 0) if ((await ask()).status >= 300) throw new Error('the bench met an answer that is not good') }))
  return { used: cpu_since(before), other: php.cpu_since(other), count }
}
const us = seconds => seconds * 1e6 / answers
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const seen = Object.fromEntries(Object.keys(pages).map(name => [name, { ours: [], php: [], parts: [], php_parts: [] }]))
const plain = []
for (let round = 0; round < rounds; round++) {
  for (const [name, path] of Object.entries(pages)) {
    const ours = await drive(() => { const { member, code } = reading[turn++ % readers]; return member.get(path(code)) }, answers)
    seen[name].ours.push(us(server_of(ours.used)))
    seen[name].parts.push({ nginx: us(ours.used.nginx), database: us(ours.used.database), worker: us(server_of(ours.used) - ours.used.nginx - ours.used.database) })
    const theirs = await drive(() => php.get(name), answers)
    seen[name].php.push(us(theirs.other.nginx + theirs.other.fpm + theirs.used.database))
    seen[name].php_parts.push({ nginx: us(theirs.other.nginx), database: us(theirs.used.database), worker: us(theirs.other.fpm) })
  }
  const report = await drive(() => reading[0].member.send('POST', '/csp-report', { body: '{}', headers: { 'Content-Type': 'application/csp-report' } }), answers)
  plain.push(us(server_of(report.used)))
}
// A ballot and its receipt; PHP makes none.
const few = Math.min(answers, unused.length)
const before = cpu_now()
await side_by_side(unused.slice(0, few), at_once, async ({ member, code, ballots }) => { if ((await member.cast(code, ballots[0])).status !== 200) throw new Error('a ballot was refused') })
const cast = server_of(cpu_since(before)) * 1e6 / few

const ours = name => median(seen[name].ours), theirs = name => median(seen[name].php)
const total = side => Object.keys(pages).reduce((sum, name) => sum + side(name), 0)
const parts = list => ['nginx', 'worker', 'database'].map(part => `${part} ${median(list.map(one => one[part])).toFixed(0)}`).join(', ')
console.log(`${rounds} alternating rounds of ${answers} answers, ${at_once} at once; µs of processor for each, medians`)
for (const name of Object.keys(pages)) console.log(`  ${name.padEnd(12)} ${ours(name).toFixed(0).padStart(5)} (${parts(seen[name].parts)})   PHP ${theirs(name).toFixed(0).padStart(5)} (${parts(seen[name].php_parts)})   ${(theirs(name) / ours(name)).toFixed(2)}`)
console.log(`  a plain FastCGI answer ${median(plain).toFixed(0)}, a ballot with its receipt ${cast.toFixed(0)}`)
const ratio = (...names) => names.reduce((sum, name) => sum + theirs(name), 0) / names.reduce((sum, name) => sum + ours(name), 0)
const figures = {
  visit_vs_php: total(theirs) / total(ours),
  scrutin_page_vs_php: ratio('scrutin', 'bulletin'),
  my_scrutins_vs_php: ratio('my_scrutins'),
  visit_plain_us: median(plain),
  visit_cast_us: cast,
  ...Object.fromEntries(Object.keys(pages).flatMap(name => [[`visit_${name}_us`, ours(name)], [`visit_${name}_php_us`, theirs(name)]]))
}
console.log(`  visit_vs_php ${figures.visit_vs_php.toFixed(2)} (at least 2.2), scrutin_page_vs_php ${figures.scrutin_page_vs_php.toFixed(2)} (at least 4), my_scrutins_vs_php ${figures.my_scrutins_vs_php.toFixed(2)} (at least 1.5)`)
if (json) writeFileSync(json, JSON.stringify(figures, null, 2) + '\n')
php.stop()  // what it started keeps this program alive
