// What is to be learned, and what of it is heard in each step: as in code/chihaya/training.py, but
// that a step hears half of the poems, in blocks of few widths, for each width is compiled.

import { numpy as np } from '@jax-js/jax'
import { BOS, EOS } from '../vocabulary.js'
import { shuffled } from './dice.js'

/** @typedef {import('./layers.js').Tensor} Tensor */
/** @typedef {import('./dice.js').Dice} Dice */
/** @typedef {import('../vocabulary.js').Vocabulary} Vocabulary */
/** @typedef {{ source: string, target: string, shortest: string }} Lesson  the least of its source that is heard, too */
/** @typedef {'cubed' | 'uniform' | 'none'} Cut */

const LOOKED_AT = 25

/**
 * How a number of the dice becomes a share of what may be left out, and the share of a step's
 * sources that stand in the narrow block.
 * @type {Record<Cut, { curve: (number: number) => number, narrow: number }>}
 */
export const CUTS = {
  cubed: { curve: number => number ** 3, narrow: 0.8 },
  uniform: { curve: number => number, narrow: 0.4 },
  none: { curve: () => 1 - Number.EPSILON, narrow: 0 },
}

/** A beginning of the source, of random length, at least the shortest one. @param {Lesson} lesson @param {Cut} cut @param {Dice} dice */
export function cutOf({ source, shortest }, cut, dice) {
  const [all, least] = [[...source], [...shortest].length]
  return all.slice(0, least + Math.floor((all.length - least + 1) * CUTS[cut].curve(dice())))
}

/** All items for ever, `size` at a time: each time round in a new order. @template Item @param {Item[]} items @param {number} size @param {Dice} dice @returns {Generator<Item[], never>} */
export function* batches(items, size, dice) {
  /** @type {Item[]} */
  let deck = []
  while (true) {
    if (deck.length < size) deck = [...deck, ...shuffled(items, dice)]
    yield deck.splice(0, size)
  }
}

/** Lessons as token ids, in arrays of few shapes. */
export class Classroom {
  /** @param {Lesson[]} lessons @param {Lesson[]} heldOut  of which nothing is learned @param {Vocabulary} vocabulary */
  constructor(lessons, heldOut, vocabulary) {
    const all = [...lessons, ...heldOut]
    this.vocabulary = vocabulary
    this.length = longest(all.map(each => each.target)) + 1
    this.wide = fourfold(longest(all.map(each => each.source)))
    this.narrow = fourfold(longest(lessons.map(each => each.shortest)))
    /** What a look asks: all by their whole sources, by their shortest if these are others, what was held out. */
    this.asked = [
      { lessons, heard: lessons.map(each => each.source), width: this.wide },
      { lessons, heard: lessons.map(each => each.shortest), width: this.narrow },
      { lessons: heldOut, heard: heldOut.map(each => each.source), width: this.wide },
    ].filter(({ lessons, heard }, n) => lessons.length && (n !== 1 || heard.some((each, i) => each !== lessons[i].source)))
  }

  /** What a step is given: sources in blocks, the target up to each token, that token. @param {Lesson[]} batch @param {Cut} cut @param {Dice} dice */
  step(batch, cut, dice) {
    const heard = batch.map(lesson => ({ lesson, heard: cutOf(lesson, cut, dice) }))
      .sort((a, b) => a.heard.length - b.heard.length)
    const narrow = Math.round(batch.length * CUTS[cut].narrow)
    const sources = [{ rows: heard.slice(0, narrow), width: this.narrow }, { rows: heard.slice(narrow), width: this.wide }]
      .filter(({ rows }) => rows.length)
      .map(({ rows, width }) => this.sources(rows.map(({ heard }) => heard.slice(0, width)), width))
    return [sources, ...this.targets(heard.map(({ lesson }) => lesson))]
  }

  /**
   * What a look asks, some at a time: all at once would take more memory than a phone has to give.
   * @param {Classroom['asked'][number]} asked
   */
  *look({ lessons, heard, width }) {
    for (let from = 0; from < lessons.length; from += LOOKED_AT) {
      const some = heard.slice(from, from + LOOKED_AT).map(each => [...each])
      yield [[this.sources(some, width)], ...this.targets(lessons.slice(from, from + LOOKED_AT))]
    }
  }

  /** @param {string[][]} heard @param {number} width */
  sources(heard, width) {
    return stacked(heard.map(each => this.vocabulary.encode(each.join(''))), width)
  }

  /** @param {Lesson[]} lessons */
  targets(lessons) {
    const said = lessons.map(each => this.vocabulary.encode(each.target))
    return [said.map(ids => [BOS, ...ids]), said.map(ids => [...ids, EOS])].map(rows => stacked(rows, this.length))
  }
}

/** @param {string[]} texts */
const longest = texts => Math.max(...texts.map(text => [...text].length))

/** Four numbers are multiplied at a time. @param {number} length */
const fourfold = length => Math.ceil(length / 4) * 4

/** Token ids, filled up with `<pad>`, which is 0: [rows, width] @param {number[][]} rows @param {number} width @returns {Tensor} */
export function stacked(rows, width) {
  const all = new Int32Array(rows.length * width)
  rows.forEach((row, n) => all.set(row, n * width))
  return np.array(all).reshape([rows.length, width])
}
