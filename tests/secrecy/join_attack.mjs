#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// A thief who holds files of the database server and wants to say whose ballot is which. He knows the tables' layout and reads bytes; the
// truth is only there to count how often he is right. He may try each of his ways, and the best is what counts.
//   join_attack.mjs TRUTH,TRUTH… FILE|FOLDER…
// TRUTH: a file of lines « elector ballot_hash batch », in the order of the votes (batch: in which the ballot left the inbox, or -); all
// electors' numbers of a truth have the same two leading bytes, so that he finds them in any file. Prints for each truth « right claimed
// lots way »: of his best way, with what drawing lots within each batch gives. Without files: what he makes of attendance and public log.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [truths, ...places] = process.argv.slice(2);
const files_below = (path) => (statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => files_below(join(path, name))) : [path]);
const contents = places.flatMap(files_below).filter((file) => statSync(file).isFile()).map((file) => readFileSync(file));

// Where 64 hexadecimal digits stand: ballots' hashes, and other names that might lead from an elector to one.
function names_in(bytes) {
  const found = [];
  for (const { index, 0: run } of bytes.toString('latin1').matchAll(/[0-9a-f]{64,}/g)) {
    for (let at = 0; at + 64 <= run.length; ++at) found.push([index + at, run.slice(at, at + 64)]);
  }
  return found;
}
const with_names = contents.map((bytes) => ({ bytes, names: names_in(bytes) }));

// The place in `sorted` nearest to `at`; before it only, if asked.
function nearest(sorted, at, only_before) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle][0] < at) low = middle + 1;
    else high = middle;
  }
  const before = sorted[low - 1], after = only_before ? undefined : sorted[low];
  if (!before || !after) return before ?? after;
  return at - before[0] <= after[0] - at ? before : after;
}
const first_places = (list) => [...new Map([...list].reverse().map(([at, key]) => [key, at]))].sort((a, b) => a[1] - b[1]).map(([key]) => key);

class Thief {
  constructor(truth_file) {
    this.lines = readFileSync(truth_file, 'utf8').split('\n').filter(Boolean).map((line) => line.split(' '));
    this.voter_of = new Map(this.lines.map(([voter, hash]) => [hash, Number(voter)]));
    this.batch_of = new Map(this.lines.map(([, hash, batch]) => [hash, batch]));
    this.voters = new Set(this.voter_of.values());
    this.found = with_names.map((one) => ({ ...one, electors: this.electors_in(one.bytes) }));
  }
  is_ballot = (name) => this.voter_of.has(name);
  right = (pairs) => [...pairs].filter(([hash, voter]) => this.voter_of.get(hash) === voter).length;

  // Where electors stand, as four bytes or as a decimal number of a statement: [place, number], in the order of the places.
  electors_in(bytes) {
    const found = [], mark = Buffer.alloc(4);
    mark.writeUInt32BE(this.voters.values().next().value);
    for (let at = bytes.indexOf(mark.subarray(0, 2)); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(mark.subarray(0, 2), at + 1)) {
      if (this.voters.has(bytes.readUInt32BE(at))) found.push([at, bytes.readUInt32BE(at)]);
    }
    const digits = String(mark.readUInt32BE()).slice(0, 5);
    for (let at = bytes.indexOf(digits); at >= 0; at = bytes.indexOf(digits, at + 1)) {
      const number = Number(bytes.toString('latin1', at, at + 10));
      if (this.voters.has(number)) found.push([at, number]);
    }
    return found.sort((a, b) => a[0] - b[0]);
  }

  // One transaction wrote both rows: the six bytes after each clustered key.
  by_transaction() {
    const number_after = (bytes, at) => {
      const number = bytes.toString('latin1', at, at + 6);
      return number.startsWith('\0') && /[^\0]/.test(number) ? number : undefined;
    };
    const voter_of_number = new Map(), pairs = new Map();
    for (const { bytes, electors } of this.found) {
      for (const [at, voter] of electors) voter_of_number.set(number_after(bytes, at + 4), voter);
    }
    voter_of_number.delete(undefined);
    for (const { bytes, names } of this.found) {
      for (const [at, name] of names) {
        const number = this.is_ballot(name) ? number_after(bytes, at + 64) : undefined;
        if (voter_of_number.has(number)) pairs.set(name, voter_of_number.get(number));
      }
    }
    return pairs;
  }

  // For each wanted name the elector whose number stands nearest to it in any of the files.
  by_neighbour(only_before, is_wanted = this.is_ballot) {
    const best = new Map();
    for (const { electors, names } of this.found) {
      for (const [at, name] of names) {
        const elector = is_wanted(name) && nearest(electors, at, only_before);
        const distance = elector ? Math.abs(at - elector[0]) : Infinity;
        if (distance < (best.get(name)?.[0] ?? 4_000)) best.set(name, [distance, elector[1]]);
      }
    }
    return new Map([...best].map(([name, [, voter]]) => [name, voter]));
  }

  // An elector stands beside some other name, and that name beside a ballot's: the row that waited, if it is called otherwise.
  by_another_name(only_before) {
    const pairs = new Map(), best = new Map();
    const voter_of_name = this.by_neighbour(only_before, (name) => !this.is_ballot(name));
    for (const { names } of this.found) {
      const others = names.filter(([, name]) => voter_of_name.has(name));
      for (const [at, name] of names) {
        const other = this.is_ballot(name) && nearest(others, at, only_before);
        const distance = other ? Math.abs(at - other[0]) : Infinity;
        if (distance >= (best.get(name) ?? 40_000)) continue;
        best.set(name, distance);
        pairs.set(name, voter_of_name.get(other[1]));
      }
    }
    return pairs;
  }

  // Both kinds in the order in which they stand in a file, one list beside the other; from the front or from the end.
  by_order(from_end) {
    const half = this.voters.size / 4;
    const lists_of = (list) => list.map(first_places).filter((keys) => keys.length > half);
    const ballot_lists = lists_of(this.found.map((one) => one.names.filter(([, name]) => this.is_ballot(name))));
    let best = new Map();
    for (const electors of lists_of(this.found.map((one) => one.electors))) {
      for (const ballots of ballot_lists) {
        const pairs = new Map(ballots.map((hash, i) => [hash, electors.at(from_end ? i - ballots.length : i)]));
        if (this.right(pairs) > this.right(best)) best = pairs;
      }
    }
    return best;
  }

  // He polled the public log: he knows who had voted before each batch came, and keeps both orders.
  by_batches() {
    const pairs = new Map();
    let seen = 0;
    for (const batch of [...new Set(this.batch_of.values())].sort((a, b) => a - b)) {
      const hashes = [...this.batch_of].filter(([, of]) => of === batch).map(([hash]) => hash).sort();
      for (const hash of hashes) pairs.set(hash, Number(this.lines[seen++][0]));
    }
    return pairs;
  }

  report() {
    const ways = places.length === 0 ? { log: this.by_batches() } : {
      transaction: this.by_transaction(),
      neighbour: this.by_neighbour(false),
      neighbour_before: this.by_neighbour(true),
      another_name: this.by_another_name(false),
      another_name_before: this.by_another_name(true),
      order: this.by_order(false),
      order_from_end: this.by_order(true),
    };
    const [[way, pairs]] = Object.entries(ways).sort(([, a], [, b]) => this.right(b) - this.right(a));
    return `${this.right(pairs)} ${pairs.size} ${new Set(this.batch_of.values()).size} ${way}`;
  }
}

for (const truth of truths.split(',')) console.log(new Thief(truth).report());
