// What live/answers.js makes of what was typed: [[answer, tolerance, typed]…] in, a word for each out.

import { text } from 'node:stream/consumers'
import { isRight, read } from '../../live/answers.js'

const judge = ([answer, tolerance, typed]) => {
  const values = read(typed)
  if (!values.length) return 'unread'
  return values.some(value => isRight(value, answer, tolerance)) ? 'right' : 'wrong'
}

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(judge)))
