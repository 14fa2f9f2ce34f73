// SPDX-License-Identifier: AGPL-3.0-or-later
// nginx with the portal's own files, before a worker that ends its connections: a reading that found its kept connection ended is asked for again
// on a new one; what acts is sent once, whatever became of it.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { instance, portal } from '../client.mjs'
import { pause } from '../crowd.mjs'

const port = Number(new URL(portal).port) + 9, folder = mkdtempSync(join(tmpdir(), 'portail-once-'))
const k_begin = 1, k_stdin = 5, k_keep = 1
const record = (type, content) => Buffer.concat([Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]), content])
const good = Buffer.concat([record(6, Buffer.from('Status: 200 OK\r\nContent-Type: text/plain\r\n\r\ngood')), record(6, Buffer.alloc(0)), record(3, Buffer.alloc(8))])

// FastCGI as far as nginx speaks it. Each request it was sent is counted; `answers(number on its connection)` says whether it is answered, else
// the connection ends.
class Worker {
  asked = []  // of each: did nginx want to keep the connection?
  answers = () => true
  constructor (path) {
    this.server = net.createServer(connection => {
      let bytes = Buffer.alloc(0), number = 0, keeps = false
      connection.on('error', () => {})
      connection.on('data', part => {
        bytes = Buffer.concat([bytes, part])
        while (bytes.length >= 8 && bytes.length >= 8 + bytes.readUInt16BE(4) + bytes[6]) {
          const type = bytes[1], length = bytes.readUInt16BE(4)
          if (type === k_begin) keeps = (bytes[10] & k_keep) === 1
          bytes = bytes.subarray(8 + length + bytes[6])
          if (type !== k_stdin || length !== 0) continue
          this.asked.push(keeps)
          this.answers(number++) ? connection.write(good) : connection.destroy()
        }
      })
    }).listen(path)
  }
}

describe('before a worker that ends its connections', () => {
  let nginx, worker
  const base = `http://localhost:${port}`
  const get = () => fetch(`${base}/scrutins`).then(answer => answer.status)
  const post = () => fetch(`${base}/reclamations`, { method: 'POST', body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }).then(answer => answer.status)
  before(async () => {
    worker = new Worker(join(folder, 'scrutins.sock'))
    mkdirSync(join(folder, 'tmp'))
    const conf = readFileSync(join(instance, 'etc', 'nginx.conf'), 'utf8').replaceAll(`127.0.0.1:${new URL(portal).port}`, `127.0.0.1:${port}`)
      .replaceAll(join(instance, 'run', 'scrutins.sock'), join(folder, 'scrutins.sock')).replaceAll(join(instance, 'tmp'), join(folder, 'tmp'))
      .replace('worker_processes 2', 'worker_processes 1').replace(/pid .*;/, `pid "${folder}/nginx.pid";`).replace(/access_log .*;/, 'access_log off;')
    // Beside the instance's own: includes are relative to it.
    const file = join(instance, 'etc', 'once-nginx.conf')
    writeFileSync(file, conf)
    nginx = spawn('/usr/sbin/nginx', ['-c', file, '-e', join(folder, 'error.log')], { stdio: ['ignore', 'ignore', 'inherit'] })
    for (let tries = 0; tries < 100; tries++) {
      try { if (await get() === 200) return } catch { await pause(50) }
    }
    throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'))
  })
  after(() => { nginx?.kill('SIGQUIT'); worker?.server.close(); rmSync(folder, { recursive: true, force: true }) })

  it('a reading over a kept connection is asked for again', async () => {
    assert.equal(await get(), 200)
    worker.asked.length = 0
    worker.answers = number => number === 0  // the next request on a connection finds it ended
    assert.equal(await get(), 200)
    assert.deepEqual(worker.asked, [true, true])
  })

  it('a reading over a new connection is not', async () => {
    worker.answers = () => false
    while (await get() === 200);  // what was kept is used up
    worker.asked.length = 0
    assert.equal(await get(), 502)
    assert.deepEqual(worker.asked, [true])
  })

  it('what acts is sent once, also after many readings', async () => {
    worker.answers = () => true
    for (let i = 0; i < 5; i++) assert.equal(await get(), 200)
    assert.equal(await post(), 200)
    assert.equal(await post(), 200)
    worker.answers = () => false
    worker.asked.length = 0
    assert.equal(await post(), 502)
    assert.equal(worker.asked.length, 1)
    // One that was answered before: its connection was not kept.
    worker.answers = number => number === 0
    worker.asked.length = 0
    assert.equal(await post(), 200)
    assert.equal(await post(), 200)
    assert.equal(worker.asked.length, 2)
  })
})
