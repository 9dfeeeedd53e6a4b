// Trainings of live/'s to their ends: tasks as the page's worker takes them in, all that they say of
// themselves out as JSON; and the last model's file, if one is named.

import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { init } from '@jax-js/jax'
import { reciterFile } from '../../live/recital.js'
import { Training } from '../../live/training/reciting.js'
import { Vocabulary } from '../../live/vocabulary.js'

await init('wasm')
const { tasks, file } = JSON.parse(await text(process.stdin))
const told = []
for (const task of tasks) {
  const seen = []
  for await (const { model, ...each } of new Training(task).run()) {
    if (model === undefined) seen.push(each)
    else if (file) {
      const made = reciterFile({ ...model, vocabulary: new Vocabulary(model.tokens, task.verses) })
      writeFileSync(file, new Uint8Array(await made.arrayBuffer()))
    }
  }
  told.push(seen)
}
process.stdout.write(JSON.stringify(told))
