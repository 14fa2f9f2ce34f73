// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's side of worker.js: operations as promises. A refusal is an EngineError whose word says which.

export class EngineError extends Error {}

export class Engine {
  #worker;
  #waiting = new Map();
  #next_id = 1;
  #dead = null; // why nothing can be run any more

  constructor() {
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
      this.#worker.postMessage({ id, op, ...fields });
    });
  }

  /** Ends the worker, and with it every secret it held. */
  forget() {
    this.#worker.terminate();
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
