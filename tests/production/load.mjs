// SPDX-License-Identifier: AGPL-3.0-or-later
// Eight visitors who never rest, on a page of each of the five workers, over TLS, until SIGTERM; then one line of JSON:
// {"requests", "slowest_ms", "failed": [{"at", "path", "what"}]}. Any answer but 200 has failed.
import { writeFileSync } from 'node:fs'
import { Visitor, electors } from '../http/client.mjs'

const [ready, index] = process.argv.slice(2)  // file to write once the load runs; which elector is signed in
const person = (await electors())[Number(index)]
const voter = new Visitor()
await voter.activate(person)
const cookie = voter.cookie()

const pages = ['/', '/portail/identification.htm', '/resultats', '/reassort', '/vote']
const found = { requests: 0, slowest_ms: 0, failed: [] }
let stopping = false
process.on('SIGTERM', () => { stopping = true })

async function visit (turn) {
  while (!stopping) {
    const path = pages[turn++ % pages.length]
    const started = Date.now()
    const visitor = new Visitor()
    for (const part of cookie.split('; ')) visitor.cookies.set(...part.split(/=(.*)/s).slice(0, 2))
    const what = await visitor.get(path).then(answer => answer.status === 200 ? '' : String(answer.status), error => error.code ?? error.message)
    found.requests++
    found.slowest_ms = Math.max(found.slowest_ms, Date.now() - started)
    if (what) found.failed.push({ at: new Date(started).toISOString(), path, what })
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
writeFileSync(ready, 'ready')
await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(visit))
console.log(JSON.stringify(found))
