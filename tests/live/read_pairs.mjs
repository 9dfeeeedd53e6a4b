// What live/pairs.js makes of files: [{base64, form}…] in; of each the pairs, or the error, out.

import { text } from 'node:stream/consumers'
import { PairsError, parsePairs } from '../../live/pairs.js'

function read({ base64, form }) {
  try {
    const pairs = parsePairs(new Uint8Array(Buffer.from(base64, 'base64')), 'file', form ?? undefined)
    return { pairs: pairs.map(({ source, target }) => [source, target]) }
  } catch (error) {
    if (!(error instanceof PairsError)) throw error
    const { kind, line, message } = error
    return { kind, line, message }
  }
}

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(read)))
