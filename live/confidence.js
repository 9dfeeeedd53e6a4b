// How sure the model is of what it says, and from where on it is to speak.

import { pause } from './elements.js'

/** @typedef {import('./poems.js').Poem} Poem */
/** @typedef {import('./recital.js').Reciter} Reciter */
/** @typedef {import('./recital.js').Said} Said */

/** The probability of all that was said, `<eos>` too. @param {Said[]} steps */
export const confidence = steps => steps.reduce((product, { token, probabilities }) => product * probabilities[token], 1)

/** @type {Promise<number> | undefined} */
let found

/**
 * The confidence below which to stay silent: of the 決まり字 of the odd poems, all but two reach it
 * (the page 決まり字 measures what it costs). Found in pieces, so that the page stays quick.
 * @param {Reciter} reciter @param {Poem[]} poems
 */
export const threshold = (reciter, poems) => found ??= (async () => {
  const confidences = []
  for (const { kimariji } of poems.filter(poem => poem.no % 2)) {
    confidences.push(confidence([...reciter.say(kimariji)]))
    if (confidences.length % 5 === 0) await pause(0)
  }
  return confidences.sort((a, b) => b - a)[48 - 1]
})()
