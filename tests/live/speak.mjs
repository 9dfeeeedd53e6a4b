// What live/ says, for tests to compare with what PyTorch says: a JSON request in, a JSON answer out.
// {model, speak: [heard…]} · {model, forward: [[heard, said]…]} · {model, save: file}

import { readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { loadReciter, reciterFile } from '../../live/recital.js'
import { read } from '../../live/safetensors.js'
import { BOS, InputError } from '../../live/vocabulary.js'

/** What `make` makes, or, as text, what it says it cannot. */
function told(make) {
  try {
    return { value: make() }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { error: error.message }
  }
}

function answer({ model, speak = [], forward = [] }) {
  const bytes = readFileSync(model)
  return told(() => {
    const reciter = loadReciter(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    return {
      spoken: speak.map(heard => told(() => reciter.recite(heard))),
      forward: forward.map(([heard, said]) => {
        const memory = reciter.model.encode(reciter.source(heard))
        const target = [BOS, ...reciter.vocabulary.encode(said)]
        return { logits: reciter.model.decode(target, memory), ...reciter.model.attention }
      }),
    }
  })
}

const request = JSON.parse(await text(process.stdin))
if (request.save) {
  const bytes = readFileSync(request.model)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { model: { sizes }, vocabulary, recipe, history } = loadReciter(buffer)
  const file = reciterFile({ weights: read(buffer).tensors, sizes, vocabulary, recipe, history })
  writeFileSync(request.save, new Uint8Array(await file.arrayBuffer()))
} else {
  process.stdout.write(JSON.stringify(answer(request)))
}
