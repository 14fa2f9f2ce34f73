// SPDX-License-Identifier: AGPL-3.0-or-later
// One measure of the booth's ballot making, in Node and in a browser alike: `booth` has the booth's modules by the names of their exports.
const k_runs = 9;
const k_uuid = '11111111111111';

function record(group, choices) {
  const answers = Array.from({ length: choices - 1 }, (_, i) => `Liste ${i + 1}`);
  return JSON.stringify({
    version: 1, description: '', name: '', group: group.name, public_key: group.encode_all([group.power_g(987654321n)])[0],
    questions: [{ answers, blank: true, min: 1, max: 1, question: '' }], uuid: k_uuid,
  });
}

function time(act) {
  const start = performance.now();
  const result = act();
  return { ms: performance.now() - start, result };
}

/** {group, choices, first_ms, min_ms, median_ms, bytes}: a first ballot with every table made anew, and later ones of the same page. */
export function measure(booth, name, choices) {
  const { make_ballot, vector_of_choice, find_ballot_fault, parse_election, make_ed25519, group_by_name } = booth;
  const group = group_by_name(name);
  const text = record(group, choices);
  // The very first vote of this process: cold code, and every table made anew.
  const first = time(() => {
    const election = parse_election(text, () => (name === 'Ed25519' ? make_ed25519() : group));
    return make_ballot(election, 4242n, [vector_of_choice(election.questions[0], 1)]);
  });
  const election = parse_election(text);
  const fault = find_ballot_fault(election, first.result);
  if (fault !== null) throw new Error(`${name}: ${fault}`);
  const times = Array.from({ length: k_runs }, (_, i) =>
    time(() => make_ballot(election, 4242n, [vector_of_choice(election.questions[0], i % choices)])).ms).sort((a, b) => a - b);
  return { group: name, choices, first_ms: first.ms, min_ms: times[0], median_ms: times[k_runs >> 1], bytes: first.result.length };
}

/** Everything that is measured, in this order. */
export const cases = [['Ed25519', 21], ['Ed25519', 9], ['BELENIOS-2048', 21], ['BELENIOS-2048', 9]];
