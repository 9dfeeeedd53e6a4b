// From nothing to the hundred poems: the steps, the looks and the end, as in code/chihaya/training.py.

import { numpy as np } from '@jax-js/jax'
import { Reciter } from '../recital.js'
import { Transformer as Speaker } from '../transformer.js'
import { PAD, Vocabulary } from '../vocabulary.js'
import { diceOf } from './dice.js'
import { crossEntropy } from './layers.js'
import { batches, Classroom } from './lessons.js'
import { parameters, Transformer } from './model.js'
import { Learner } from './optimizers.js'

/** @typedef {import('./layers.js').Tensor} Tensor */
/** @typedef {import('./layers.js').Weights} Weights */
/** @typedef {import('./lessons.js').Lesson} Lesson */
/** @typedef {import('../transformer.js').Sizes} Sizes */
/** @typedef {{ step: number, loss: number, full: number, kimariji: number, unseen?: number }} Check  as Python's */
/**
 * @typedef {object} Task
 * @property {Lesson[]} lessons
 * @property {Lesson[]} [heldOut]  of which nothing is learned but the characters
 * @property {boolean} [verses]  whether they are poems
 * @property {number} seed
 * @property {string} watched  what the model is to hear at each look
 * @property {boolean} [positions]  whether the model is told them
 * @property {import('./lessons.js').Cut} [cut]
 * @property {number} [steps]
 * @property {number} [fall]  the step until which the learning rates fall
 * @property {number} [floor]  the share of them from there on
 */

const BATCH = 50
/** As many tokens are learned from at once, for a phone's memory: a batch of poems, a third of one of the longest pairs. */
const TOKENS = 2000
const [STEPS, RISE, FALL, FLOOR] = [200, 8, 100, 0.1]
const CHECK_EVERY = 5
/** Three steps of Newton and Schulz and not PyTorch's five: no more steps to learn, each shorter. */
const MUON = { lr: 0.03, momentum: 0.9, ns_steps: 3, weight_decay: 0.1 }
const ADAMW = { lr: 0.01, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0.01 }
const SIZES = { dModel: 64, heads: 4, dFF: 128, layers: 2 }

/** A model in training. */
export class Training {
  /** @param {Task} task */
  constructor({
    lessons, heldOut = [], verses = true, seed, watched, positions = true, cut = 'cubed', steps = STEPS, fall = FALL,
    floor = FLOOR,
  }) {
    const dice = diceOf(seed)
    const vocabulary = new Vocabulary([...lessons, ...heldOut].map(each => each.source + each.target).join(''), verses)
    const others = verses ? {} : { pairs: lessons.length, held_out: heldOut.length }
    this.sizes = { vocabulary: vocabulary.tokens.length, ...SIZES }
    this.recipe = { seed, steps, positions, cut, batch: BATCH, rise: RISE, fall, floor, Muon: MUON, AdamW: ADAMW, ...others }
    this.lessons = lessons
    this.watched = watched
    this.vocabulary = vocabulary
    this.classroom = new Classroom(lessons, heldOut, vocabulary)
    const batch = Math.min(BATCH, lessons.length)
    this.parts = Math.ceil(batch * (this.classroom.wide + this.classroom.length) / TOKENS)
    this.batches = batches(lessons, Math.ceil(batch / this.parts), dice)
    this.dice = dice
    /** @type {Check[]} */
    this.history = []

    /** @param {Weights} weights @param {Tensor[]} sources @param {Tensor} given */
    const logits = (weights, sources, given) => new Transformer(weights, this.sizes, positions).forward(sources, given)
    this.learner = new Learner(parameters(this.sizes), dice, (weights, sources, given, wanted) =>
      crossEntropy(logits(weights, sources, given), wanted), { muon: MUON, adamw: ADAMW })
    this.rightRows = this.learner.asking((weights, sources, given, wanted) =>
      np.argmax(logits(weights, sources, given), 1).reshape(wanted.shape)
        .equal(wanted.ref).add(np.equal(wanted, PAD)).astype(np.float32).min(1))
  }

  /** Step by step to the end: the loss of each step, now and then a look, and the model. */
  async *run() {
    const { cut, steps } = this.recipe
    for (let step = 1, learned = false; step <= steps && !learned; step++) {
      const parts = Array.from({ length: this.parts }, () => this.classroom.step(this.batches.next().value, cut, this.dice))
      const loss = await this.learner.step(this.shareOfRate(step - 1), parts)
      if (step % CHECK_EVERY && step < steps) {
        yield { step, loss }
      } else {
        const check = await this.look(step, loss)
        const reciter = await this.reciter()
        learned = check.full === this.lessons.length && check.kimariji === this.lessons.length && this.recites(reciter)
        yield { ...check, said: reciter.recite(this.watched), learned }
      }
    }
    yield { model: await this.model() }
  }

  /**
   * How many targets would be said from the whole source, from its shortest beginning, and of what
   * was held out: foretold by one pass that is given the targets. A target is said exactly if and
   * only if the likeliest token after each beginning of it is the right one.
   * @param {number} step @param {number} loss @returns {Promise<Check>}
   */
  async look(step, loss) {
    const counts = []
    for (const asked of this.classroom.asked) {
      let count = 0
      for (const batch of this.classroom.look(asked)) {
        count += /** @type {Float32Array} */ (await this.rightRows(...batch).data()).reduce((a, b) => a + b)
      }
      counts.push(count)
    }
    const unseen = this.recipe.held_out ? counts.pop() : undefined
    const check = { step, loss, full: counts[0], kimariji: counts[counts.length - 1], unseen }
    this.history.push(check)
    return check
  }

  /** Whether every target is said when nothing of it is given: the truth, not foretold. @param {Reciter} reciter */
  recites(reciter) {
    return this.lessons.every(({ source, target, shortest }) =>
      reciter.recite(source) === target && (shortest === source || reciter.recite(shortest) === target))
  }

  /** What has been learned so far, as the page speaks it. */
  async reciter() {
    const weights = new Map([...await this.learner.numbers()].map(([name, { data }]) => [name, data]))
    const Kind = this.recipe.positions ? Speaker : WithoutPositions
    return new Reciter(new Kind(this.sizes, weights), this.vocabulary)
  }

  /** What has been learned so far, as `reciterFile` takes it. */
  async model() {
    return {
      weights: await this.learner.numbers(),
      sizes: this.sizes,
      tokens: this.vocabulary.tokens.slice(3),
      recipe: this.recipe,
      history: this.history.map(({ step, loss, full, kimariji }) => [step, loss, full, kimariji]),
    }
  }

  /** The share of its rate that an optimizer takes after so many steps: up, down, then the floor. @param {number} step */
  shareOfRate(step) {
    const { rise, fall, floor } = this.recipe
    return Math.min((step + 1) / rise, Math.max((fall - step) / Math.max(fall - rise, 1), floor))
  }
}

/** Fig. 1 without the positional encoding. */
class WithoutPositions extends Speaker {
  /** @param {number[]} tokens */
  embed(tokens) {
    const { dModel } = this.sizes
    return tokens.map(token => Array.from(this.embedding.slice(token * dModel, (token + 1) * dModel),
      value => value * Math.sqrt(dModel)))
  }
}
