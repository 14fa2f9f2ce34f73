// SPDX-License-Identifier: AGPL-3.0-or-later
// Members of the bureaux at their desk during the chaos suite: they read counters, look names up, check the integrity of their scrutins, go out and come
// in again by their second factor. Whatever is killed, who is in stays in, who voted is found, no check sees a difference, and each act that was answered
// is in the journal once.
import assert from 'node:assert/strict'
import { Member, pause, sql } from '../http/crowd.mjs'
import { enter_desk, name_member, totp } from '../http/desk.mjs'
import { send } from './load.mjs'

// As many of a member as the portal allows him in an hour, less a few; how far apart he does them; the journal's word.
const acts = {
  look: { most: 50, every_ms: 4000, word: 'desk-attendance' },
  check: { most: 16, every_ms: 9000, word: 'desk-integrity' },
  code: { most: 6, every_ms: 33_000, word: 'desk-enter' },  // a code lasts for thirty seconds
}

export class DeskMember {
  done = { look: 0, check: 0, code: 0 }
  unanswered = { look: 0, check: 0, code: 0 }
  due = {}
  is_in = true

  // load: who judges and counts the answers. scrutins: codes of those of his bureau.
  constructor (member, key, scrutins, load) { Object.assign(this, { member, key, scrutins, load }) }

  path (rest = '') { return `/bureau/scrutins/${this.scrutins[Math.floor(this.load.random() * this.scrutins.length)]}${rest}` }

  async get (path) {
    const answer = await send(this.member, 'GET', path)
    this.load.note(answer, path)
    this.csrf = answer.body?.match(/name="csrf" value="([^"]*)"/)?.[1] ?? this.csrf
    if (answer.status === 303 && this.is_in) this.load.strange.push(`${path}: out of the desk, to ${answer.headers.location}`)
    return answer
  }

  // True: answered as when it is done.
  async post (act, path, fields, good) {
    const answer = await send(this.member, 'POST', path, new URLSearchParams({ csrf: this.csrf, ...fields }).toString(), () => this.load.emit('leaves'))
    const kind = this.load.note(answer, path)
    if (kind !== 'good') { if (act) this.unanswered[act]++; return false }
    if (!good(answer)) this.load.strange.push(`${path}: ${answer.status} ${answer.headers.location ?? answer.body.replace(/[^]*<main/, '').slice(0, 1500)}`)
    if (act) this.done[act]++
    return true
  }

  may (act) {
    if (this.done[act] + this.unanswered[act] >= acts[act].most || Date.now() < (this.due[act] ??= Date.now() + acts[act].every_ms * this.load.random())) return false
    this.due[act] = Date.now() + acts[act].every_ms * (0.75 + this.load.random() / 2)
    return true
  }

  async look () {
    const voted = this.load.places.filter(place => place.acknowledged && this.scrutins.includes(place.code))
    if (voted.length === 0) return
    const { code, member: { person } } = voted[Math.floor(this.load.random() * voted.length)]
    await this.post('look', `/bureau/scrutins/${code}/emargements`, { nom: `${person.nom} ${person.prenom}` }, ({ body }) => /a voté, /.test(body))
  }

  check () { return this.post('check', this.path('/integrite'), {}, ({ body }) => /Tout concorde/.test(body)) }

  async leave () {
    this.is_in = false
    this.due.code = Date.now() + acts.code.every_ms
    await this.post(null, '/bureau/sortie', {}, ({ status }) => status === 303)
  }

  // Whether the code was taken is known by the door alone, where no answer came.
  async come_back () {
    const door = await this.get('/bureau')
    if (door.status === 200) this.is_in = true
    if (door.status !== 303 || !this.may('code')) return
    this.is_in = await this.post('code', '/bureau/code', { code: totp(this.key) }, ({ headers }) => headers.location === '/bureau')
  }

  async step () {
    if (!this.is_in) return this.come_back()
    if (this.may('look')) return this.look()
    if (this.may('check')) return this.check()
    if (this.done.code + this.unanswered.code < acts.code.most && this.may('code')) return this.leave()
    const pages = ['/bureau', this.path(), this.path('/participation.csv'), this.path('/emargements'), '/bureau/journal']
    return this.get(pages[Math.floor(this.load.random() * pages.length)])
  }

  start () {
    this.running = true
    this.walk = (async () => { while (this.running) { await this.step(); await pause(150 + this.load.random() * 300) } })()
  }

  stop () { this.running = false; return this.walk }
}

// One for each of the bureaux with most scrutins, of these people: named by the office, enrolled, and in.
export async function open_desk (people, load) {
  const bureaux = await sql('SELECT bureau, GROUP_CONCAT(code) FROM scrutin GROUP BY bureau ORDER BY COUNT(*) DESC, bureau')
  const members = []
  for (const [i, person] of people.entries()) {
    const [bureau, codes] = bureaux[i % bureaux.length]
    const member = await new Member(person, 15_000 + i, { keeps: false }).enter()
    const key = await enter_desk(member, name_member(person, [{ role: 'président', bureau }]))
    members.push(Object.assign(new DeskMember(member, key, codes.split(','), load), { csrf: member.csrf }))
  }
  return members
}

// Of each member: what was answered is in the journal, and what is there was sent.
export async function require_journal (members) {
  const counts = {}
  for (const { member: { person }, done, unanswered } of members) {
    const rows = Object.fromEntries(await sql(`SELECT a.action, COUNT(*) FROM audit a JOIN desk_member m ON a.actor = CONCAT('membre n° ', m.id)
      WHERE m.email = '${person.adresse}' GROUP BY a.action`))
    for (const [act, { word }] of Object.entries(acts)) {
      const found = Number(rows[word] ?? 0) - (act === 'code' ? 1 : 0)  // his enrolment let him in, too
      assert.ok(done[act] <= found && found <= done[act] + unanswered[act], `${person.adresse}: ${done[act]} ${act} answered, ${unanswered[act]} not, ${found} in the journal`)
      counts[act] = (counts[act] ?? 0) + done[act]
      counts[`${act} unanswered`] = (counts[`${act} unanswered`] ?? 0) + unanswered[act]
      counts[`of them in the journal (${act})`] = (counts[`of them in the journal (${act})`] ?? 0) + found - done[act]
    }
  }
  return counts
}
