// SPDX-License-Identifier: AGPL-3.0-or-later
// A visitor without a browser: cookies, form tokens, redirects told and not followed. For journeys through nginx and for
// the benches. The instance is the one of PORTAIL_URL, PORTAIL_MAIL_URL, PORTAIL_VAR; over TLS, PORTAIL_CA is who vouches for it.
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import '../../modules/booth/node_crypto.mjs'
import { make_ballot, vector_of_choice } from '../../modules/booth/ballot.js'
import { derive_secret_key } from '../../modules/booth/credential.js'
import { parse_election } from '../../modules/booth/election.js'
import { open_envelope, parse_envelope } from '../../modules/booth/envelope.js'
import { read_voting_code } from '../../modules/booth/voting_code.js'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const need = name => process.env[name] ?? (() => { throw new Error(`${name} is not set: run ./portail test http`) })()
export const portal = need('PORTAIL_URL')
export const inbox = need('PORTAIL_MAIL_URL')
export const instance = need('PORTAIL_VAR')
const base = new URL(portal)
const tls = base.protocol === 'https:' ? { port: base.port || 443, servername: base.hostname, ca: readFileSync(need('PORTAIL_CA')) } : null

// {status, headers, body} of one request with exactly these headers, on a connection of its own or one of `agent`; `from`: the client's address, 127.x.y.z.
export function ask (method, path, headers = {}, body = undefined, from = undefined, agent = false) {
  return new Promise((resolve, reject) => {
    const where = { agent, host: '127.0.0.1', port: base.port, localAddress: from, ...tls, method, path, headers: { Host: base.host, ...headers } }
    const request = (tls ? https : http).request(where, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts), body: Buffer.concat(parts).toString() }))
    })
    request.on('error', reject)
    if (body !== undefined) request.write(body)
    request.end()
  })
}

// {type, bytes} of a form in parts, with a file or without; each call has a boundary of its own, as each sending of a browser.
export function form_in_parts (fields, file) {
  const boundary = `----WebKitFormBoundary${randomBytes(8).toString('hex')}`
  const parts = Object.entries(fields).map(([key, value]) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`))
  if (file) parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n`), file.bytes, Buffer.from('\r\n'))
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]) }
}
export const small_pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

export class Visitor {
  cookies = new Map()
  csrf = ''
  form_key = ''
  // `from`: the address that this visitor comes from, 127.x.y.z; limits are by network.
  constructor (from = undefined) { this.from = from }

  agent = false  // an http.Agent keeps connections, as browsers do

  cookie () { return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }

  async send (method, path, { headers = {}, body } = {}) {
    const cookie = this.cookie()
    const answer = await ask(method, path, { ...(cookie ? { Cookie: cookie } : {}), ...headers }, body, this.from, this.agent)
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const field = name => answer.body.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]
    this.csrf = field('csrf') ?? answer.body.match(/data-csrf="([^"]*)"/)?.[1] ?? this.csrf
    this.form_key = field('form_key') ?? this.form_key
    return answer
  }

  get (path) { return this.send('GET', path) }

  // With the tokens of the page last seen; `fields` may replace them.
  submit (path, fields = {}) { return this.post(path, { csrf: this.csrf, form_key: this.form_key, ...fields }) }

  // Exactly these.
  post (path, fields) {
    const body = new URLSearchParams(fields).toString()
    return this.send('POST', path, { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } })
  }

  post_in_parts (path, fields, file) {
    const { type, bytes } = form_in_parts(fields, file)
    return this.send('POST', path, { body: bytes, headers: { 'Content-Type': type, 'Content-Length': bytes.length } })
  }

  // As submit(), with one file, { field, name, bytes }, as browsers send it.
  submit_file (path, file, fields = {}) { return this.post_in_parts(path, { csrf: this.csrf, form_key: this.form_key, ...fields }, file) }

  // By « mot de passe oublié » and the mail that comes; the answer to the new password.
  async replace_password (person, password) {
    const known = (await (await fetch(`${inbox}/email`)).json()).map(mail => mail.id)
    await this.get('/portail/mot-de-passe-oublie.htm')
    await this.submit('/portail/mot-de-passe-oublie.htm', { adresse: person.adresse })
    const link = new URL((await message(person.adresse, /token=/, 0, known)).text.match(/https?:\/\/\S+/)[0])
    await this.get(link.pathname + link.search)
    await this.get('/portail/lien.htm')
    await this.submit('/portail/lien.htm')
    await this.get('/portail/mot-de-passe.htm')
    return this.submit('/portail/mot-de-passe.htm', { mot_de_passe: password, confirmation: password })
  }

  async activate (person, password = 'Bulletin-vert-92') {
    await this.get('/portail/identification.htm')
    const asked = Date.now() - 1000
    await this.submit('/portail/identification.htm', { adresse: person.adresse })
    const link = new URL((await message(person.adresse, /mot de passe/i, asked)).text.match(/https?:\/\/\S+/)[0])
    await this.get(link.pathname + link.search)
    await this.get('/portail/lien.htm')
    await this.submit('/portail/lien.htm')
    await this.get('/portail/mot-de-passe.htm')
    const kept = await this.submit('/portail/mot-de-passe.htm', { mot_de_passe: password, confirmation: password })
    if (kept.headers.location !== '/portail/question-defi.htm') return kept
    await this.get('/portail/question-defi.htm')
    return this.submit('/portail/question-defi.htm', { question: '1', reponse: 'La Rochelle' })
  }

  async sign_in (person, password = 'Bulletin-vert-92') {
    await this.get('/connexion')
    return this.submit('/connexion', { adresse: person.adresse, mot_de_passe: password, suite: '' })
  }

  // Codes of the scrutins where this visitor may vote now.
  async open_scrutins () {
    const page = await this.get('/vote')
    return [...page.body.matchAll(/href="\/vote\/([^/"]+)\/bulletin"/g)].map(part => part[1])
  }

  // A ballot as the booth makes it, from what the portal serves to this visitor.
  async make_ballot (code, voting_code, choice) {
    await this.get(`/vote/${code}/bulletin`)
    const parameters = JSON.parse((await this.get(`/vote/${code}/parametres`)).body)
    const envelope = parse_envelope(JSON.parse((await this.get('/vote/enveloppe')).body))
    const secret = await open_envelope(envelope, read_voting_code(voting_code).code)
    if (!secret) return null
    const election = parse_election(parameters.election)
    return make_ballot(election, derive_secret_key(election.group, election.uuid, secret), [vector_of_choice(election.questions[0], choice)])
  }

  // As the booth sends it, which has no form and no key of one.
  cast (code, ballot) { return this.post_in_parts(`/vote/${code}/bulletin`, { csrf: this.csrf, ballot }) }
}

// The newest message to `address` after `since` that matches and is none of `known` (their ids); waits for it. A message's
// time is its Date header, in whole seconds: two that follow each other are told apart by their ids alone.
export async function message (address, pattern, since = 0, known = []) {
  const seconds = 60
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const all = await (await fetch(`${inbox}/email`)).json()
    const mine = all.filter(mail => mail.to.some(to => to.address.toLowerCase() === address.toLowerCase()) &&
      pattern.test(mail.subject + '\n' + mail.text) && !known.includes(mail.id) && new Date(mail.time ?? mail.date).getTime() >= since)
    if (mine.length > 0) return mine[mine.length - 1]
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`no message to ${address} matching ${pattern} after ${seconds} s`)
}

async function csv (file) {
  const rows = (await readFile(file, 'utf8')).replace(/^\ufeff/, '').trim().split(/\r?\n/).map(line =>
    [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(part => (part[1] ?? part[2] ?? '').replaceAll('""', '"')))
  const [heading, ...lines] = rows
  return lines.map(line => Object.fromEntries(heading.map((name, i) => [name, line[i] ?? ''])))
}

// Electors of the demonstration with their code de vote, in the order of the notices.
export async function electors () {
  const people = new Map((await csv(join(instance, 'demo', 'electeurs.csv'))).map(person => [person.courriel, person]))
  return (await csv(join(instance, 'notices', 'notices.csv')))
    .map(notice => ({ ...people.get(notice.courriel), adresse: notice.courriel, code: notice.code_de_vote }))
}
