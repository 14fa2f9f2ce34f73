#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of templates/: escaping that mstch cannot give (unquoted attributes, scripts, styles), forms without their keys, pages
// without their h1, partials and pages that nobody uses or that are not there. --self-test is part of each run.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from './mustache.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const templates = join(root, 'templates');

function* files(folder, pattern) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path, pattern);
    else if (pattern.test(name)) yield path;
  }
}

// Text with the mustache tags replaced by a mark, so that tags of HTML can be told apart.
const k_mark = '\u0001';

// Problems of one source: [line, sentence].
export function check(source, { html = true } = {}) {
  const problems = [];
  const add = (index, sentence) => problems.push([source.slice(0, index).split('\n').length, sentence]);
  for (const match of source.matchAll(/\{\{\{|\{\{\s*&/g)) add(match.index, 'unescaped value');
  for (const match of source.matchAll(/\{\{=/g)) add(match.index, 'other delimiters');
  try { parse(source, 'x'); } catch (error) { add(0, error.message.replace(/^x:\d+: /, '')); }
  if (!html) return problems;

  for (const match of source.matchAll(/<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/gi)) {
    if (match[3].trim()) add(match.index, `inline ${match[1]}: the browser refuses it (content security policy)`);
  }
  // Values that are not escaped by position: {{x}} in a tag but outside quotes.
  const marked = source.replace(/\{\{[#^/!>][\s\S]*?\}\}/g, (tag) => ' '.repeat(tag.length)).replace(/\{\{[\s\S]*?\}\}/g, (tag) => k_mark + ' '.repeat(tag.length - 1));
  for (const tag of marked.matchAll(/<[a-zA-Z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>/g)) {
    const bare = tag[0].replace(/"[^"]*"|'[^']*'/g, '""');
    if (bare.includes(k_mark)) add(tag.index, 'a value in a tag stands outside "quotes"');
    if (/=\s*[^"'\s>]/.test(bare)) add(tag.index, 'an attribute without quotes');
    const name = /\s(on[a-z]+)\s*=/i.exec(tag[0].replace(/"[^"]*"/g, '""'));
    if (name) add(tag.index, `${name[1]}=: the browser refuses it (content security policy)`);
    if (/\sstyle\s*=/i.test(tag[0].replace(/"[^"]*"/g, '""'))) add(tag.index, 'style=: the browser refuses it (content security policy)');
    // A link may lead elsewhere; what a page loads or sends may not (SEC-10).
    if (/\s(src|action)="(https?:)?\/\//.test(tag[0]) || /^<link\b.*\shref="(https?:)?\/\//.test(tag[0])) add(tag.index, 'loads from, or sends to, another host');
    if (/="javascript:/i.test(tag[0])) add(tag.index, 'a javascript: address');
  }
  for (const form of source.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/gi)) {
    const head = form[0].slice(0, form[0].indexOf('>'));
    // A form without action, or of method dialog, is one of the booth's, which sends nothing.
    if (/\smethod="(post|get)"/.test(head) !== /\saction=/.test(head)) add(form.index, 'a form says both its method and its action');
    if (/method="post"/.test(head) && !form[1].includes('{{> partials/form_keys}}')) add(form.index, 'a form without partials/form_keys');
  }
  return problems;
}

function self_test() {
  const cases = [
    ['<p class="{{x}}">{{y}}</p>', 0], ['<p class={{x}}>', 2], ['<p {{x}}>', 1], ['{{{x}}}', 2], ['{{& x}}', 2],
    ['<script>{{x}}</script>', 1], ['<script src="/static/a.js"></script>', 0], ['<p onclick="x()">', 1], ['<p style="color:red">', 1],
    ['{{#a}}x', 1], ['{{#a}}x{{/b}}', 1], ['<form method="post" action="/x"></form>', 1],
    ['<form method="post" action="/x">{{> partials/form_keys}}</form>', 0], ['<a href="https://x.example/">', 0],
    ['<img src="https://x.example/">', 1], ['<form data-booth-step novalidate></form>', 0],
    ['<option value="{{v}}"{{#s}} selected{{/s}}>', 0],
  ];
  for (const [source, wanted] of cases) {
    const found = check(source).length;
    if (wanted === 0 ? found !== 0 : found === 0) throw new Error(`self-test: ${source}: ${JSON.stringify(check(source))}`);
  }
  return cases.length;
}

const tried = self_test();
const problems = [];
const names = new Set([...files(templates, /\.mustache$/)].map((path) => relative(templates, path).replace(/\.mustache$/, '')));
const used = new Set();
const included = new Set();
for (const name of names) for (const [, partial] of readFileSync(join(templates, `${name}.mustache`), 'utf8').matchAll(/\{\{>\s*([^}\s]+)\s*\}\}/g)) included.add(partial);
for (const name of names) {
  const source = readFileSync(join(templates, `${name}.mustache`), 'utf8');
  const html = !/^(mail|sms)\//.test(name);
  for (const [line, sentence] of check(source, { html })) problems.push(`templates/${name}.mustache:${line}: ${sentence}`);
  for (const [, partial] of source.matchAll(/\{\{>\s*([^}\s]+)\s*\}\}/g)) {
    used.add(partial);
    if (partial !== 'body' && !names.has(partial)) problems.push(`templates/${name}.mustache: partial ${partial} is not there`);
  }
  const is_page = html && !/^(partials|editions)\/|^layout$|_part$/.test(name);
  const headings = (source.match(/<h1\b/g) ?? []).length;
  // Two h1 may stand in two branches of one section; none is a page without a title.
  if (is_page && headings === 0 && !/\{\{>/.test(source) && !included.has(name)) problems.push(`templates/${name}.mustache: no h1`);
  if (/^mail\//.test(name) && !/^Objet\u00a0?\s?: /.test(source)) problems.push(`templates/${name}.mustache:1: a mail begins with « Objet : … »`);
}

// Names in the C++: "module/page" of a page, and the plain name of a mail or an SMS.
const code = [...files(join(root, 'modules'), /\.(cpp|hpp)$/)].map((path) => readFileSync(path, 'utf8')).join('\n').replace(/^\s*#include.*$|\/\/.*$/gm, '');
const literals = new Set([...code.matchAll(/"([^"\n]*)"/g)].map((match) => match[1]));
const k_folders = 'activation|account|scrutins|reassort|vote|bureau|errors|partials|mail|sms';
for (const literal of literals) {
  if (new RegExp(`^(${k_folders})/[a-z0-9_-]+$`).test(literal) && !names.has(literal)) problems.push(`modules/: "${literal}" is not in templates/`);
}
for (const name of names) {
  if (name === 'layout' || /^editions\//.test(name) || used.has(name) || literals.has(name)) continue;
  const plain = name.replace(/^(mail|sms)\//, '');
  if (plain !== name && literals.has(plain)) continue;
  if (/^errors\/\d+$/.test(name) && code.includes('"errors/"')) continue;
  problems.push(`templates/${name}.mustache: no template and no worker uses it`);
}

for (const problem of problems) console.log(problem);
console.log(`templates: ${names.size} templates read, ${tried} cases of the lint itself, ${problems.length} problems`);
process.exit(problems.length || names.size === 0 ? 1 : 0);
