// SPDX-License-Identifier: AGPL-3.0-or-later
// The processes of the instance under keepers (keeper.cpp), as systemd keeps them in production: killed, frozen, stopped, and there again.
// The database's files lie on a small disk of their own, a tmpfs in a mount namespace that goes with its processes. Knows no election.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inbox, instance, portal } from '../http/client.mjs'
import { pause, sql } from '../http/crowd.mjs'

export const workers = ['activation', 'account', 'scrutins', 'reassort', 'vote', 'bureau']
export const daemons = ['courrier', 'sceau']
const order = ['database', ...workers, ...daemons, 'inbox', 'nginx']
const keeper = join(process.env.PORTAIL_BUILD, 'tests', 'chaos-keeper')
const restart_ms = { database: 500, nginx: 100 }  // others 300: shorter than production's, so that more fits into the time
const spare_megabytes = 96                        // of the small disk, beyond what the election takes

const run = name => join(instance, 'run', name)
// nginx writes its command into one word of its own.
const words_of = pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0*$/, '').replace(/^nginx: master process (.*)$/, (_, words) => words.replaceAll(' ', '\0')).split('\0')
const stat_of = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
const children = pid => { try { return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number) } catch { return [] } }
const lives = pid => { try { return stat_of(pid)[0] !== 'Z' } catch { return false } }

async function ended (pid, seconds = 40) {
  for (let tries = 0; tries < seconds * 20; tries++) {
    if (!lives(pid)) return
    await pause(50)
  }
  throw new Error(`process ${pid} does not end`)
}

export class Services {
  commands = {}  // of each service: its words
  keepers = {}   // its keeper's process

  get data () { return join(instance, 'db', 'data') }

  // From the launcher's hands into ours; `./portail stop` finds the keepers as it found the processes.
  async take_over () {
    const pids = Object.fromEntries(order.map(name => [name, Number(readFileSync(run(`${name}.pid`), 'utf8').split(' ')[0])]))
    for (const name of order) this.commands[name] = words_of(pids[name])
    for (const name of [...order].reverse()) {
      process.kill(pids[name], name === 'nginx' ? 'SIGQUIT' : 'SIGTERM')
      await ended(pids[name])
    }
    if (process.getuid() === 0) renameSync(this.data, `${this.data}.model`)
    for (const name of order) await this.start(name)
    await this.all_serve()
  }

  async start (name) {
    let words = this.commands[name]
    const socket = []
    for (const option of ['--listen', '--listen-guests']) {
      const at = words.indexOf(option)
      if (at < 0) continue
      socket.push('--socket', words[at + 1])
      words = [...words.slice(0, at), ...words.slice(at + 2)]
    }
    let command = [keeper, ...socket, '--pause', String(restart_ms[name] ?? 300), ...words]
    if (name === 'database' && process.getuid() === 0) command = this.on_small_disk(command)
    const log = openSync(join(instance, 'log', `${name}.log`), 'a')
    const child = spawn(command[0], command.slice(1), { detached: true, stdio: ['ignore', log, log] })
    closeSync(log)
    child.unref()
    this.keepers[name] = child.pid
    writeFileSync(run(`${name}.pid`), `${child.pid} ${stat_of(child.pid)[19]}\n`)
    if (name === 'database') await this.database_answers()
  }

  // A namespace of its own has the mount, so that no accident leaves one behind. Whole files, as a server allocates its logs.
  on_small_disk (command) {
    const model = `${this.data}.model`
    const megabytes = Math.ceil(Number(execFileSync('du', ['-s', '--apparent-size', '-B', '1M', model], { encoding: 'utf8' }).split('\t')[0])) + spare_megabytes
    const script = 'mkdir -p "$1" && mount -t tmpfs -o "size=$2m" portail-chaos "$1" && cp -a --sparse=never "$3/." "$1/" && shift 3 && exec "$@"'
    return ['unshare', '--mount', 'sh', '-ec', script, 'sh', this.data, String(megabytes), model, ...command]
  }

  async stop (name) {
    const pid = this.keepers[name]
    if (!lives(pid)) return
    process.kill(pid, name === 'nginx' ? 'SIGQUIT' : 'SIGTERM')
    await ended(pid)
  }

  // The process ids that a kind of victim names now: « nginx » is its workers.
  pids (kind) {
    const main = children(this.keepers[kind === 'nginx-master' ? 'nginx' : kind])
    return kind === 'nginx' ? main.flatMap(children) : main
  }

  // True: somebody was there to be sent the signal.
  signal (kind, signal, pick = list => list[0]) {
    const pid = pick(this.pids(kind))
    if (!pid) return false
    try { process.kill(pid, signal); return true } catch { return false }
  }

  async database_answers (seconds = 60) {
    for (let tries = 0; tries < seconds * 5; tries++) {
      if (await sql('SELECT 1').then(() => true, () => false)) return
      await pause(200)
    }
    throw new Error('the database does not come back')
  }

  // Every process is there, every worker answers through nginx. By themselves: nobody is started here.
  async all_serve (seconds = 60) {
    const until = Date.now() + seconds * 1000
    const pages = [...['/', '/portail/identification.htm', '/resultats', '/reassort', '/vote', '/bureau'].map(path => portal + path), inbox + '/email']
    await this.database_answers(seconds)
    for (;;) {
      const missing = order.filter(name => this.pids(name).length === 0)
      const said = await Promise.all(pages.map(path => fetch(path, { redirect: 'manual' }).then(answer => answer.arrayBuffer().then(() => answer.status), () => 0)))
      if (missing.length === 0 && said.every(status => status === 200 || status === 303)) return
      if (Date.now() > until) throw new Error(`after ${seconds} s: missing ${missing.join(' ') || 'none'}; ${pages.map((path, i) => `${path} ${said[i]}`).join(', ')}`)
      await pause(200)
    }
  }

  // --- The small disk ------------------------------------------------------------------------------------------------------------

  // Seen from outside the namespace.
  get disk () { return `/proc/${this.keepers.database}/root${this.data}` }
  get filler () { return join(this.disk, 'filler') }
  free_kilobytes () { const { bavail, bsize } = statfsSync(this.disk); return bavail * bsize / 1024 }
  fill_disk () {
    const block = Buffer.alloc(1 << 16), file = openSync(this.filler, 'a')
    try { for (;;) writeFileSync(file, block) } catch (error) { if (error.code !== 'ENOSPC') throw error } finally { closeSync(file) }
  }

  free_disk () { if (existsSync(this.filler)) rmSync(this.filler) }
}
