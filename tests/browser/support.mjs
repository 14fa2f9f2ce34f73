// SPDX-License-Identifier: AGPL-3.0-or-later
// What browser journeys share: Chromium, the inbox, the electors of the demonstration. The instance is the one that
// PORTAIL_URL, PORTAIL_MAIL_URL and PORTAIL_VAR name (./portail test browser starts a fresh one).
import { execFile, execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { instance, portal, root } from '../http/client.mjs'

export { electors, instance, message, portal } from '../http/client.mjs'
export { axe_finds } from './axe.mjs'

export const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } }

export function launch () {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync']
  })
}

// A fresh browser profile. Everything that would surprise a visitor is kept in `faults`: a script error, a refused or
// failed request (but a form's page with its errors, 400), an origin that is not ours.
export async function visitor (browser, size) {
  const context = await browser.newContext({ viewport: widths[size], locale: 'fr-FR', timezoneId: 'Europe/Paris' })
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', error => faults.push(`script error: ${error.message}`))
  page.on('console', message => { if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`) })
  page.on('request', request => { if (!request.url().startsWith(portal) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) faults.push(`other origin: ${request.url()}`) })
  page.on('response', response => { if (response.status() >= 400 && !(response.status() === 400 && response.request().isNavigationRequest())) faults.push(`${response.status()} ${response.url()}`) })
  return { context, page, faults }
}

// Keeps a picture when PORTAIL_PICTURES is set: the README's pictures are made by the journey itself.
export async function picture (page, size, name) {
  if (!process.env.PORTAIL_PICTURES) return
  const folder = join(root, 'tests', 'browser', 'pictures')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${size}-${name}.png`), fullPage: size === 'desktop' && name !== '08-listes' })
}

// No horizontal scroll at this width (UX-9).
export function overflow (page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

export const linkIn = mail => mail.text.match(/https?:\/\/\S+/)[0]

export function sql (query) {
  const env = { ...process.env, PORTAIL_DB_SOCKET: join(instance, 'run', 'db.sock') }
  return execFileSync(join(root, 'modules/launcher/mariadb.sh'), ['sql', join(instance, 'db'), '-N', '-e', query], { env }).toString().trim()
}

// The election office's command line on this instance.
export async function office (...words) {
  const { stdout } = await promisify(execFile)(join(root, 'portail'), ['ctl', ...words], { env: process.env })
  return stdout
}
