// Learning in a thread of its own: each message but the first, which is the task, asks for what
// comes next, and is answered by it. A page that does not ask lets the training rest.

import { init } from '@jax-js/jax'
import { InputError } from '../vocabulary.js'
import { Mirroring } from './mirroring.js'
import { Training } from './reciting.js'

/** @typedef {{ recite: import('./reciting.js').Task } | { mirror: import('./mirroring.js').Task }} Task */

/** A program that multiplies four numbers at a time, the least there is. */
const SIMD = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11])
const BROKEN = '学習が途中で止まった。メモリが足りないのかもしれない。ほかの頁を閉じて，もう一度試してほしい。'
const TOO_OLD = 'このブラウザには WebAssembly の SIMD がなく，学習は動かない。新しいブラウザで試してほしい。'

/** @type {AsyncGenerator | undefined} */
let run

/** @param {Task} task */
async function begun(task) {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD)) throw new InputError(TOO_OLD)
  await init('wasm')
  return ('recite' in task ? new Training(task.recite) : new Mirroring(task.mirror)).run()
}

addEventListener('message', async ({ data }) => {
  try {
    run ??= await begun(data)
    postMessage(await run.next())
  } catch (error) {
    const expected = error instanceof InputError
    postMessage({ refused: expected ? error.message : BROKEN })
    if (!expected) throw error // for whoever looks into the browser's console
  }
})
