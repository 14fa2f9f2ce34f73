// SPDX-License-Identifier: AGPL-3.0-or-later
// One look at a page: its HTML judged by html-validate, then axe-core and the width at each size of the screen; pictures into `folder`.
// A screen of 1280 px magnified twice is one of 640, four times one of 320.
// A page whose main part and frame were both seen before is not looked at twice.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import { axe_finds } from '../browser/axe.mjs'

// The standard's own rules and those of accessibility; the others are taste.
const judge = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] })
export async function html_faults (html) {
  const { results } = await judge.validateString(html)
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${ruleId}: ${message}: ${html.split('\n')[line - 1].trim().slice(0, 160)}`))
}

// A width and axe-core's rules there: all, those that the layout alone can change, none.
const k_layout_rules = ['target-size', 'scrollable-region-focusable', 'color-contrast', 'color-contrast-enhanced', 'hidden-content', 'focus-order-semantics']
const k_sizes = [[320, k_layout_rules], [360, null], [640, []], [1280, k_layout_rules]], k_pictures = [360, 1280]
// What is inside main, and what is around it, without what each answer has of its own.
function parts_of (html) {
  const plain = html.replace(/(<input type="hidden"[^>]* value=|data-csrf=)"[^"]*"/g, '$1').replace(/(Référence technique de cette page[^<]*?:).*/, '$1').replace(/<title>.*<\/title>/, '')
    .replace(/<div class="p-session__box[\s\S]*?<\/p>/, '')
  const main = plain.match(/<main[\s\S]*<\/main>/)[0]
  return [main, plain.replace(main, '')]
}

function count_greens () {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.backgroundColor = 'var(--p-act)'
  const green = getComputedStyle(probe).backgroundColor
  probe.remove()
  const where = document.querySelector('main dialog[open]') ?? document.querySelector('main')
  return [...where.querySelectorAll('a, button')].filter(one => one.checkVisibility() && getComputedStyle(one).backgroundColor === green).length
}

export class Looks {
  seen = new Set()
  pages = 0
  pictures = []
  constructor (folder) { this.folder = folder }

  // The faults of the page as it stands, of which the server sent `html`.
  async at (page, html, name) {
    const parts = parts_of(html)
    if (parts.every(part => this.seen.has(part))) return []
    for (const part of parts) this.seen.add(part)
    this.pages++
    const faults = (await html_faults(html)).map(fault => `${name}: ${fault}`)
    for (const [width, rules] of k_sizes) {
      await page.setViewportSize({ width, height: width < 600 ? 740 : 900 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (overflow > 0) faults.push(`${name} at ${width} px: ${overflow} px too wide`)
      if (rules?.length !== 0) faults.push(...(await axe_finds(page, rules)).map(find => `${name} at ${width} px: ${find}`))
      if (k_pictures.includes(width)) await this.picture(page, name, width)
    }
    const greens = await page.evaluate(count_greens)
    if (greens > 1) faults.push(`${name}: ${greens} main buttons`)
    faults.push(...await zoom_faults(page, name))
    for (const fault of faults) console.log(fault)
    return faults
  }

  async picture (page, name, width) {
    const file = `${name.replace(/[^\w-]+/g, '_')}-${width}.jpg`
    await mkdir(this.folder, { recursive: true })
    const height = Math.min(6000, await page.evaluate(() => document.documentElement.scrollHeight))
    await page.screenshot({ path: join(this.folder, file), type: 'jpeg', quality: 60, fullPage: true, clip: { x: 0, y: 0, width, height } })
    this.pictures.push({ name, file, width })
  }

  // All pictures on one page: the contact sheet.
  async write_sheet () {
    const figures = this.pictures.map(({ name, file, width }) => `<figure><figcaption>${name} (${width} px)</figcaption><a href="${file}"><img src="${file}" width="${width > 600 ? 480 : 200}" alt=""></a></figure>`)
    await writeFile(join(this.folder, 'index.html'), '<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Planche des pages</title>' +
      '<style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0;max-height:700px;overflow:hidden}img{border:1px solid #888}</style>' + figures.join('\n') + '</html>')
  }
}

// Letters twice as large on a large screen, and what WCAG 1.4.12 lets a reader set between them: nothing leaves the screen or is cut.
async function zoom_faults (page, name) {
  // By the object model: the content policy lets no style into the page.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(':root{font-size:200%!important}*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}')
    document.adoptedStyleSheets = [sheet]
  })
  const faults = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
    const cut = [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
      const { overflowX, overflowY, position, clip } = getComputedStyle(one)
      return (overflowX === 'hidden' || overflowY === 'hidden') && position !== 'absolute' && clip === 'auto' && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    })
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...cut.map(one => `cut: ${one.outerHTML.slice(0, 120)}`)]
  })
  await page.evaluate(() => { document.adoptedStyleSheets = [] })
  return faults.map(fault => `${name} with letters of 200 %: ${fault}`)
}
