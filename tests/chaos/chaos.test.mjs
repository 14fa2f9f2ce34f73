// SPDX-License-Identifier: AGPL-3.0-or-later
// A portal in trouble while people vote: processes killed at any moment, the database frozen, its disk full, the mail relay away. After each
// trouble every acknowledged vote is in the attendance and in the urne exactly once, who got no answer sees the truth, and nobody was told
// anything but to come back; in the end the holders count each ballot once. PORTAIL_CHAOS_SEED repeats the dice, PORTAIL_CHAOS_KILLS (60) is how many
// processes are killed, PORTAIL_CHAOS_VICTIMS (vote,sceau,…) of which kinds alone.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { Visitor, electors, instance, root } from '../http/client.mjs'
import { Member, give_spaces, pause, prepare_ballots, side_by_side, sql } from '../http/crowd.mjs'
import { require_count } from './count.mjs'
import { open_desk, require_journal } from './desk.mjs'
import { Load, open_booths } from './load.mjs'
import { Services } from './services.mjs'
import { require_truth } from './truth.mjs'

const kills = Number(process.env.PORTAIL_CHAOS_KILLS ?? 60)
const seed = Number(process.env.PORTAIL_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 32))
const without_space = 30  // electors who ask for their first link while the relay is away
const voters = 8, readers = 2, at_desk = 4, in_flight = voters * 2 + readers + at_desk
const many = kills > 100  // then most of the electors are for them, and vote slowly enough to last
const per_second = many ? 4 : 9

// Of one seed always the same.
let state = seed
function random () {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
// By how often each is killed, in a hundred.
const shares = { vote: 32, bureau: 10, database: 14, nginx: 8, 'nginx-master': 2, account: 6, scrutins: 7, sceau: 10, activation: 4, reassort: 3, courrier: 4 }
const chosen = process.env.PORTAIL_CHAOS_VICTIMS?.split(',') ?? Object.keys(shares)
const victims = Object.fromEntries(chosen.map(kind => [kind, shares[kind] ?? assert.fail(`PORTAIL_CHAOS_VICTIMS: « ${kind} » is none of ${Object.keys(shares)}`)]))
function draw () {
  let dice = random() * Object.values(victims).reduce((sum, share) => sum + share)
  return Object.keys(victims).find(kind => (dice -= victims[kind]) < 0)
}
const one_of = list => list[Math.floor(random() * list.length)]
const said = counts => Object.entries(counts).map(([kind, count]) => `${kind} ${count}`).join(', ')
const office = (...words) => promisify(execFile)(join(root, 'portail'), ['ctl', ...words], { env: process.env })

describe(`a portal in trouble (PORTAIL_CHAOS_SEED=${seed})`, () => {
  const services = new Services()
  let load, newcomers, desk

  before(async () => {
    const people = await electors()
    newcomers = people.splice(-without_space)
    const sitting = people.slice(-at_desk)
    await services.take_over()
    await give_spaces(people)
    const members = await side_by_side(people, 4, (person, i) => new Member(person, i, { keeps: false }).enter())
    const places = await prepare_ballots(members, i => i % 10 === 0 ? 2 : 1)
    const receipts = {}
    for (const { member, code } of places) {
      if (receipts[code]) continue
      const { election, receipt_key } = JSON.parse((await member.get(`/vote/${code}/parametres`)).body)
      receipts[code] = { uuid: JSON.parse(election).uuid, receipt_key }
    }
    await open_booths(places)
    load = new Load(places, receipts, random)
    desk = await open_desk(sitting, load)
  })
  after(() => load?.stop().catch(() => {}))

  // This part of the electors votes while `trouble` lasts; then all must be back by itself and everything true. Answers: those of the trouble.
  let voted = 0
  async function during (t, part, trouble) {
    const before = { ...load.posts }
    load.start(per_second, part, voters, readers)
    for (const member of desk) member.start()
    const found = await trouble().finally(() => Promise.all([load, ...desk].map(one => one.stop())))
    const answers = load.take_counts()
    await services.all_serve()
    const seen = await load.settle()
    load.take_counts()
    const truth = await require_truth(load.places)
    const posts = Object.fromEntries(Object.keys(before).map(what => [what, load.posts[what] - before[what]]))
    t.diagnostic(`answers: ${said(answers)}`)
    t.diagnostic(`posts: ${said(posts)}; unanswered: ${seen.stored} were stored, ${seen.not_stored} not; lost 0, twice 0`)
    t.diagnostic(`tables: ${said(truth)}`)
    t.diagnostic(`desk: ${said(await require_journal(desk))}`)
    assert.deepEqual(load.strange, [])
    assert.ok(truth.emargements > voted, 'nobody voted')
    voted = truth.emargements
    return { found, answers }
  }
  const of = (answers, kind) => answers[kind] ?? 0
  const restarting = answers => of(answers, 'restarting_502') + of(answers, 'restarting_504')

  it(`${kills} kills, each 0 to 16 ms after a ballot or a form of the desk has left`, async t => {
    const { found, answers } = await during(t, many ? 0.85 : 0.5, async () => {
      const killed = {}
      const left = () => Promise.race([new Promise(resolve => load.once('leaves', resolve)), pause(1000)])
      for (let count = 0; count < kills;) {
        const kind = draw()
        await left()
        await pause(random() * 17)
        if (services.signal(kind, 'SIGKILL', one_of)) { killed[kind] = (killed[kind] ?? 0) + 1; count++ }
        await pause(100 + random() * 600)
      }
      return killed
    })
    t.diagnostic(`killed: ${said(found)}`)
    const of_nginx = (found.nginx ?? 0) + (found['nginx-master'] ?? 0)
    assert.ok(of(answers, 'no_answer') <= in_flight * of_nginx, 'without an answer: those in flight when nginx itself was killed')
    assert.ok(restarting(answers) <= in_flight * (kills - of_nginx), '« le portail redémarre »: those in flight in the worker that was killed')
  })

  it('the database frozen for 2, 4 and 35 seconds', async t => {
    const { answers } = await during(t, 0.2, async () => {
      for (const seconds of [2, 4, 35]) {
        assert.ok(services.signal('database', 'SIGSTOP'))
        await pause(seconds * 1000).finally(() => services.signal('database', 'SIGCONT'))
        await pause(3000)
      }
    })
    assert.equal(of(answers, 'no_answer') + restarting(answers), 0)
    assert.ok(answers.slowest_ms > 15_000, 'nobody waited for the frozen database')
    assert.ok(answers.slowest_ms < 30_000, `an answer after ${answers.slowest_ms} ms`)
  })

  it('the disk of the database full, twice, the second time with a crash', { skip: process.getuid() !== 0 && 'a disk can be mounted by root alone' }, async t => {
    const { answers } = await during(t, 0.2, async () => {
      for (const crash of [false, true]) {
        services.fill_disk()
        await pause(10_000)
        if (crash) { services.signal('database', 'SIGKILL'); await pause(4000) }
        services.free_disk()
        await services.database_answers()
        await pause(4000)
      }
    })
    assert.ok(of(answers, 'later') > 0, 'the full disk kept nobody from voting')
    assert.equal(of(answers, 'no_answer') + restarting(answers), 0)
  })

  it('the mail relay away, then killed with courrier while it takes what waited', async t => {
    const [[last]] = await sql('SELECT GREATEST(COALESCE(MAX(id), 0), (1 << 48) - 1) FROM outbox')
    const ask = async person => {
      const visitor = new Visitor()
      await visitor.get('/portail/identification.htm')
      const answer = await visitor.submit('/portail/identification.htm', { adresse: person.adresse })
      assert.equal(answer.headers.location, '/portail/attente.htm')
    }
    const killed = {}
    // A file of the inbox appears in the middle of a conversation.
    const kill_at_messages = async () => {
      try {
        for await (const _ of watch(join(instance, 'mails'), { signal: AbortSignal.timeout(40_000) })) {
          if (random() < 0.7) continue
          await pause(random() * 8)
          const kind = random() < 0.7 ? 'courrier' : 'inbox'
          if (services.signal(kind, 'SIGKILL')) killed[kind] = (killed[kind] ?? 0) + 1
        }
      } catch (error) {
        if (error.name !== 'AbortError') throw error
      }
    }
    await during(t, 0.1, async () => {
      await services.stop('inbox')
      for (const person of newcomers) {
        await ask(person)
        if (random() < 0.2) services.signal('courrier', 'SIGKILL')
      }
      const killing = kill_at_messages()
      await services.start('inbox')
      await killing
    })
    t.diagnostic(`killed in the middle of a message: ${said(killed)}`)
    const seconds = 150  // a deferred message waits for 38 s at most
    for (let tries = 0; tries < seconds; tries++) {
      const [[waiting]] = await sql(`SELECT COUNT(*) FROM outbox WHERE id > ${last} AND state IN ('queued', 'deferred')`)
      if (waiting === '0') break
      await pause(1000)
    }
    const arrived = {}
    for (const file of readdirSync(join(instance, 'mails')).filter(name => name.endsWith('.eml'))) {
      const id = readFileSync(join(instance, 'mails', file), 'utf8').match(/^Message-ID: <([0-9a-f]{32})@/mi)?.[1]
      if (id) arrived[id] = (arrived[id] ?? 0) + 1
    }
    const rows = await sql(`SELECT state, LEFT(idempotency_key, 32) FROM outbox WHERE id > ${last}`)
    const states = {}
    for (const [row_state, id] of rows) {
      const times = arrived[id] ?? 0
      states[`${row_state}, arrived ${times}×`] = (states[`${row_state}, arrived ${times}×`] ?? 0) + 1
      // « sending » is in doubt: one of the two was killed after the text had gone and before the answer, and nobody can know.
      if (row_state === 'sending') assert.ok(times <= 1, `a message in doubt arrived ${times} times`)
      else assert.deepEqual([row_state, times], ['sent', 1])
    }
    assert.ok(rows.length >= newcomers.length, `${rows.length} messages for ${newcomers.length} electors`)
    t.diagnostic(`messages: ${said(states)}`)
  })

  it('closed after all this, the journals agree with what was sealed, and each ballot is counted once', async t => {
    await office('close')
    const seconds = 60
    for (let tries = 0; tries < seconds; tries++) {
      const [[waiting]] = await sql('SELECT COUNT(*) FROM urne.inbox')
      if (waiting === '0') break
      await pause(1000)
    }
    const { stdout } = await office('integrity')
    t.diagnostic(stdout.trim().split('\n').at(-1))
    const { ballots } = await require_truth(load.places)
    assert.match((await office('audit', 'verify')).stdout, /Journal intact/)
    const count = await require_count(office, load.places)
    assert.equal(count.ballots, ballots)
    t.diagnostic(`counted: ${said(count)}`)
  })
})
