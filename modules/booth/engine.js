// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's side of worker.js: operations as promises. A refusal is an EngineError whose word says which.

export class EngineError extends Error {}

// Browsers hold the files of a worker against no digest. So each is fetched here first and compared with the one that the page names
// ("path digest path digest…"), before anything is given to the worker. -> whether one is there and is another than the page says.
async function has_altered_file(files) {
  const words = files.split(' ').filter((word) => word !== '');
  const checks = [];
  for (let i = 0; i < words.length; i += 2) checks.push(is_altered(new URL(words[i], import.meta.url), words[i + 1]));
  return (await Promise.all(checks)).includes(true);
}

// What is away is not altered: the worker says so itself.
async function is_altered(url, integrity) {
  const bytes = await fetch(url).then((response) => (response.ok ? response.arrayBuffer() : null)).catch(() => null);
  if (bytes === null) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return integrity !== `sha256-${btoa(String.fromCharCode(...digest))}`;
}

export class Engine {
  #worker = null;
  #started;
  #waiting = new Map();
  #next_id = 1;
  #dead = null; // why nothing can be run any more

  /** files: the worker's, with their digests, as the page names them. */
  constructor(files = '') {
    this.#started = has_altered_file(files).then((altered) => {
      if (altered) this.#die('files');
      else if (this.#dead === null) this.#start();
    }).catch(() => this.#die('worker'));
  }

  #start() {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => this.#receive(data));
    // The script did not load, or the browser has no module workers: every operation fails.
    this.#worker.addEventListener('error', () => this.#die('worker'));
    this.#worker.addEventListener('messageerror', () => this.#die('worker'));
  }

  run(op, fields, on_progress = () => {}) {
    if (this.#dead !== null) return Promise.reject(new EngineError(this.#dead));
    const id = this.#next_id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, on_progress });
      this.#started.then(() => this.#worker?.postMessage({ id, op, ...fields }));
    });
  }

  /** Ends the worker, and with it every secret it held. */
  forget() {
    this.#worker?.terminate();
    this.#die('forgotten');
  }

  #receive({ id, progress, value, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    if (progress !== undefined) {
      waiting.on_progress(progress.done, progress.total);
      return;
    }
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(value);
    else waiting.reject(new EngineError(error));
  }

  #die(word) {
    this.#dead = word;
    for (const { reject } of this.#waiting.values()) reject(new EngineError(word));
    this.#waiting.clear();
  }
}
