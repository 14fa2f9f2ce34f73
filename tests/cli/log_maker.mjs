// SPDX-License-Identifier: AGPL-3.0-or-later
// A public log written a second time, from the C2SP texts and RFC 6962 alone (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof,
// tlog-cosignature), so that the auditor's program is judged by another reading of them. Slow and plain.
//   log_maker.mjs key DIR                     makes DIR/keys.json; prints the log's key and the receipts' key, a line each
//   log_maker.mjs log DIR SIZE [FROM]         DIR/served: the log of SIZE ballots; those from FROM on are others
//   log_maker.mjs receipt DIR INDEX SIZE      DIR/recu.json and DIR/preuve.tlog-proof of one of them
//   log_maker.mjs request DIR OLD SIZE        a request to a witness, on standard output
//   log_maker.mjs cosigned FILE KEY           exit 0 if a cosignature by KEY is under the checkpoint of FILE
//   log_maker.mjs serve DIR                   serves DIR/served; prints its address
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join, normalize } from 'node:path'

const uuid = '123456789zABCD'
const origin = `vote.example/urne/${uuid}`
const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts.map(part => Buffer.from(part)))).digest()
const ballot = (index, from) => sha(index >= from ? `other ${index}` : `ballot ${index}`)
const leaf = entry => sha([0], entry)
const node = (left, right) => sha([1], left, right)
const split = count => { let k = 1; while (k * 2 < count) k *= 2; return k }
const cache = new Map()
function mth (leaves, begin, end) {
  if (end === begin) return sha()
  if (end - begin === 1) return leaves[begin]
  const name = `${begin}-${end}`
  if (!cache.has(name)) cache.set(name, node(mth(leaves, begin, begin + split(end - begin)), mth(leaves, begin + split(end - begin), end)))
  return cache.get(name)
}
// RFC 6962 section 2.1.1, PATH(m, D[n]), and 2.1.2, SUBPROOF(m, D[n], b).
function path (leaves, m, begin, end) {
  if (end - begin === 1) return []
  const k = begin + split(end - begin)
  return m < k ? [...path(leaves, m, begin, k), mth(leaves, k, end)] : [...path(leaves, m, k, end), mth(leaves, begin, k)]
}
function subproof (leaves, m, begin, end, whole) {
  if (m === end) return whole ? [] : [mth(leaves, begin, end)]
  const k = begin + split(end - begin)
  return m <= k ? [...subproof(leaves, m, begin, k, whole), mth(leaves, k, end)] : [...subproof(leaves, m, k, end, false), mth(leaves, begin, k)]
}

const raw = key => createPublicKey(key).export({ format: 'jwk' }).x
const key_id = (name, kind, key) => sha(name, '\n', [kind], Buffer.from(key, 'base64url')).subarray(0, 4)
const vkey = (name, kind, key) => `${name}+${key_id(name, kind, key).toString('hex')}+${Buffer.concat([Buffer.from([kind]), Buffer.from(key, 'base64url')]).toString('base64')}`
const keys = folder => JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'))
const secret = pem => createPrivateKey(pem)

function note (folder, leaves, size) {
  const text = `${origin}\n${size}\n${mth(leaves, 0, size).toString('base64')}\n`
  const { log } = keys(folder)
  const bytes = Buffer.concat([key_id(origin, 1, raw(secret(log))), sign(null, Buffer.from(text), secret(log))])
  return `${text}\n— ${origin} ${bytes.toString('base64')}\n`
}
const leaves_of = (size, from = Infinity) => Array.from({ length: size }, (_, i) => leaf(ballot(i, from)))
const tile_name = index => String(index).padStart(3, '0')  // a test's logs stay below a thousand tiles

function write_log (folder, size, from) {
  const leaves = leaves_of(size, from)
  const put = (name, content) => { mkdirSync(dirname(join(folder, 'served', name)), { recursive: true }); writeFileSync(join(folder, 'served', name), content) }
  for (let level = 0, span = 1; Math.floor(size / span) > 0; level++, span *= 256) {
    const count = Math.floor(size / span)
    for (let index = 0; index * 256 < count; index++) {
      const width = Math.min(256, count - index * 256)
      const hashes = Array.from({ length: width }, (_, i) => mth(leaves, (index * 256 + i) * span, (index * 256 + i + 1) * span))
      put(`tile/${level}/${tile_name(index)}${width < 256 ? `.p/${width}` : ''}`, Buffer.concat(hashes))
    }
  }
  put('checkpoint', note(folder, leaves, size))
}

const [command, folder, ...rest] = process.argv.slice(2)
const acts = {
  key () {
    const make = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ log: make(), receipt: make() }))
    console.log(vkey(origin, 1, raw(secret(keys(folder).log))))
    console.log(raw(secret(keys(folder).receipt)))
  },
  log () { write_log(folder, Number(rest[0]), rest[1] === undefined ? Infinity : Number(rest[1])) },
  receipt () {
    const [index, size] = rest.map(Number)
    const leaves = leaves_of(size)
    const tracker = ballot(index, Infinity).toString('base64').replace(/=$/, '')
    const at = '2026-12-03T09:00:00Z'
    const signature = sign(null, Buffer.from(`portail-receipt|1|${uuid}|${tracker}|${at}`), secret(keys(folder).receipt)).toString('base64url')
    writeFileSync(join(folder, 'recu.json'), JSON.stringify({ version: 1, scrutin: uuid, tracker, at, signature }))
    const hashes = path(leaves, index, 0, size).map(hash => `${hash.toString('base64')}\n`).join('')
    writeFileSync(join(folder, 'preuve.tlog-proof'), `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${note(folder, leaves, size)}`)
  },
  request () {
    const [old, size] = rest.map(Number)
    const leaves = leaves_of(size)
    const hashes = old === 0 ? [] : subproof(leaves, old, 0, size, true)
    process.stdout.write(`old ${old}\n${hashes.map(hash => `${hash.toString('base64')}\n`).join('')}\n${note(folder, leaves, size)}`)
  },
  cosigned () {
    const text = readFileSync(folder, 'utf8')
    const [, name, encoded] = rest[0].match(/^([^+]+)\+[0-9a-f]{8}\+(.*)$/)
    const key = Buffer.from(encoded, 'base64').subarray(1)
    const body = text.slice(0, text.indexOf('\n\n') + 1)
    const [, base64] = text.match(new RegExp(`^— ${name.replaceAll('.', '\\.')} (\\S+)$`, 'm'))
    const bytes = Buffer.from(base64, 'base64')
    const time = bytes.readBigUInt64BE(4)
    const public_key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') } })
    const good = bytes.subarray(0, 4).equals(key_id(name, 4, key.toString('base64url'))) && Math.abs(Number(time) - Date.now() / 1000) < 3600 &&
      verify(null, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), public_key, bytes.subarray(12))
    process.exit(good ? 0 : 1)
  },
  serve () {
    const server = createServer((request, response) => {
      try {
        response.end(readFileSync(join(folder, 'served', normalize(new URL(request.url, 'http://x').pathname))))
      } catch {
        response.writeHead(404).end()
      }
    })
    server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
  }
}
acts[command]()
