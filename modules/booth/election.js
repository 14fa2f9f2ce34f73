// SPDX-License-Identifier: AGPL-3.0-or-later
// The election record (section 4): its exact text is what proofs are bound to, so it is hashed as received.
import { sha_b64 } from './bytes.js';
import { group_by_name } from './group.js';

const is_text = (x) => typeof x === 'string';
const is_count = (x) => Number.isSafeInteger(x) && x >= 0;

function is_question(question) {
  return question !== null && typeof question === 'object' && is_text(question.question) &&
    Array.isArray(question.answers) && question.answers.length > 0 && question.answers.every(is_text) &&
    (question.blank === undefined || typeof question.blank === 'boolean') &&
    is_count(question.min) && is_count(question.max) && question.min <= question.max &&
    question.max <= question.answers.length && question.type === undefined;
}

/**
 * {uuid, fingerprint, group, y, power_y, questions: [{question, answers, blank, min, max}]} of the record's text, or null
 * when a ballot must not be made for it. y is checked (member, not the identity). find_group(name) is for the tests, which
 * add a toy group.
 */
export function parse_election(text, find_group = group_by_name) {
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return null;
  }
  if (record === null || typeof record !== 'object' || record.version !== 1) return null;
  if (!is_text(record.uuid) || !/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(record.uuid)) return null;
  if (!Array.isArray(record.questions) || record.questions.length === 0) return null;
  if (!record.questions.every(is_question)) return null;
  const group = find_group(record.group);
  const y = group?.decode_var(record.public_key);
  if (!group || y === null || group.equal(y, group.identity)) return null;
  return {
    uuid: record.uuid,
    fingerprint: sha_b64(text),
    group,
    y,
    power_y: group.make_power(y),
    questions: record.questions.map((question) => ({ ...question, blank: question.blank === true })),
  };
}
