// SPDX-License-Identifier: AGPL-3.0-or-later
// The members of the overload bench, in a process of their own and before all others in the machine's order: what is measured is how long
// the portal takes, not how long the crowd's generator, which shares the machine, keeps its event loop from looking at an answer.
// Asked { members: [{cookie, from}], rate, seconds } by its parent, it reads /espace at that rate and answers { good, broken, ms: [sorted] }.
import http from 'node:http'
import { execFileSync } from 'node:child_process'

const base = new URL(process.env.PORTAIL_URL)
try { execFileSync('chrt', ['--all-tasks', '--rr', '--pid', '1', String(process.pid)]) } catch { process.send({ warning: 'members are measured at the priority of the crowd: run as root for figures that count' }) }

const agents = new Map()
function read (member) {
  if (!agents.has(member.from)) agents.set(member.from, new http.Agent({ keepAlive: true, maxSockets: 64 }))
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint()
    http.get({ agent: agents.get(member.from), localAddress: member.from, host: '127.0.0.1', port: base.port, path: '/espace', headers: { Host: base.host, Cookie: member.cookie } }, answer => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode, ms: Number(process.hrtime.bigint() - started) / 1e6 }))
    }).on('error', reject)
  })
}

process.on('message', async ({ members, rate, seconds }) => {
  const seen = { good: 0, broken: 0, ms: [] }, running = []
  const began = performance.now()
  for (let count = 0; performance.now() - began < seconds * 1000;) {
    for (; count < (performance.now() - began) / 1000 * rate; count++) {
      running.push(read(members[count % members.length]).then(answer => {
        if (answer.status !== 200) { seen.broken++; return }
        seen.good++
        seen.ms.push(answer.ms)
      }, () => { seen.broken++ }))
    }
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  await Promise.all(running)
  seen.ms.sort((a, b) => a - b)
  process.send(seen)
})
process.on('disconnect', () => process.exit())
