// SPDX-License-Identifier: AGPL-3.0-or-later
// PHP-FPM behind an nginx of its own, with pages made from recorded answers: each runs the page's statements, fetches their rows, and prints the
// page's bytes; what stands in a row is printed from it, escaped. Loops are unrolled and nothing is decided: less work than a written page.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import http from 'node:http'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instance, portal } from '../../http/client.mjs'
import { pause, sql } from '../../http/crowd.mjs'
import { children, seconds_of } from '../server_cpu.mjs'

const program = '/usr/sbin/php-fpm8.2'
const port = Number(new URL(portal).port) + 9
const quoted = text => `'${text.replace(/[\\']/g, '\\$&')}'`
const decoded = html => html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(quot|lt|gt|amp));/gi, (all, hex, decimal, name) => name ? { quot: '"', lt: '<', gt: '>', amp: '&' }[name.toLowerCase()] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)))
const encoded = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const pattern = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const seconds_of_all = pid => [pid, ...children(pid)].reduce((sum, one) => sum + seconds_of(one), 0)

export class PhpSide {
  pages = new Map()
  agent = new http.Agent({ keepAlive: true, maxSockets: 8, timeout: 15_000 })

  constructor (folder) {
    if (!existsSync(program)) throw new Error('the peer of this bench is not there: apt-get install php8.2-fpm php8.2-mysql php8.2-opcache')
    this.folder = folder
    mkdirSync(join(folder, 'pages'))
  }

  add (name, answer, statements) { this.pages.set(name, { answer, statements }) }

  async #write (name, { answer, statements }) {
    const is_html = answer.headers['content-type'].startsWith('text/html')
    const places = new Map()  // of a value, where it stands
    const cuts = []  // of columns that come as one, in the statement of the session: PHP cuts them apart
    const place = (value, at) => { if (value.length > 2 && value !== 'NULL' && !value.includes('\\') && !places.has(value)) places.set(value, at) }
    for (const [i, statement] of statements.entries()) {
      for (const [r, row] of (await sql(statement)).entries()) {
        for (const [c, value] of row.entries()) {
          const parts = value.split('\\n')
          if (parts.length === 1) { place(value, `$r[${i}][${r}][${c}]`); continue }
          cuts.push(`$c[${cuts.length}] = explode("\\n", $r[${i}][${r}][${c}]);`)
          for (const [k, part] of parts.entries()) place(part, `$c[${cuts.length - 1}][${k}]`)
        }
      }
    }
    const values = [...places.keys()].sort((a, b) => b.length - a.length)
    const cut = new RegExp(values.length > 0 ? `(${values.map(pattern).join('|')})` : '(?!)')
    const print = (text, escape) => text.split(cut).filter(Boolean).map(part => places.has(part) ? (is_html ? `htmlspecialchars(${places.get(part)})` : places.get(part)) : quoted(escape(part)))
    // Of a page, texts between tags; of JSON, all of it.
    const pieces = is_html
      ? answer.body.split(/(<[^>]*>)/).filter(Boolean).flatMap(part => part.startsWith('<') ? [quoted(part)] : print(decoded(part), encoded))
      : print(answer.body, text => text)
    writeFileSync(join(this.folder, 'pages', `${name}.php`), `<?php
$db = new PDO('mysql:unix_socket=${join(instance, 'run', 'db.sock')};dbname=portail;charset=utf8mb4', 'root', '', [PDO::ATTR_PERSISTENT => true, PDO::ATTR_EMULATE_PREPARES => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$r = [];
${statements.map(text => `$s = $db->prepare(${quoted(text)}); $s->execute(); $r[] = $s->fetchAll(PDO::FETCH_NUM);`).join('\n')}
${cuts.join('\n')}
header(${quoted(`Content-Type: ${answer.headers['content-type']}`)});
echo ${pieces.join(',')};
`)
    return pieces.filter(piece => !piece.startsWith("'")).length
  }

  async start () {
    for (const [name, page] of this.pages) page.printed = await this.#write(name, page)
    const extensions = join('/usr/lib/php', readdirSync('/usr/lib/php').find(name => /^\d{8}$/.test(name)))
    writeFileSync(join(this.folder, 'php.ini'), ['mysqlnd', 'pdo', 'pdo_mysql'].map(one => `extension=${join(extensions, `${one}.so`)}\n`).join('') +
      `zend_extension=${join(extensions, 'opcache.so')}\nopcache.enable=1\nopcache.jit=tracing\nopcache.jit_buffer_size=64M\nopcache.validate_timestamps=0\nopcache.memory_consumption=128\nexpose_php=0\n`)
    writeFileSync(join(this.folder, 'fpm.conf'), `[global]\nerror_log = ${this.folder}/fpm.log\ndaemonize = no\n[visit]\nlisten = ${this.folder}/fpm.sock\nuser = root\ngroup = root\npm = static\npm.max_children = 16\npm.max_requests = 0\n`)
    this.fpm = spawn(program, ['-c', join(this.folder, 'php.ini'), '-y', join(this.folder, 'fpm.conf'), '-F', '-R'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PHP_INI_SCAN_DIR: '' } })
    const ours = readFileSync(join(instance, 'etc', 'nginx.conf'), 'utf8')
    const conf = ours.replaceAll(`127.0.0.1:${new URL(portal).port}`, `127.0.0.1:${port}`).replace(/pid .*;/, `pid "${this.folder}/nginx.pid";`)
      .replace(/access_log .*;/, `access_log "${this.folder}/access.log" portail;`)
      .replace(/upstream portail_activation_guest/, `upstream php { server "unix:${this.folder}/fpm.sock"; keepalive 8; }\n  $&`)
      .replace('include portail/locations.conf;', `include portail/snippets/headers.conf; include portail/snippets/limits.conf;
    location / { fastcgi_pass php; include portail/snippets/fastcgi.conf; fastcgi_param SCRIPT_FILENAME "${this.folder}/pages$uri"; }`)
    this.conf = join(instance, 'etc', 'visit-nginx.conf')
    writeFileSync(this.conf, conf)
    this.nginx = spawn('/usr/sbin/nginx', ['-c', this.conf, '-e', join(this.folder, 'nginx-error.log')], { stdio: ['ignore', 'ignore', 'inherit'] })
    for (let tries = 0; tries < 100; tries++) {
      await pause(50)
      try { if ((await this.get([...this.pages.keys()][0])).status === 200) return } catch { /* not yet */ }
    }
    throw new Error(`PHP did not start: ${this.folder}/fpm.log, nginx-error.log`)
  }

  get (name) {
    return new Promise((resolve, reject) => {
      http.get({ agent: this.agent, host: '127.0.0.1', port, path: `/${name}.php` }, answer => {
        const parts = []
        answer.on('data', part => parts.push(part))
        answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() }))
      }).on('error', reject)
    })
  }

  check (name, answer) {
    const page = this.pages.get(name)
    assert.equal(answer.status, 200, name)
    assert.equal(decoded(answer.body), decoded(page.answer.body), `${name}: PHP's page is not the portal's`)
    assert.ok(page.printed > 0, `${name}: nothing of its rows stands in the page`)
  }

  cpu_now () { return { nginx: seconds_of_all(this.nginx.pid), fpm: seconds_of_all(this.fpm.pid) } }
  cpu_since (before) { const now = this.cpu_now(); return { nginx: now.nginx - before.nginx, fpm: now.fpm - before.fpm } }

  stop () { this.fpm?.kill('SIGQUIT'); this.nginx?.kill('SIGQUIT') }
}
