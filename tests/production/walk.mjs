// SPDX-License-Identifier: AGPL-3.0-or-later
// From an address to a receipt on the installed portal, over TLS, by the modules that the browser runs. Prints the receipt's reference.
//   walk.mjs INDEX      the elector of that place in the notices
import assert from 'node:assert/strict'
import { Visitor, ask, electors } from '../http/client.mjs'

const person = (await electors())[Number(process.argv[2])]
const voter = new Visitor()
const activated = await voter.activate(person)
assert.equal(activated.status, 303, 'the account is activated')
assert.equal((await voter.get('/espace')).status, 200, 'the voter space opens')

const returning = new Visitor()
assert.equal((await returning.sign_in(person)).status, 303, 'signing in again')
const [code] = await returning.open_scrutins()
assert.ok(code, 'a scrutin is open to this elector')
const ballot = await returning.make_ballot(code, person.code, 1)
assert.ok(ballot, 'the code de vote opens the envelope')
const cast = await returning.cast(code, ballot)
assert.equal(cast.status, 200, cast.body)
const receipt = JSON.parse(cast.body)
assert.match(JSON.stringify(receipt), /signature|recu|receipt/i, cast.body)
assert.match((await returning.get('/vote')).body, /vot[ée]/i)
const again = await returning.cast(code, ballot)
assert.equal(again.status, 200, 'the same ballot again gives the same receipt')
assert.equal((await ask('GET', '/')).headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
console.log(`${code} ${Object.keys(receipt).join(',')}`)
