// SPDX-License-Identifier: AGPL-3.0-or-later
// A witness of the public log with a key of tests alone: the suite names it in the portal's settings before it starts.
// Run by itself it prints that key as a setting's text.
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'

export const name = 'temoin.essai.example/urne'
const seed = createHash('sha256').update('witness of the tests').digest()
const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' })
const public_key = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x, 'base64url')
const kinded = Buffer.concat([Buffer.from([4]), public_key])
const id = createHash('sha256').update(name + '\n').update(kinded).digest().subarray(0, 4).toString('hex')
export const verifier = [name, id, kinded.toString('base64')].join('+')
// As « scrutin-verify witness init » would have written it.
export const key_file = `${name}\n${Buffer.concat([seed, public_key]).toString('base64url')}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(verifier)
