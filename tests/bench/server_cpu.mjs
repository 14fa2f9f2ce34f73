// SPDX-License-Identifier: AGPL-3.0-or-later
// Processor time of the instance's processes, from /proc: what the server needed, whoever asked and however slow the asker is.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { instance } from '../http/client.mjs'

export const processes = ['nginx', 'activation', 'account', 'scrutins', 'reassort', 'vote', 'bureau', 'courrier', 'sceau', 'database']

export const children = pid => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
// To the nanosecond, of the threads that are there: `stat` counts in ticks of 10 ms.
export function seconds_of (pid) {
  let sum = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    } catch { /* it has ended */ }
  }
  return sum / 1e9
}

// {process: seconds since it started}, and `generator`: this process.
export function cpu_now () {
  const found = {}
  for (const name of processes) {
    const pid = Number(readFileSync(join(instance, 'run', `${name}.pid`), 'utf8').split(' ')[0])
    found[name] = [pid, ...(name === 'nginx' ? children(pid) : [])].reduce((sum, one) => sum + seconds_of(one), 0)
  }
  const own = process.cpuUsage()
  found.generator = (own.user + own.system) / 1e6
  return found
}

export const cpu_since = before => Object.fromEntries(Object.entries(cpu_now()).map(([name, seconds]) => [name, seconds - before[name]]))
export const server_of = used => processes.reduce((sum, name) => sum + used[name], 0)
