#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// An office that gives another archive than the urn's: takes a .bel, drops ballots or electors and all that follows the close, and writes
// it again with every hash right.   archive_edit.mjs FROM TO [--ballots N] [--electors N] [--open]
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const [from, to, ...words] = process.argv.slice(2);
const number = (name) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : Infinity);
const sha = (text) => createHash('sha256').update(text).digest('hex');
const bytes = readFileSync(from);
const entries = [];
for (let at = 0; at < bytes.length;) {
  const size = parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
  entries.push({ name: bytes.toString('latin1', at, at + 100).replace(/\0.*/s, ''), body: bytes.toString('utf8', at + 512, at + 512 + size) });
  at += 512 + Math.ceil(size / 512) * 512;
}
const time = bytes.toString('latin1', 136, 147);
const out = [];
const put = (name, body) => {
  const header = Buffer.alloc(512);
  const length = Buffer.byteLength(body);
  header.write(name); header.write('0000644', 100); header.write('0000000', 108); header.write('0000000', 116);
  header.write(length.toString(8).padStart(11, '0'), 124); header.write(time, 136); header.write('0', 156);
  header.write((header.reduce((a, b) => a + b, 0) + 256).toString(8).padStart(6, '0'), 148); header.write(' ', 155);
  out.push(header, Buffer.from(body), Buffer.alloc((512 - length % 512) % 512));
};
let parent = '', height = 0, kept = 0;
const event = (type, records) => {
  for (const record of records) put(sha(record) + '.data.json', record);
  const payload = records.length ? `,"payload":"${sha(records.at(-1))}"` : '';
  const body = `{${parent ? `"parent":"${parent}",` : ''}"height":${height++},"type":"${type}"${payload}}`;
  parent = sha(body);
  put(parent + '.event.json', body);
};
put('BELENIOS', entries[0].body);
let records = [];
for (const { name, body } of entries.slice(1)) {
  if (!name.endsWith('.event.json')) { records.push(body); continue; }
  const { type } = JSON.parse(body);
  if (type === 'Setup') {
    const voted = new Set(entries.filter((entry) => entry.body.startsWith('{"election_uuid"')).map((entry) => JSON.parse(entry.body).credential));
    let dropped = number('--electors') === Infinity ? 0 : number('--electors');  // how many electors who did not vote go
    records[2] = JSON.stringify(JSON.parse(records[2]).filter((key) => voted.has(key) || dropped-- <= 0));
    records[3] = `{"election":"${sha(records[0])}","trustees":"${sha(records[1])}","credentials":"${sha(records[2])}"}`;
    event(type, records);
  } else if (type === 'Ballot' && kept < number('--ballots')) {
    kept += 1;
    event(type, records);
  } else if (type === 'EndBallots' && !words.includes('--open')) {
    event(type, []);
  }
  records = [];
}
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, Buffer.concat(out));
