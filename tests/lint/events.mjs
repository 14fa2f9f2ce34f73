#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of systemd/EVENTS.md: the events that the sources log and those of the catalogue are the same, with the same fields; and of
// systemd/LIMITS.md, which names each limit that the sources count. Its self-test is part of each run.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const k_act_fields = ['request', 'elector', 'detail'];
// Where a call names its event by a variable, the calls that give it.
const k_given = { act: /\bfinish\(env, keys, request, journey, "([^"]+)"/g, event: /\bretried\("([^"]+)"/g };

// Map of event → set of fields, of one source; and the calls that could not be read.
export function events_of(text) {
  const events = new Map(), faults = [];
  const add = (name, fields) => events.set(name, new Set([...(events.get(name) ?? []), ...fields]));
  for (const [call, act, inside] of text.matchAll(/(?<![\w:])(?:util::log|web::log_act|log_act)(?<=(_act)?)\(((?:[^;"]|"(?:[^"\\]|\\.)*")*)\);/g)) {
    if (/^\s*(util::)?Level level/.test(inside)) continue;  // a declaration
    const [head] = inside.split('{{');
    const fields = call.includes('log_act') ? k_act_fields : [...inside.slice(head.length).matchAll(/\{\s*"([a-z_]+)",/g)].map((part) => part[1]);
    const second = call.includes('log_act') ? head.split(/,\s*env\b/)[0] : head;
    const names = [...second.matchAll(/"([^"]+)"/g)].map((part) => part[1]);
    if (names.length > 0) names.forEach((name) => add(name, fields));
    else {
      const variable = second.match(/,\s*(\w+)\s*,?\s*$/)?.[1];
      const given = k_given[variable] ? [...text.matchAll(k_given[variable])].map((part) => part[1]) : [];
      if (given.length === 0) faults.push(call.slice(0, 80));
      given.forEach((name) => add(name, fields));
    }
  }
  return { events, faults };
}

export function catalogue_of(text) {
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \|[^|]*\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(rows.map(([, name, fields]) => [name, new Set([...fields.matchAll(/`([a-z_]+)`/g)].map((part) => part[1]))]));
}

// The names under which the sources count, literal or by a constant k_rule.
export function limits_of(text) {
  return [...text.matchAll(/\b(?:throttle|network|readings)[_.](?:allows|has_room)\(env, (?:"([a-z-]+)"|k_rule)/g)].map(([, name]) => name ?? text.match(/k_rule = "([a-z-]+)"/)?.[1] ?? '?');
}

export function differences(logged, told) {
  const text = (fields) => [...fields].sort().join(' ');
  return [...new Set([...logged.keys(), ...told.keys()])].flatMap((name) => {
    if (!told.has(name)) return [`${name} is logged and not in systemd/EVENTS.md`];
    if (!logged.has(name)) return [`${name} is in systemd/EVENTS.md and nobody logs it`];
    return text(logged.get(name)) === text(told.get(name)) ? [] : [`${name}: the sources write (${text(logged.get(name))}), systemd/EVENTS.md says (${text(told.get(name))})`];
  });
}

function self_test() {
  const of = (text) => Object.fromEntries([...events_of(text).events].map(([name, fields]) => [name, [...fields]]));
  assert.deepEqual(of('util::log(util::Level::info, x ? "a" : "b", {{"f", g("h")}, {"i", j}});'), { a: ['f', 'i'], b: ['f', 'i'] });
  assert.deepEqual(of('util::log(Level::info, "stopping");'), { stopping: [] });
  assert.deepEqual(of('web::log_act(util::Level::info, no ? "sign-in" : "out", env, "x", "y");'), { 'sign-in': k_act_fields, out: k_act_fields });
  assert.deepEqual(of('log_act(l, act, env, a); finish(env, keys, request, journey, "made", z);'), { made: k_act_fields });
  assert.equal(events_of('util::log(level, name_of(x), {{"f", y}});').faults.length, 1);
  assert.deepEqual(limits_of('x = "a"; k_rule = "b-c"; web::throttle_allows(env, "d", y); web::network_has_room(env, k_rule, z)'), ['d', 'b-c']);
  const told = catalogue_of('| event | who | when | fields |\n| `a` | w | x | `f` `i` |\n| `c` | w | x | |\n');
  assert.deepEqual(differences(new Map([['a', new Set(['f'])], ['b', new Set()]]), told).length, 3);
}

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(cpp|hpp)$/.test(entry.name)) yield path;
  }
}

self_test();
const logged = new Map(), limits = new Set(), faults = [];
for (const path of sources(join(root, 'modules'))) {
  if (/util\/log\.[ch]pp$|web\/pseudonym\.[ch]pp$/.test(path)) continue;
  const source = readFileSync(path, 'utf8');
  limits_of(source).forEach((name) => limits.add(name));
  const { events, faults: unread } = events_of(source);
  for (const [name, fields] of events) logged.set(name, new Set([...(logged.get(name) ?? []), ...fields]));
  faults.push(...unread.map((call) => `${path}: which event? ${call}`));
}
faults.push(...differences(logged, catalogue_of(readFileSync(join(root, 'systemd/EVENTS.md'), 'utf8'))));
const told = new Set([...readFileSync(join(root, 'systemd/LIMITS.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map((part) => part[1]));
for (const name of new Set([...limits, ...told]))
  if (!limits.has(name) || !told.has(name)) faults.push(`${name}: a limit that ${told.has(name) ? 'nobody counts is in' : 'is counted is not in'} systemd/LIMITS.md`);
for (const fault of faults) console.error(fault);
console.log(`${logged.size} events, ${limits.size} limits, ${faults.length} faults`);
process.exitCode = faults.length === 0 && logged.size > 40 ? 0 : 1;
