// SPDX-License-Identifier: AGPL-3.0-or-later
// Which SQL statements each process runs, read from its sources: those of its own stores, and those of modules/web that something
// in the process reaches by calls. It knows no server; statements_test.mjs compares with one. `self_test` shows that it bites.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { without_comments } from '../lint/sources.mjs';

// The process's account is portail-<name>; each has the folder modules/<name>.
export const k_workers = ['activation', 'account', 'scrutins', 'reassort', 'vote', 'bureau'];
export const k_processes = [...k_workers, 'courrier', 'sceau', 'scrutinctl'];
const k_entry = 'worker_main';  // of modules/web; what it reaches, every worker runs

const is_store = (path) => /^store\w*\.cpp$/.test(basename(path));

// The functions of a source: { name, qualified: in `namespace …store`, code, line }. A definition begins at the left edge (the
// house's layout) and ends with a brace there; methods of classes are part of the class, whose name stands for them.
export function functions(text) {
  const code = without_comments(text);
  const in_store = /^namespace [\w:]*store \{/m.test(code);
  const found = [];
  const lines = code.split('\n');
  let from = -1;
  lines.forEach((line, at) => {
    if (from < 0 && /^[A-Za-z_]/.test(line) && !/^(namespace|using|#|static_assert|enum)\b/.test(line)) from = at;
    if (from < 0) return;
    const ends = /^\}/.test(line) || /\}\s*$/.test(line) && at === from || /;\s*$/.test(line) && !lines.slice(from, at + 1).join('\n').includes('{');
    if (!ends) return;
    const body = lines.slice(from, at + 1).join('\n');
    const name = /^(?:class|struct)\s+(\w+)/.exec(body)?.[1] ?? /(~?\w+)\s*\(/.exec(body)?.[1];
    if (name && body.includes('{')) found.push({ name, in_store, code: body, line: from + 1 });
    from = -1;
  });
  return found;
}

// The statements inside a compound one, each to its `;` or to the end of the parentheses it stands in. `rest`: the compound without them.
export function inside(compound) {
  const found = [];
  let rest = '';
  for (let at = 0; at < compound.length;) {
    const verb = /^(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b/.test(compound.slice(at)) && !/\w/.test(compound[at - 1] ?? '');
    if (!verb) { rest += compound[at++]; continue; }
    let end = at;
    for (let depth = 0, quoted = false; end < compound.length; end++) {
      const c = compound[end];
      if (c === "'") quoted = !quoted;
      if (quoted) continue;
      if (c === '(') depth++;
      if (c === ')' && depth-- === 0 || c === ';' && depth === 0) break;
    }
    found.push(compound.slice(at, end).trim());
    at = end;
  }
  return { found, rest };
}

// Statements in a piece of code: neighbouring literals are one text. `whole` is false for what is glued together at run time.
// « INSERT INTO t (a, b) » alone is the head that a bulk insert completes with the values' places.
export function statements(code) {
  const found = [];
  for (const match of code.matchAll(/(?:"(?:\\.|[^"\\\n])*"\s*)+/g)) {
    let sql = [...match[0].matchAll(/"((?:\\.|[^"\\\n])*)"/g)].map((part) => JSON.parse(`"${part[1]}"`)).join('').trim();
    const whole = !code.slice(0, match.index).trimEnd().endsWith('+') && !code.slice(match.index + match[0].length).trimStart().startsWith('+');
    const line = code.slice(0, match.index).split('\n').length;
    if (/^BEGIN NOT ATOMIC\b/.test(sql)) {
      const { found: parts, rest } = inside(sql);
      // What else names a table, or runs what stands elsewhere, is for nobody to overlook.
      const clear = !/\b(FROM|INTO|JOIN|TABLE|CALL|EXECUTE|WITH|LOAD|HANDLER (?!FOR))\b/.test(rest);
      found.push(...parts.map((part) => ({ sql: part, whole, line })), ...(clear ? [] : [{ sql, whole: false, line }]));
      continue;
    }
    if (!/^(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b/.test(sql)) continue;
    const columns = /^INSERT INTO [\w.]+ \(([^()]*)\)$/.exec(sql);
    if (columns) sql += ` VALUES (${columns[1].split(',').map(() => '?').join(', ')})`;
    found.push({ sql, whole, line });
  }
  return found;
}

const calls = (code, fn) =>
  new RegExp(fn.in_store ? `\\bstore::${fn.name}\\b` : `\\bweb::${fn.name}\\b|(?<![:>.\\w])${fn.name}\\(`).test(code);

// The functions that `code` names, and what those name in turn. Methods count by their name alone, so this may hold one too many.
function reached(code, library) {
  const found = new Set();
  const pending = [code];
  while (pending.length) {
    const text = pending.pop();
    for (const fn of library) {
      if (found.has(fn) || !(calls(text, fn) || new RegExp(`[.>]${fn.name}\\(`).test(text))) continue;
      found.add(fn);
      pending.push(fn.code);
    }
  }
  return found;
}

function* sources(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(cpp|hpp)$/.test(name)) yield path;
  }
}

// { process: [{ sql, where }] } and what is wrong with the sources themselves. `read(module)` gives [{ path, text }].
export function inventory(read) {
  const problems = [];
  const parsed = (module) => read(module).map(({ path, text }) => ({ path, text, functions: functions(text) }));
  const web = parsed('web').filter(({ path }) => path.endsWith('.cpp'));
  const library = web.flatMap(({ path, functions: list }) => list.map((fn) => ({ ...fn, path })));
  const skeleton = library.filter((fn) => fn.name === k_entry);
  const runs = Object.fromEntries(k_processes.map((name) => [name, []]));
  const take = (process, path, fn) => {
    for (const { sql, whole, line } of statements(fn.code)) {
      const where = `${path}:${fn.line + line - 1}`;
      if (!whole) problems.push(`${where}: a statement glued together at run time cannot be checked: ${sql.slice(0, 60)}`);
      else runs[process].push({ sql, where });
    }
  };
  const used = new Set();
  for (const process of k_processes) {
    const files = parsed(process);
    const own = new Set(files.flatMap(({ functions: list }) => list.map((fn) => fn.name)));
    const code = files.map(({ text }) => without_comments(text)).join('\n');
    const all = new Set();
    if (k_workers.includes(process)) {
      // Its own functions of the same name are not the skeleton's, unless it says web::.
      const visible = library.filter((fn) => !own.has(fn.name) || code.includes(`web::${fn.name}`));
      const named = new Set([...visible.filter((fn) => !fn.in_store && calls(code, fn)), ...skeleton]);
      for (const fn of named) for (const each of [fn, ...reached(fn.code, library)]) all.add(each);
    }
    // What it calls by its whole name; all that others than workers take of the skeleton.
    for (const fn of library) if (code.includes(`web::${fn.in_store ? 'store::' : ''}${fn.name}(`)) all.add(fn);
    // The skeleton asks for an elector's rolls where a row of the worker's table says so (route.hpp).
    const asks_rolls = /\bGuard::rolls\b/.test(code);
    for (const fn of all) if (is_store(fn.path) && (asks_rolls || !/_rolls?$/.test(fn.name))) { used.add(fn); take(process, fn.path, fn); }
    for (const { path, functions: list } of files.filter((file) => is_store(file.path))) {
      for (const fn of list) {
        if (statements(fn.code).length === 0) continue;
        const elsewhere = files.filter((file) => file.path.endsWith('.cpp')).flatMap((file) => file.functions).filter((other) => other !== fn && other.code !== fn.code);
        if (!elsewhere.some((other) => new RegExp(`\\b${fn.name}\\b`).test(other.code))) problems.push(`${path}:${fn.line}: nothing calls ${fn.name}: its rights would be held for nothing`);
        // The rehearsal casts its ballots through the account that may.
        take(/db::Connection& vote_db\b/.test(fn.code) ? 'vote' : process, path, fn);
      }
    }
  }
  for (const fn of library) {
    if (is_store(fn.path) && statements(fn.code).length && !used.has(fn)) problems.push(`${fn.path}:${fn.line}: no worker calls ${fn.name}`);
  }
  return { runs, problems };
}

export const inventory_of_tree = (root) =>
  inventory((module) => [...sources(join(root, 'modules', module))].map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') })));

export function self_test() {
  const tree = {
    web: [
      ['web/store.cpp', 'namespace web::store {\n\nint read_all(Db& db) {\n    return db.select("SELECT a "\n        "FROM t");\n}\nvoid drop(Db& db) { db.execute("DELETE FROM t"); }\nvoid forgotten(Db& db) { db.execute("DELETE FROM u"); }\n}  // namespace\n'],
      ['web/session.cpp', 'namespace web {\nvoid end_all(Db& db) {\n    store::drop(db);\n}\nint worker_main(Db& db) {\n    return store::read_all(db);\n}\n}\n'],
    ],
    vote: [
      ['vote/store.cpp', 'namespace vote {\nint dead(Db& db) {\n    return db.select("SELECT b FROM t");\n}\nint alive(Db& db) {\n    return db.select("SELECT c FROM t"); // "SELECT z FROM t"\n}\nvoid both(Db& db) {\n    db.execute("BEGIN NOT ATOMIC INSERT INTO w VALUES (?, \';\'); "\n        "IF EXISTS (SELECT 1 FROM x WHERE y IN (?, ?)) THEN SIGNAL SQLSTATE \'45000\'; END IF; COMMIT; END");\n    db.execute("BEGIN NOT ATOMIC CALL p(); END");\n}\nvoid glued(Db& db) {\n    db.run("DELETE FROM " + x);\n}\n}\n'],
      ['vote/page.cpp', 'namespace vote {\nint page(Db& db) {\n    web::end_all(db);\n    both(db);\n    glued(db);\n    return alive(db);\n}\n}\n'],
    ],
    scrutinctl: [['scrutinctl/store_x.cpp', 'void cast(db::Connection& vote_db) {\n    vote_db.execute("INSERT INTO v (a, b)");\n}\n'], ['scrutinctl/x.cpp', 'int main() {\n    cast(db);\n    web::store::drop(db);\n}\n']],
  };
  const { runs, problems } = inventory((module) => (tree[module] ?? []).map(([path, text]) => ({ path, text })));
  const told = (process) => runs[process].map(({ sql }) => sql).sort().join(' | ');
  const wanted = [
    [told('vote'), "DELETE FROM t | INSERT INTO v (a, b) VALUES (?, ?) | INSERT INTO w VALUES (?, ';') | SELECT 1 FROM x WHERE y IN (?, ?) | SELECT a FROM t | SELECT b FROM t | SELECT c FROM t"],
    [told('account'), 'SELECT a FROM t'],
    [told('sceau'), ''],
    [told('scrutinctl'), 'DELETE FROM t'],
    [problems.map((problem) => problem.replace(/:.*/s, '')).sort().join(' '), 'vote/store.cpp vote/store.cpp vote/store.cpp web/store.cpp'],
    [runs.vote.find(({ sql }) => sql === 'SELECT a FROM t')?.where, 'web/store.cpp:4'],
  ];
  for (const [real, expected] of wanted) if (real !== expected) throw new Error(`self-test: expected « ${expected} », found « ${real} »`);
  return wanted.length;
}
