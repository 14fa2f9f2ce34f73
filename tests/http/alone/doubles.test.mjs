// SPDX-License-Identifier: AGPL-3.0-or-later
// Votes sent twice and three times at once: one finger that clicks again, two windows with different choices, two devices. One vote of each elector and scrutin,
// the same receipt to whoever sent that ballot, « déjà voté » to who sent another. PORTAIL_DOUBLES=10000: that many at least, by all electors of an instance
// that has enough of them (PORTAIL_TEST_ELECTORS=1200).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { electors } from '../client.mjs'
import { Member, enter_vote, give_spaces, pause, prepare_ballots, side_by_side, sql } from '../crowd.mjs'
import { people_of } from '../places.mjs'

const wanted = Number(process.env.PORTAIL_DOUBLES ?? 0)
// What is sent at the same moment: of each sending, which of the elector's ballots and from which of his devices.
const ways = [
  [[0, 0], [0, 0]],          // a double click
  [[0, 0], [0, 0], [0, 1]],  // the same, and the page that he sent to his telephone
  [[0, 0], [1, 1]],          // two devices, two choices
  [[0, 0], [1, 1], [0, 0]],
  [[0, 0], [1, 1], [2, 0]]
]
const way_of = i => ways[i % ways.length]
const ballots_of = i => 1 + Math.max(...way_of(i).map(([ballot]) => ballot))
const hash_of = ballot => createHash('sha256').update(ballot).digest('hex')
const places_at_once = 40

describe('ballots sent several times at once', () => {
  it('are one vote of each elector and scrutin', { timeout: 1_800_000 }, async t => {
    const people = await (wanted ? electors() : people_of(import.meta.url))
    await give_spaces(people)
    const [members, devices] = await Promise.all([0, 1].map(device => side_by_side(people, 2, (person, i) => new Member(person, 2 * i + device, { keeps: false }).enter())))
    const places = await prepare_ballots(members, ballots_of)
    const other_of = new Map(members.map((member, i) => [member, devices[i]]))
    const first_code = new Map(places.map(({ member, code }) => [member, code]))
    await side_by_side([...first_code], 4, async ([member, code]) => { for (const device of [member, other_of.get(member)]) await enter_vote(device, code) })
    // Neighbours in the crowd are of different electors.
    const turn = place => places.filter(other => other.member === place.member).indexOf(place)
    const crowd = places.map((place, i) => ({ ...place, way: way_of(i), turn: turn(place) })).sort((a, b) => a.turn - b.turn)

    const began = Date.now()
    await side_by_side(crowd, places_at_once, async place => {
      const send = ([ballot, device]) => (device ? other_of.get(place.member) : place.member).cast(place.code, place.ballots[ballot])
      place.answers = await Promise.all(place.way.map(send))
    })
    const seconds = (Date.now() - began) / 1000

    const counts = {}
    for (const { member, code, way, ballots, answers } of crowd) {
      const where = `${member.person.adresse}, ${code}: ${answers.map(({ status }) => status)}`
      const taken = new Set(), receipts = new Set()
      answers.forEach(({ status, body }, i) => {
        counts[status] = (counts[status] ?? 0) + 1
        if (status === 200) {
          taken.add(ballots[way[i][0]])
          receipts.add(body)
        } else assert.deepEqual([status, JSON.parse(body).error], [409, 'conflict'], `${where}: ${body}`)
      })
      assert.equal(taken.size, 1, where)
      assert.equal(receipts.size, 1, `${where}: two receipts of one vote`)
      assert.ok(way.every(([ballot], i) => (answers[i].status === 200) === taken.has(ballots[ballot])), `${where}: the ballot that was taken was refused too`)
    }

    // What the tables say, once sceau has moved all that waited.
    const sent = new Map(crowd.flatMap(place => place.ballots.map(ballot => [`${place.code} ${hash_of(ballot)}`, place])))
    const stored_in = async table => (await sql(`SELECT s.code, t.ballot_hash FROM urne.${table} t JOIN scrutin s ON s.id = t.scrutin_id`)).map(row => row.join(' ')).filter(row => sent.has(row))
    const minute = 60
    for (let tries = 0; tries < 4 * minute && (await stored_in('log')).length < crowd.length; tries++) await pause(500)
    await pause(6000)  // and whatever a round later would bring
    for (const table of ['ballot', 'log']) {
      const rows = await stored_in(table)
      assert.equal(rows.length, crowd.length, `rows of urne.${table}`)
      assert.equal(new Set(rows.map(row => sent.get(row))).size, crowd.length, `electors and scrutins of urne.${table}`)
    }
    const voted = await sql(`SELECT v.email, s.code FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id JOIN voter v ON v.id = e.voter_id`)
    const mine = new Set(crowd.map(({ member, code }) => `${member.person.adresse} ${code}`))
    assert.equal(voted.map(row => row.join(' ')).filter(row => mine.has(row)).length, crowd.length, 'émargements')

    const sendings = crowd.reduce((sum, { way }) => sum + way.length, 0)
    t.diagnostic(`${sendings} sendings of ${crowd.length} votes by ${people.length} electors in ${seconds.toFixed(1)} s: ${Object.entries(counts).map(([status, count]) => `${status} ${count}×`).join(', ')}`)
    assert.ok(crowd.length >= 10 && sendings >= wanted, `${sendings} sendings`)
    assert.ok(counts[409] > 0, 'nobody’s second choice was refused')
  })
})
