// SPDX-License-Identifier: AGPL-3.0-or-later
// axe-core on a page of Chromium, with every rule that it has: WCAG A to AAA, best practices, experimental ones. Wants no instance.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// What axe-core finds in the page as it stands, by every rule or by these; nothing, where all is well.
export async function axe_finds (page, rules = null) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source)
  const { violations } = await page.evaluate(rules => globalThis.axe.run(document, {
    runOnly: { type: 'rule', values: rules ?? globalThis.axe.getRules().map(({ ruleId }) => ruleId) },
    resultTypes: ['violations']
  }), rules)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))
}
