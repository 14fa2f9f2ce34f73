// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of mustache that the templates use (variables, sections, inverted sections, comments, partials), for the lint
// and for the preview of pages without a worker. Knows no page. Strict where mstch is silent: an unclosed section, a
// missing partial or a missing name throws.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// [{kind: 'text'|'name'|'section'|'inverted'|'partial', value, line, body}], nested for sections.
export function parse(source, where) {
  const root = [];
  const open = [];
  let list = root;
  let line = 1;
  let at = 0;
  const fail = (why) => { throw new Error(`${where}:${line}: ${why}`); };
  for (const match of source.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    const text = source.slice(at, match.index);
    if (text) list.push({ kind: 'text', value: text, line });
    line += (text.match(/\n/g) ?? []).length;
    at = match.index + match[0].length;
    const tag = match[1];
    const sigil = tag[0];
    const name = tag.slice(1).trim();
    if (sigil === '{' || sigil === '&') fail(`unescaped value {{${tag}}}`);
    else if (sigil === '=') fail('delimiters must stay {{ }}');
    else if (sigil === '!') line += (tag.match(/\n/g) ?? []).length;
    else if (sigil === '>') list.push({ kind: 'partial', value: name, line });
    else if (sigil === '#' || sigil === '^') {
      const node = { kind: sigil === '#' ? 'section' : 'inverted', value: name, line, body: [] };
      list.push(node);
      open.push({ node, list });
      list = node.body;
    } else if (sigil === '/') {
      const last = open.pop();
      if (!last || last.node.value !== name) fail(`{{/${name}}} closes ${last ? `{{#${last.node.value}}}` : 'nothing'}`);
      list = last.list;
    } else list.push({ kind: 'name', value: tag.trim(), line });
  }
  if (open.length) fail(`section ${open.at(-1).node.value} is never closed`);
  if (at < source.length) list.push({ kind: 'text', value: source.slice(at), line });
  return root;
}

// Templates by name ("partials/field", "layout"), read from the folder once. `overlay` gives sources that are not files.
export function library(folder, overlay = {}) {
  const kept = new Map();
  return (name) => {
    if (!kept.has(name)) {
      kept.set(name, parse(overlay[name] ?? readFileSync(join(folder, `${name}.mustache`), 'utf8'), `${name}.mustache`));
    }
    return kept.get(name);
  };
}

const entities = { '&': '&amp;', "'": '&#39;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '/': '&#x2F;' };
const escape = (value) => String(value).replace(/[&'"<>/]/g, (c) => entities[c]);

function look_up(name, stack) {
  if (name === '.') return stack.at(-1);
  const [first, ...rest] = name.split('.');
  for (let i = stack.length - 1; i >= 0; --i) {
    if (stack[i] !== null && typeof stack[i] === 'object' && first in stack[i]) {
      return rest.reduce((value, part) => value?.[part], stack[i][first]);
    }
  }
  return undefined;
}

// Renders a page; `missing(name)` answers for a name that no context has (default: throws).
export function render(name, view, get, missing = (what) => { throw new Error(`no value for ${what}`); }) {
  const walk = (nodes, stack) => nodes.map((node) => {
    if (node.kind === 'text') return node.value;
    if (node.kind === 'partial') return walk(get(node.value), stack);
    let value = look_up(node.value, stack);
    if (value === undefined) value = missing(node.value, node);
    if (node.kind === 'name') return escape(value);
    const empty = value === false || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (node.kind === 'inverted') return empty ? walk(node.body, stack) : '';
    if (empty) return '';
    return (Array.isArray(value) ? value : [value]).map((item) => walk(node.body, [...stack, item])).join('');
  }).join('');
  return walk(get(name), [view]);
}
