// SPDX-License-Identifier: AGPL-3.0-or-later
// What a page asks of the database when nothing of it is kept, as the server's general log has it.
import { pause, sql } from '../../http/crowd.mjs'

// Of every page, and of none in particular: an election, its calendar and its académies are read once a second; limits, keys of forms and times seen are written.
const not_the_pages = / FROM (election|calendar|academie|schema_version)\b| FROM throttle\b|LAST_INSERT_ID/i
// The session's statement brings the rolls with it, for pages that keep what a scrutin is. PHP keeps nothing and asks for both together, in the
// statement that a page of new data needs: it is spared the rolls here.
const rolls_with_session = /, \(SELECT GROUP_CONCAT\(.*? WHERE r\.voter_id = s\.voter_id\)/s
const who_asks = "user_host REGEXP '^portail-(account|scrutins|vote)'"

// The server writes values into statements that were prepared while the log was on: workers connect again.
async function set_log (state) {
  await sql(`SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ${state}`)
  const connections = await sql("SELECT id FROM information_schema.processlist WHERE user REGEXP '^portail-'")
  for (const [id] of connections) await sql(`KILL ${id}`).catch(() => {})  // gone meanwhile
}

// `recorded(record)`, where record(act) gives the answer of `act` and the texts of the statements that read, with their values.
export async function with_log (recorded) {
  await set_log('ON')
  try {
    await recorded(async act => {
      // New data: no worker has a page of it.
      await sql('UPDATE election SET data_version = data_version + 1 WHERE id = 1')
      await pause(1500)
      await sql('TRUNCATE mysql.general_log')
      const answer = await act()
      const rows = await sql(`SELECT argument FROM mysql.general_log WHERE command_type = 'Execute' AND ${who_asks} ORDER BY event_time`)
      const statements = rows.map(([text]) => text).filter(text => /^SELECT /i.test(text) && !not_the_pages.test(text)).map(text => text.replace(rolls_with_session, ''))
      if (statements.length === 0) throw new Error('the log has no statement of this page')
      return { answer, statements }
    })
  } finally {
    await set_log('OFF')
  }
}
