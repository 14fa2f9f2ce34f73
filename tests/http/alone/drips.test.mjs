// SPDX-License-Identifier: AGPL-3.0-or-later
// Bodies that never come to their end: 600 from one address and 2,000 from as many networks send a byte a second, half of them under the name of
// somebody signed in. A person beside them reads and signs in as if they were not there; one address is held to its fifty.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Visitor, instance, portal } from '../client.mjs'
import { people_of } from '../places.mjs'

const port = new URL(portal).port
const drips = []
let clock

function drip (from, path, cookie) {
  const one = { from, answer: '', open: true, begun: false }
  const socket = net.connect({ host: '127.0.0.1', port, localAddress: from }, () => {
    socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}Content-Length: 4000\r\n\r\n`)
    one.begun = true  // a byte of the body before it would be no request
  })
  socket.on('data', part => { one.answer += part })
  socket.on('error', () => {})
  socket.on('close', () => { one.open = false })
  one.write = () => { if (one.begun && one.open && one.answer === '') socket.write('a') }
  one.end = () => socket.destroy()
  drips.push(one)
  return one
}
const drips_still = some => some.filter(one => one.open && one.answer === '').length

// Twenty pages and a sign-in of somebody new; the slowest of them in ms, and what was not good.
async function read_and_sign_in (member, person) {
  const bad = []
  let slowest = 0
  const timed = async (what, ask) => {
    const started = performance.now()
    const { status } = await ask()
    slowest = Math.max(slowest, performance.now() - started)
    if (status !== 200 && status !== 303) bad.push(`${what}: ${status}`)
  }
  for (const path of ['/', '/connexion', '/espace', '/scrutins', '/vote', '/aide', '/listes-electorales', '/profil', '/portail/identification.htm', '/reassort'])
    for (const visitor of [member, new Visitor()]) await timed(path, () => visitor.get(path))
  const guest = new Visitor()
  await timed('sign-in', () => guest.sign_in(person))
  await timed('their space', () => guest.get('/espace'))
  return { bad, slowest }
}

describe('bodies that drip', () => {
  const member = new Visitor()
  let person, alone
  before(async () => {
    ;[person] = await people_of(import.meta.url)
    assert.equal((await member.activate(person)).headers.location, '/espace')
    alone = await read_and_sign_in(member, person)
    assert.deepEqual(alone.bad, [])
    clock = setInterval(() => drips.forEach(one => one.write()), 1000)
  })
  after(() => {
    clearInterval(clock)
    drips.forEach(one => one.end())
  })

  it('of one address are held to fifty; the others get their page at once', { timeout: 60_000 }, async () => {
    const own = []
    for (let i = 0; i < 600; i++) own.push(drip('127.7.7.7', '/connexion', i % 2 ? `__Host-portail=m${'A'.repeat(22)}` : ''))
    await new Promise(resolve => setTimeout(resolve, 4000))
    const left = drips_still(own)
    assert.ok(left > 0 && left <= 50, `${left} drip`)
    const refused = own.find(one => one.answer !== '')
    assert.match(refused.answer, /^HTTP\/1.1 503/)
    assert.match(refused.answer, /Le portail est très demandé/)
  })

  it('of 2,000 networks take nobody’s place', { timeout: 120_000 }, async () => {
    const spread = []
    for (let i = 0; i < 2000; i++) {
      spread.push(drip(`127.${30 + (i >> 8)}.${i & 255}.1`, ['/connexion', '/portail/identification.htm', '/assistance', '/reclamations', '/vote/ctm/bulletin'][i % 5], i % 2 ? `__Host-portail=m${'A'.repeat(22)}` : ''))
      if (i % 200 === 199) await new Promise(resolve => setTimeout(resolve, 100))
    }
    await new Promise(resolve => setTimeout(resolve, 3000))
    assert.ok(drips_still(spread) > 1900, `${drips_still(spread)} drip`)
    const beside = await read_and_sign_in(member, person)
    assert.deepEqual(beside.bad, [])
    assert.ok(beside.slowest < 4 * alone.slowest + 500, `${beside.slowest.toFixed(0)} ms, ${alone.slowest.toFixed(0)} alone`)
    assert.ok(drips_still(spread) > 1900, 'they drip to the end')
  })

  it('are cut by a reload within its thirty seconds, and nobody else is', { timeout: 120_000 }, async () => {
    assert.ok(drips_still(drips) > 1900)
    process.kill(Number(readFileSync(join(instance, 'run', 'nginx-master.pid'), 'utf8')), 'SIGHUP')
    const started = Date.now()
    while (drips_still(drips) > 0 && Date.now() - started < 60_000) {
      assert.equal((await member.get('/espace')).status, 200)
      await new Promise(resolve => setTimeout(resolve, 500))
    }
    assert.equal(drips_still(drips), 0)
  })
})
