// SPDX-License-Identifier: AGPL-3.0-or-later
// What systemd/SECRETS.md promises, on a running portal: the key of the logs' names changes and nobody notices; the pepper changes and everybody
// makes a new password by mail, stays who he was, and votes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { Visitor, instance, message, root } from '../client.mjs'
import { people_of } from '../places.mjs'

const workers = { names: ['activation', 'account', 'scrutins', 'reassort', 'bureau'], pepper: ['activation', 'account', 'reassort'] }
const file = (worker, name) => join(instance, 'secrets', worker, name)
// Stopped and started again on the same database; the launcher runs keygen at each start.
function restart () {
  execFileSync(join(root, 'portail'), ['stop'], { env: process.env })
  execFileSync(join(root, 'portail'), ['run', '--detach'], { env: process.env })
}
function pseudonym (page) {
  const reference = page.body.match(/cette page&nbsp;: ([0-9a-f]{16})/)[1]
  return readFileSync(join(instance, 'log', 'account.log'), 'utf8').split('\n').find(line => line.includes(`"id":"${reference}"`))?.match(/"elector":"([0-9a-f]{16})"/)?.[1]
}

describe('secrets that are changed', () => {
  const visitor = new Visitor()
  let person
  before(async () => {
    ;[person] = await people_of(import.meta.url)
    assert.equal((await visitor.activate(person)).headers.location, '/espace')
  })

  it('the names in the logs: another one afterwards, and nobody is signed out', { timeout: 120_000 }, async () => {
    const earlier = pseudonym(await visitor.get('/espace'))
    for (const worker of workers.names) rmSync(file(worker, 'pseudonym_key'))
    restart()
    const page = await visitor.get('/espace')
    assert.equal(page.status, 200)
    const later = pseudonym(page)
    assert.match(later, /^[0-9a-f]{16}$/)
    assert.notEqual(later, earlier)
    assert.equal((await new Visitor().sign_in(person)).headers.location, '/espace')
  })

  it('the pepper: passwords are refused, a link by mail makes a new one, connections and codes stay', { timeout: 120_000 }, async () => {
    const pepper = randomBytes(24).toString('base64url')
    for (const worker of workers.pepper) writeFileSync(file(worker, 'password_pepper'), pepper, { mode: 0o600 })
    restart()
    assert.equal((await visitor.get('/espace')).status, 200)
    assert.equal((await new Visitor().sign_in(person)).status, 400)
    execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), 'portail', '-e', 'UPDATE account SET defi_question = NULL, defi_answer_hash = NULL'],
      { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } })
    const renewed = new Visitor()
    assert.equal((await renewed.replace_password(person, 'Urne-de-verre-57')).headers.location, '/portail/question-defi.htm')
    await renewed.get('/portail/question-defi.htm')
    assert.equal((await renewed.submit('/portail/question-defi.htm', { question: '2', reponse: 'Niort' })).headers.location, '/espace')
    const again = new Visitor()
    assert.equal((await again.sign_in(person, 'Urne-de-verre-57')).headers.location, '/espace')
    await again.get('/reassort')
    assert.equal((await again.submit('/reassort', { telephone: '06 39 98 00 59', numen: person.numen, naissance: person.naissance, reponse: 'niort' })).headers.location, '/reassort/envoi')
    const new_code = (await message('262639980059@sms.example', /./)).text.match(/[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}/)[0]
    const [code] = await again.open_scrutins()
    assert.equal((await again.cast(code, await again.make_ballot(code, new_code, 1))).status, 200)
  })
})
