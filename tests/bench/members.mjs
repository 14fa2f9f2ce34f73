// SPDX-License-Identifier: AGPL-3.0-or-later
// The members of the overload bench, in a process of their own and before all others in the machine's order: what is measured is how long
// the portal takes, not how long the crowd's generator, which shares the machine, keeps its event loop from looking at an answer.
// Asked { members: [{cookie, from}], rate, seconds } by its parent, it reads /espace at that rate and answers { good, broken, ms: [sorted] }.
import { execFileSync } from 'node:child_process'
import { ask_by, status_of } from './wire.mjs'

const base = new URL(process.env.PORTAIL_URL)
try { execFileSync('chrt', ['--all-tasks', '--rr', '--pid', '1', String(process.pid)]) } catch { process.send({ warning: 'members are measured at the priority of the crowd: run as root for figures that count' }) }

process.on('message', async ({ members, rate, seconds }) => {
  for (const member of members) {
    member.wires = []
    member.request = Buffer.from(`GET /espace HTTP/1.1\r\nHost: ${base.host}\r\nCookie: ${member.cookie}\r\n\r\n`)
  }
  const seen = { good: 0, broken: 0, ms: [] }, all = Math.floor(rate * seconds), running = []
  async function read ({ wires, from, request }) {
    const started = performance.now()
    const status = await ask_by(wires, base, from, request).then(status_of, () => 0)
    if (status !== 200) { seen.broken++; return }
    seen.good++
    seen.ms.push(performance.now() - started)
  }
  const began = performance.now()
  while (running.length < all) {
    while (running.length < all && running.length < (performance.now() - began) / 1000 * rate) running.push(read(members[running.length % members.length]))
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  await Promise.all(running)
  for (const { wires } of members) for (const wire of wires) wire.end()
  seen.ms.sort((a, b) => a - b)
  process.send(seen)
})
process.on('disconnect', () => process.exit())
