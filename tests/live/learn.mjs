// A training of live/'s to its end: a task as the page's worker takes it in, a JSON line of all
// that it says of itself out; and the model's file, if one is named.

import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { init } from '@jax-js/jax'
import { reciterFile } from '../../live/recital.js'
import { Mirroring } from '../../live/training/mirroring.js'
import { Training } from '../../live/training/reciting.js'
import { Vocabulary } from '../../live/vocabulary.js'

await init('wasm')
const { recite, mirror, file } = JSON.parse(await text(process.stdin))
const seen = []
for await (const { model, ...each } of (recite ? new Training(recite) : new Mirroring(mirror)).run()) {
  if (model === undefined) seen.push(each)
  else if (file) {
    const made = reciterFile({ ...model, vocabulary: new Vocabulary(model.tokens, recite.verses) })
    writeFileSync(file, new Uint8Array(await made.arrayBuffer()))
  }
}
process.stdout.write(JSON.stringify(seen))
