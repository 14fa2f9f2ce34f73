// SPDX-License-Identifier: AGPL-3.0-or-later
// A member at the desk in Chromium, whose every page may be looked at in both widths.
import { Visitor } from '../http/client.mjs'
import { enter_desk, name_member } from '../http/desk.mjs'
import { context_of } from '../pages/seats.mjs'
import { html_faults } from '../pages/look.mjs'
import { axe_finds, overflow, widths } from './support.mjs'

// `roles`: as name_member takes them; what is wrong goes to `faults`. look(name): the page that is shown, at both widths; its address asked once more for
// what the server wrote, where a GET gives it.
export async function sit (browser, person, roles, size, looks, faults) {
  const visitor = new Visitor()
  await visitor.activate(person)
  await enter_desk(visitor, name_member(person, roles))
  const context = await context_of(browser, visitor, { viewport: widths[size] })
  const page = await context.newPage()
  page.on('pageerror', error => faults.push(`script error: ${error.message}`))
  page.on('console', message => { if (message.type() === 'error' && !message.text().startsWith('Failed to load')) faults.push(message.text()) })
  async function look (name, is_get = true) {
    for (const width of ['phone', 'desktop']) {
      await page.setViewportSize(widths[width])
      const wide = await overflow(page)
      if (wide > 0) faults.push(`${name}, ${width}: ${wide} px too wide`)
      faults.push(...(await axe_finds(page)).map(find => `${name}, ${width}: ${find}`))
      await looks.picture(page, `bureau ${name}`, widths[width].width)
    }
    await page.setViewportSize(widths[size])
    if (is_get) faults.push(...(await html_faults((await visitor.get(new URL(page.url()).pathname)).body)).map(fault => `${name}: ${fault}`))
  }
  return { page, look, context }
}
