// SPDX-License-Identifier: AGPL-3.0-or-later
// Which electors of the demonstration a test file takes: an address opens its voter space once, so of the files that share an instance (those of one
// folder of tests/) no two may take the same. First elector and how many, as electors() counts them; files that look for electors in a state that
// they want (alone/suspension, the votes of bureau.test.mjs in browser) come last or take whom no file names.
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electors, root } from './client.mjs'

const places = {
  'browser/journey': [0, 2],
  'browser/alone/line': [8, 1],
  'browser/shared': [9, 1],
  'browser/alone/spray': [11, 1],
  'browser/doors': [16, 2],
  'browser/attachments': [18, 1],
  'browser/ends': [29, 1],
  'browser/first/tutorial_2022': [30, 3],
  'browser/first/tutorial_2018': [35, 2],
  'browser/managers': [45, 1],
  'browser/changements': [46, 3],
  'browser/first/stopped': [49, 1],
  'browser/candidatures': [51, 2],
  'browser/logo': [62, 1],
  'browser/alone/inscription': [64, 2],
  'browser/bureau': [140, 9],

  'http/refusals': [0, 15],
  'http/together': [20, 8],
  'http/log': [40, 1],
  'http/sealed': [41, 1],
  'http/alone/drips': [42, 1],
  'http/traces': [44, 6],
  'http/events': [50, 2],
  'http/operator': [52, 2],
  'http/alone/reading': [54, 3],
  'http/alone/canaries': [57, 2],
  'http/alone/rotation': [59, 1],
  'http/twice': [60, 160],
  'http/alone/kept': [228, 1],
  'http/alone/screen': [230, 10],
  'http/bureau': [240, 4],
  'http/alone/reading, the desk': [246, 3],
  'http/bureau, changes': [250, 4],
  'http/alone/inscription': [256, 3],
  'http/alone/doubles': [270, 7],
  'http/bureau, candidatures': [280, 2],

  'pages/seats': [0, 11],
  'pages/keyboard': [20, 2],
  'pages/weight': [22, 1]
}

const suite_of = place => place.split('/')[0]
for (const [name, [first, count]] of Object.entries(places)) {
  for (const [other, [its_first, its_count]] of Object.entries(places)) {
    if (name !== other && suite_of(name) === suite_of(other) && first < its_first + its_count && its_first < first + count) throw new Error(`tests/${name} and tests/${other} take the same electors`)
  }
}

// The electors of the file at `url`, or of one part of it.
export async function people_of (url, part = undefined) {
  const file = relative(join(root, 'tests'), fileURLToPath(url)).replaceAll(sep, '/').replace(/(\.test)?\.mjs$/, '')
  const place = part === undefined ? file : `${file}, ${part}`
  if (!places[place]) throw new Error(`tests/http/places.mjs has no electors of ${place}`)
  const [first, count] = places[place], people = (await electors()).slice(first, first + count)
  if (people.length < count) throw new Error(`tests/${place} wants electors ${first} to ${first + count - 1}, the demonstration has fewer`)
  return people
}
