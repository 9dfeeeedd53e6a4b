// The lecture's experiment, by steps that see all poems: the decoder is asked for the very tokens
// that it is given, or, shifted, for the next ones. See code/chihaya/mirror.py.

import { numpy as np } from '@jax-js/jax'
import { BOS, EOS, Vocabulary } from '../vocabulary.js'
import { diceOf } from './dice.js'
import { crossEntropy } from './layers.js'
import { stacked } from './lessons.js'
import { LectureTransformer, parameters } from './mirror.js'
import { Learner } from './optimizers.js'

/** @typedef {{ source: string, target: string }} Pair  an upper and a lower verse */
/** @typedef {{ pairs: Pair[], shifted: boolean, seed: number, steps: number }} Task */

const CHECK_EVERY = 10
const MOST_TOKENS = 22
const ADAM = { lr: 0.01, betas: [0.9, 0.98], eps: 1e-9, weight_decay: 0 }

/** A model in training. */
export class Mirroring {
  /** @param {Task} task */
  constructor({ pairs, shifted, seed, steps }) {
    this.steps = steps
    const vocabulary = new Vocabulary(pairs.map(each => each.source + each.target).join(''))
    const ids = (/** @type {string} */ text) => [BOS, ...vocabulary.encode(text), EOS]
    const targets = pairs.map(each => ids(each.target))
    const longest = Math.max(...targets.map(each => each.length))
    this.pairs = pairs
    this.vocabulary = vocabulary
    this.targets = targets
    this.source = stacked(pairs.map(each => ids(each.source)), MOST_TOKENS)
    this.given = shifted ? stacked(targets.map(each => each.slice(0, -1)), longest - 1) : stacked(targets, longest)
    this.wanted = shifted ? stacked(targets.map(each => each.slice(1)), longest - 1) : stacked(targets, longest)
    this.learner = new Learner(parameters(vocabulary.tokens.length), diceOf(seed), (weights, source, given, wanted) =>
      crossEntropy(new LectureTransformer(weights).forward(source, given), wanted), { adamw: ADAM })
    this.likeliest = this.learner.asking((weights, source, given) =>
      np.argmax(new LectureTransformer(weights).forward(source, given.ref), 1).reshape(given.shape))
  }

  /** Step by step to the end: the loss of each step, and now and then both measures. */
  async *run() {
    for (let step = 1; step <= this.steps; step++) {
      const loss = await this.learner.step(1, [[this.source.ref, this.given.ref, this.wanted.ref]])
      yield step % CHECK_EVERY ? { step, loss } : {
        step, loss, teacherForced: await this.teacherForced(), recited: await this.recited(),
      }
    }
  }

  /** The lecture's measure: poems right at every kana while the decoder is given the answer. */
  async teacherForced() {
    const said = await this.likeliest(this.source.ref, this.given.ref).data()
    const wanted = /** @type {Int32Array} */ (await this.wanted.ref.data())
    const T = this.given.shape[1]
    return this.pairs.filter((_, n) => {
      const row = wanted.subarray(n * T, (n + 1) * T)
      return row.every((token, t) => token <= EOS || token === said[n * T + t])
    }).length
  }

  /** Poems recited to the letter when only the upper verse is heard. */
  async recited() {
    const said = this.pairs.map(() => [BOS])
    while (said[0].length < MOST_TOKENS && !said.every(row => row.includes(EOS))) {
      const length = said[0].length
      const next = await this.likeliest(this.source.ref, stacked(said, MOST_TOKENS)).data()
      said.forEach((row, n) => row.push(next[n * MOST_TOKENS + length - 1]))
    }
    return this.pairs.filter(({ target }, n) => this.text(said[n]) === target).length
  }

  /** The text up to the first `<eos>`; `<bos>` and `<pad>` are left out. @param {number[]} ids */
  text(ids) {
    const end = ids.includes(EOS) ? ids.indexOf(EOS) : ids.length
    return ids.slice(0, end).filter(id => id > EOS).map(id => this.vocabulary.tokens[id]).join('')
  }
}
