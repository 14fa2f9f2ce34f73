// SPDX-License-Identifier: AGPL-3.0-or-later
// A vote suspended, resumed and stopped for good while electors vote on a live portal: a cast in flight is either acknowledged, and stays, or is told that it
// is not stored; pages say it in words; nobody else's vote is touched. The last of the files: it takes electors whom no other has woken, and annuls a scrutin.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { read_receipt } from '../../../modules/booth/receipt.js'
import { Visitor, electors } from '../client.mjs'
import { Member, enter_vote, give_spaces, pause, prepare_ballots, side_by_side, sql } from '../crowd.mjs'
import { officer } from '../desk.mjs'
import { tracker_of } from '../../chaos/truth.mjs'

const crowd = 40, at_once = 4, words = 'Panne du réseau <académique>', authority = 'La rectrice, par courriel'
const one = officer('une officière'), other = officer('un autre officier')
const proposed = async (kind, code) => (await one(kind, '--scrutin', code, '--authority', authority, '--motif', words)).match(/n° (\d+)/)[1]
const approve = number => other('suspensions', 'approve', number)
const attended = async code => Number((await sql(`SELECT COUNT(*) FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id WHERE s.code = '${code}'`))[0][0])

// The office is told that it is done once no worker says otherwise: whoever asks after its answer reads it, the first time he asks.
async function read_page (visitor, path, pattern) {
  const page = await visitor.get(path)
  assert.match(page.body, pattern, path)
  return page
}

describe('a vote that is stopped while electors vote', () => {
  let stopped, neighbour, places
  const receipts = {}
  const of = code => places.filter(place => place.code === code)

  before(async () => {
    // Two scrutins that the most of the sleeping electors share.
    const asleep = new Set((await sql('SELECT v.email FROM voter v LEFT JOIN account a ON a.voter_id = v.id WHERE a.voter_id IS NULL AND v.struck_off_at IS NULL')).map(([email]) => email))
    const people = (await electors()).filter(({ adresse }) => asleep.has(adresse)).slice(0, crowd)
    const list = people.map(({ adresse }) => `'${adresse}'`).join(',')
    ;[[stopped], [neighbour]] = await sql(`SELECT s.code FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id JOIN voter v ON v.id = r.voter_id
      WHERE s.state = 'open' AND v.email IN (${list}) GROUP BY s.code ORDER BY COUNT(*) DESC, s.code LIMIT 2`)
    await give_spaces(people)
    const members = await side_by_side(people, 4, (person, i) => new Member(person, 9000 + i, { keeps: false }).enter())
    places = await prepare_ballots(members, () => 1, [stopped, neighbour])
    for (const code of [stopped, neighbour]) {
      const [{ member }] = of(code)
      const { election, receipt_key } = JSON.parse((await member.get(`/vote/${code}/parametres`)).body)
      receipts[code] = { uuid: JSON.parse(election).uuid, receipt_key }
    }
    const first_code = new Map(places.map(({ member, code }) => [member, code]))
    for (const [member, code] of first_code) await enter_vote(member, code)
    assert.ok(of(stopped).length >= 20 && of(neighbour).length >= 6, `${of(stopped).length} and ${of(neighbour).length} voters`)
  })

  async function cast (place) {
    place.sent_at = Date.now()
    const answer = await place.member.cast(place.code, place.ballots[0])
    if (answer.status === 200) {
      const { uuid, receipt_key } = receipts[place.code]
      assert.ok(read_receipt(JSON.parse(answer.body).receipt, { scrutin: uuid, tracker: tracker_of(place.ballots[0]), receipt_key }))
      place.receipt = answer.body
    }
    place.answer = answer
    return answer
  }

  // All of them, a few at a time, and the act once a third has voted; what each was told. The act's end is an instant.
  async function while_they_vote (voters, act, error) {
    const before = await attended(voters[0].code)
    let acting = null, done_at = null, finished = 0
    await side_by_side(voters, at_once, async place => {
      await cast(place)
      if (++finished >= voters.length / 3) acting ??= act().then(() => { done_at = Date.now() })
      if (done_at === null && finished > voters.length * 2 / 3) await acting  // some are left for afterwards
    })
    await acting
    const kept = voters.filter(({ receipt }) => receipt), refused = voters.filter(({ receipt }) => !receipt)
    for (const { answer } of refused) {
      assert.equal(answer.status, 403, answer.body)
      const said = JSON.parse(answer.body)
      assert.equal(said.error, error)
      assert.match(said.message, /n’est pas enregistré/)
    }
    for (const { sent_at, receipt } of voters) assert.ok(!receipt || sent_at <= done_at, 'a ballot sent after the act was acknowledged')
    assert.ok(kept.length > 0 && refused.length > 0, `${kept.length} acknowledged, ${refused.length} refused`)
    assert.equal(await attended(voters[0].code), before + kept.length)
    return { kept, refused }
  }

  let kept, refused
  it('keeps each acknowledged ballot, and tells the others that theirs is not stored', async t => {
    const number = await proposed('suspend', stopped)
    ;({ kept, refused } = await while_they_vote(of(stopped), () => approve(number), 'suspended'))
    t.diagnostic(`${kept.length} acknowledged, ${refused.length} told that they are not`)
  })

  it('says so in words, since when and why, to who comes', async () => {
    const [{ member }] = refused
    const page = await read_page(member, '/vote', /suspendu depuis le /)
    assert.ok(page.body.includes('Panne du réseau &lt;académique&gt;'))
    assert.ok(!page.body.includes(`/vote/${stopped}/bulletin"`))
    assert.match((await member.get(`/vote/${stopped}/bulletin`)).body, /<h1>Le vote est suspendu<\/h1>/)
    for (const path of ['/espace', '/scrutins', `/scrutins/${stopped}`]) await read_page(member, path, /suspendu/)
    await read_page(new Visitor(), '/', /Le vote est suspendu depuis le /)
  })

  it('leaves the receipts good, and their owners’ pages', async () => {
    for (const { member, code, ballots, receipt } of kept.slice(0, 5)) {
      assert.equal((await member.cast(code, ballots[0])).body, receipt)
      assert.equal((await member.get(`/vote/${code}/accuse`)).status, 200)
    }
  })

  it('leaves the other scrutins alone', async () => {
    assert.deepEqual((await side_by_side(of(neighbour).slice(0, 3), 3, cast)).map(({ status }) => status), [200, 200, 200])
  })

  it('takes the same ballots when two officers let it go on', async () => {
    const before = await attended(stopped), number = await proposed('resume', stopped)
    assert.equal((await cast(refused[0])).status, 403)  // proposed is not done
    await approve(number)
    await read_page(refused[0].member, '/vote', /^(?![^]*suspendu)/)
    const answers = await side_by_side(refused, at_once, cast)
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    assert.equal(await attended(stopped), before + refused.length)
  })

  it('stopped for good, is annulled: no ballot enters, those that came are kept and never counted', async t => {
    const number = await proposed('annul', neighbour)
    const found = await while_they_vote(of(neighbour).slice(3), () => approve(number), 'closed')
    t.diagnostic(`${found.kept.length} acknowledged, ${found.refused.length} told that they are not`)
    const [{ member }] = found.refused
    const page = await read_page(member, '/vote', /Ce scrutin est annulé/)
    assert.ok(page.body.includes('Panne du réseau &lt;académique&gt;'))
    assert.match((await member.get(`/vote/${neighbour}/bulletin`)).body, /<h1>Ce scrutin est annulé<\/h1>/)
    await read_page(new Visitor(), '/', /Annulé/)
    await assert.rejects(one('tally', '--scrutin', neighbour), /annulé/)
    await assert.rejects(proposed('resume', neighbour), /annulé/)
    // What came enters the urne whatever happened to the scrutin.
    const number_in = async table => Number((await sql(`SELECT COUNT(*) FROM ${table} t JOIN scrutin s ON s.id = t.scrutin_id WHERE s.code = '${neighbour}'`))[0][0])
    for (let tries = 0; tries < 120 && Number((await sql('SELECT COUNT(*) FROM urne.inbox'))[0][0]) > 0; tries++) await pause(500)
    assert.equal(await number_in('urne.ballot'), await number_in('emargement'))
  })

  it('leaves a journal that names both officers and the authority, and nothing that the seal does not have', async () => {
    assert.match(await one('audit', 'verify'), /Journal intact/)
    await one('integrity')
    const acts = await sql(`SELECT action, actor, detail FROM audit WHERE action IN ('suspend', 'resume', 'annul') AND actor LIKE 'un autre officier%' ORDER BY id DESC LIMIT 3`)
    assert.deepEqual(acts.map(([action]) => action), ['annul', 'resume', 'suspend'])
    for (const [, , detail] of acts) assert.ok(detail.includes('une officière') && detail.includes(authority), detail)
  })
})
