// SPDX-License-Identifier: AGPL-3.0-or-later
// A loopback server for the browser tests: the static files as they are laid out for nginx, the tests, the vectors, under the portal's
// strict content policy; `pages` adds handlers by "METHOD /path".
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../../modules/booth/install.mjs';
import { vectors_folder } from './vectors.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const k_types = {
  '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.html': 'text/html; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml',
};
export const k_content_policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** {origin, broken, close()}; folders below are served read-only; `broken` rejects with what a page's maker threw. */
export async function start_server(pages = {}) {
  const static_folder = mkdtempSync(join(tmpdir(), 'booth-static-'));
  execFileSync(join(root, 'templates/static/assemble'), [join(root, 'node_modules/@gouvfr/dsfr/dist'), static_folder]);
  install(static_folder, true);
  const folders = {
    '/static/': static_folder,
    '/vectors/': vectors_folder,
    '/tests/': fileURLToPath(new URL('./', import.meta.url)),
  };

  function find_file(path) {
    const prefix = Object.keys(folders).find((start) => path.startsWith(start));
    if (prefix === undefined || normalize(path) !== path) return null;
    try {
      return readFileSync(join(folders[prefix], path.slice(prefix.length)));
    } catch {
      return null;
    }
  }

  let report_broken;
  const broken = new Promise((_, reject) => { report_broken = reject; });
  broken.catch(() => {}); // whoever races with it hears it
  const server = createServer((request, response) => answer(request, response).catch((error) => {
    report_broken(error);
    response.destroy();
  }));
  async function answer(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.setHeader('Content-Security-Policy', k_content_policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const page = pages[`${request.method} ${pathname}`];
    if (page !== undefined) {
      const body = Buffer.concat(chunks).toString();
      const made = await page({ body, request, response });
      if (made === null) {
        // The line is cut inside the answer: before it, the browser would quietly send the request again by itself.
        response.writeHead(200, { 'Content-Length': 1000 }).write('{', () => response.destroy());
        return;
      }
      const { status = 200, type = 'text/html; charset=utf-8', text = '', headers = {} } = made;
      response.writeHead(status, { 'Content-Type': type, ...headers }).end(text);
      return;
    }
    const file = request.method === 'GET' ? find_file(pathname) : null;
    if (file === null) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': k_types[extname(pathname)] ?? 'application/octet-stream' }).end(file);
  }
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://localhost:${server.address().port}`,
    broken,
    async close() {
      server.closeAllConnections?.();
      await new Promise((done) => server.close(done));
      rmSync(static_folder, { recursive: true });
    },
  };
}
