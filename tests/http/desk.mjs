// SPDX-License-Identifier: AGPL-3.0-or-later
// Members of the desk for the tests: named by the office, enrolled with its code, and the codes of their second factor as an application makes them (RFC 6238).
import { execFile, execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { instance, root } from './client.mjs'

const build = process.env.PORTAIL_BUILD ?? join(root, 'build')
const tool = join(build, 'bin', 'scrutinctl')
const options = actor => ['--config', join(instance, 'etc', 'portail.toml'), '--secrets', join(instance, 'secrets', 'scrutinctl'), '--acteur', actor]
export const office = (...words) => execFileSync(tool, [...options('une officière'), ...words]).toString()
// The same by an officer of this name, while other things go on; gives what it said.
export const officer = name => async (...words) => (await promisify(execFile)(tool, [...options(name), ...words])).stdout

function bytes_of_base32 (text) {
  const bits = [...text.replaceAll(' ', '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
}
export function totp (key, seconds = Date.now() / 1000) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)))
  const mac = createHmac('sha1', bytes_of_base32(key)).update(counter).digest()
  const at = mac[19] & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

// Roles of somebody: [{ role, bureau }] or [{ role, academie }]; the office's code for his second factor.
export function name_member (person, roles) {
  const file = join(instance, `membres-${process.pid}.csv`)
  writeFileSync(file, ['courriel;bureau;academie;role', ...roles.map(({ role, bureau = '', academie = '' }) => [person.adresse, bureau, academie, role].join(';'))].join('\n') + '\n')
  office('members', 'import', file)
  return office('members', 'enrol', person.adresse).match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/)[0]
}
// A candidature that the office opened for this delegate: its number. Of a scrutin that this election has not, since those of a vote under way are fixed.
export function open_list (person, union) {
  const query = text => execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e', text],
    { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } }).toString().trim()
  query(`INSERT INTO candidature (scrutin_code, union_name, opens_at, closes_at) VALUES ('a-venir', '${union}', '2020-01-01', '2037-01-01')`)
  const number = query(`SELECT id FROM candidature WHERE union_name = '${union}'`)
  query(`INSERT INTO desk_member (email, role, place, added_at) VALUES ('${person.adresse}', 'delegue_liste', '${number}', UTC_TIMESTAMP())`)
  return number
}
// Somebody who stopped his requests for a new code; and the address of his line, as the desk's search gives it to this visitor.
export function stop_reassort (person) {
  execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', 'portail', '-e',
    `INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) SELECT id, UTC_TIMESTAMP(), 'frozen', 1, SHA2(CONCAT('stopped', id), 256) FROM voter WHERE email = '${person.adresse}'`],
  { env: { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') } })
}
export async function line_of (visitor, person) {
  await visitor.get('/bureau/electeurs')
  const found = await visitor.submit('/bureau/electeurs', { nom: person.adresse })
  return found.body.match(/href="(\/bureau\/electeurs\/[^"]+)"/)?.[1]
}
// From a signed-in visitor to the first page of the desk; gives the key of his second factor.
export async function enter_desk (visitor, code) {
  await visitor.get('/bureau/enrolement')
  const shown = await visitor.submit('/bureau/enrolement', { enrolement: code })
  const key = shown.body.match(/id="cle">([A-Z2-7 ]+)</)[1]
  const entered = await visitor.submit('/bureau/enrolement', { enrolement: code, chiffres: totp(key) })
  if (entered.headers.location !== '/bureau') throw new Error(`not at the desk: ${entered.status}`)
  return key
}
