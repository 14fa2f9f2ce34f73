// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody without a mouse does: Tab until the thing of this name has the focus, then Enter, or the text.
import assert from 'node:assert/strict'

// By the keyboard: focuses what has this name, and presses Enter.
export async function press (page, role, name) {
  const one = page.getByRole(role, { name, exact: true })
  for (let i = 0; i < 80; i++) {
    if (await one.evaluate(node => node === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  assert.ok(await one.evaluate(node => node === document.activeElement), `« ${name} » is not reached by Tab`)
  await page.keyboard.press('Enter')
}
export async function type (page, label, text) {
  const one = page.getByLabel(label, { exact: false }).first()
  for (let i = 0; i < 80 && !await one.evaluate(node => node === document.activeElement); i++) await page.keyboard.press('Tab')
  assert.ok(await one.evaluate(node => node === document.activeElement), `« ${label} » is not reached by Tab`)
  await page.keyboard.type(text)
}
