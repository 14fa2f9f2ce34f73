// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection to nginx with as little work as a generator can have that shares the machine with what it measures: a request is bytes made
// beforehand, an answer is one text, and what nobody asks for is not parsed.
import net from 'node:net'

const head_end = '\r\n\r\n', last_chunk = '\r\n0\r\n\r\n'

export class Wire {
  static open = 0  // of all
  is_used = false  // an answer has come by it
  closed = false
  #text = ''

  // `base`: the portal's URL, http alone; `from`: the client's address, 127.x.y.z.
  constructor (base, from) {
    this.socket = net.connect({ host: '127.0.0.1', port: base.port, localAddress: from, noDelay: true })
    this.socket.on('data', part => this.#take(part))
    this.socket.on('error', () => {})
    Wire.open++
    this.socket.on('close', () => { Wire.open--; this.closed = true; this.#settle()?.reject(new Error('nginx closed the connection')) })
  }

  // One request at a time. The whole answer, a letter for each byte; rejects where the connection ends before.
  send (bytes) {
    return new Promise((resolve, reject) => {
      if (this.closed) { reject(new Error('nginx closed the connection')); return }
      this.waiting = { resolve, reject }
      this.socket.write(bytes)
    })
  }

  end () { this.socket.destroy() }

  #settle () {
    const { waiting } = this
    this.waiting = undefined
    return waiting
  }

  #take (part) {
    this.#text += part.latin1Slice()
    const head = this.#text.indexOf(head_end)
    if (head < 0) return
    const length = this.#text.slice(0, head).match(/\r\ncontent-length: (\d+)/i)
    if (length ? this.#text.length < head + head_end.length + Number(length[1]) : !this.#text.endsWith(last_chunk)) return
    const text = this.#text
    this.#text = ''
    this.is_used = true
    this.#settle()?.resolve(text)
  }
}

// By a free wire of `pool`, an array, or a new one. What meets a kept connection that nginx has just closed, because it needed the place for
// somebody else, is sent again on a new one, as browsers do.
export async function ask_by (pool, base, from, bytes) {
  let wire = pool.pop()
  while (wire?.closed) wire = pool.pop()
  wire ??= new Wire(base, from)
  const was_used = wire.is_used
  try {
    const text = await wire.send(bytes)
    if (!wire.closed) pool.push(wire)
    return text
  } catch (error) {
    if (was_used) return ask_by(pool, base, from, bytes)
    throw error
  }
}

export const status_of = text => Number(text.slice(9, 12))
const head_of = text => text.slice(0, text.indexOf(head_end))
// Values of a header, by its name in small letters.
export const headers_of = (text, name) => head_of(text).split('\r\n').filter(line => line.toLowerCase().startsWith(name + ': ')).map(line => line.slice(name.length + 2))

export function body_of (text) {
  let rest = text.slice(text.indexOf(head_end) + head_end.length), body = ''
  if (headers_of(text, 'content-length').length > 0) return rest
  for (;;) {
    const end = rest.indexOf('\r\n'), size = parseInt(rest.slice(0, end), 16)
    if (!(size > 0)) return body
    body += rest.slice(end + 2, end + 2 + size)
    rest = rest.slice(end + 2 + size + 2)
  }
}
