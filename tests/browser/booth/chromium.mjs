// SPDX-License-Identifier: AGPL-3.0-or-later
// Debian's Chromium for the tests; null where it is not installed.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const k_program = '/usr/bin/chromium';

export async function launch_chromium() {
  if (!existsSync(k_program)) return null;
  return chromium.launch({
    executablePath: k_program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
