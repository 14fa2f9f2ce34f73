// SPDX-License-Identifier: AGPL-3.0-or-later
// A command between itself and its database, stopped after a statement that the server has carried out and before the command knows of it: killed, or its
// connection ended. What a statement is: an execution or a text that the client sends. Knows no election.
//
//   node cut_at.mjs HOW NUMBER SERVER LISTEN COUNT COMMAND…   HOW: kill, cut, or count (nothing is stopped); NUMBER: of the statement, from 1; SERVER: the
//                                                            database's socket; LISTEN: where the command finds it; COUNT: a file for how many there were
// Status: the command's; 137 where it was killed.
import { spawn } from 'node:child_process'
import { createServer, connect } from 'node:net'
import { rmSync, writeFileSync } from 'node:fs'

const [how, number, socket, listen, count, ...command] = process.argv.slice(2)
const k_statements = new Set([0x03, 0x17])  // COM_QUERY, COM_STMT_EXECUTE
let statements = 0, child

// Calls `seen` for each command that the client begins; a packet may come in pieces, and several in one.
function reader(seen) {
  let kept = Buffer.alloc(0)
  return (piece) => {
    kept = Buffer.concat([kept, piece])
    while (kept.length >= 5) {
      const length = kept.readUIntLE(0, 3)
      if (kept.length < 4 + length) return
      if (kept[3] === 0 && k_statements.has(kept[4])) seen()  // sequence 0: a new command
      kept = kept.subarray(4 + length)
    }
  }
}

const server = createServer((client) => {
  const database = connect(socket)
  let stops = false
  const read = reader(() => {
    ++statements
    stops ||= how !== 'count' && statements === Number(number)
  })
  client.on('data', (piece) => {
    read(piece)
    database.write(piece)
  })
  database.on('data', (piece) => {
    if (!stops) return void client.write(piece)
    if (how === 'kill') child.kill('SIGKILL')
    client.destroy()
    database.destroy()
  })
  for (const [one, other] of [[client, database], [database, client]]) {
    one.on('close', () => other.destroy())
    one.on('error', () => other.destroy())
  }
})
server.listen(listen, () => {
  child = spawn(command[0], command.slice(1), { stdio: 'inherit' })
  child.on('exit', (status, signal) => {
    writeFileSync(count, String(statements))
    rmSync(listen, { force: true })
    process.exit(signal ? 137 : status)
  })
})
