// A training in a thread of its own, as the page sees it.

import { InputError } from '../vocabulary.js'

const CUT_OFF = '学習のプログラムを読み込めなかった。通信を確かめて，頁を開き直してほしい。'

/**
 * What a training says of itself, step by step. It goes on when the next is asked for, and ends
 * when nobody asks any more. Throws InputError, in the reader's words, if it cannot be.
 * @param {import('./worker.js').Task} task @returns {AsyncGenerator<any, void>}
 */
export async function* learn(task) {
  const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' })
  /** @type {import('./worker.js').Task | undefined} */
  let told = task
  try {
    while (true) {
      const { refused, value, done } = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = event => reject(new InputError(CUT_OFF, { cause: event.message }))
        worker.postMessage(told)
      })
      told = undefined
      if (refused) throw new InputError(refused)
      if (done) return
      yield value
    }
  } finally {
    worker.terminate()
  }
}
