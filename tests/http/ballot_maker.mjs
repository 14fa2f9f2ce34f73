// SPDX-License-Identifier: AGPL-3.0-or-later
// A thread of crowd.mjs: makes ballots with the booth's own modules. Is sent the election records by scrutin, then one message for each
// ballot, and answers each with its text and its vote (what is added up), or null where the code de vote does not open the envelope.
import { parentPort, workerData } from 'node:worker_threads'
import '../../modules/booth/node_crypto.mjs'
import { make_ballot, vector_of_choice } from '../../modules/booth/ballot.js'
import { derive_secret_key } from '../../modules/booth/credential.js'
import { parse_election } from '../../modules/booth/election.js'
import { open_envelope, parse_envelope } from '../../modules/booth/envelope.js'
import { read_voting_code } from '../../modules/booth/voting_code.js'

const elections = new Map(Object.entries(workerData.records).map(([code, record]) => [code, parse_election(record)]))
let last = {}  // the last elector's envelope: his ballots come one after the other

parentPort.on('message', async ({ number, code, envelope, voting_code, choice }) => {
  if (last.voting_code !== voting_code) last = { voting_code, opening: open_envelope(parse_envelope(envelope), read_voting_code(voting_code).code) }
  const secret = await last.opening
  const election = elections.get(code)
  const [question] = election.questions
  const vote = vector_of_choice(question, 1 + choice % question.answers.length)
  parentPort.postMessage({ number, vote, ballot: secret && make_ballot(election, derive_secret_key(election.group, election.uuid, secret), [vote]) })
})
