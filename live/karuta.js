// かるた: the cards, who touches which when, and how sure the model is of each. It draws nothing.

import { beginningWith } from './poems.js'
import { shuffled } from './training/dice.js'
import { Cache, softmax } from './transformer.js'
import { BOS, EOS } from './vocabulary.js'

/** @typedef {import('./poems.js').Poem} Poem */
/** @typedef {'person' | 'model'} Player */
/**
 * A poem that was read: after how many kana only one card was possible, after how many each player
 * touched that card (the model also where it came too late), and who took it.
 * @typedef {{ poem: Poem, decided: number, person?: number, model?: number, winner?: Player }} Row
 */

export const COUNTS = [12, 25, 50, 100]
const NEGLIGIBLE = 1e-4

/** The kana of a 取り札, which has no voiced marks. @param {string} verse */
export const unvoiced = verse => verse.normalize('NFD').replace(/[\u3099\u309a]/g, '')

/** One game: only what is laid out is read, each poem once. */
export class Game {
  /** @param {Poem[]} poems @param {number} count @param {import('./training/dice.js').Dice} dice */
  constructor(poems, count, dice) {
    /** Where the cards lie, taken ones too. */
    this.laid = shuffled(poems, dice).slice(0, count)
    this.order = shuffled(this.laid, dice)
    /** @type {Row[]} */
    this.rows = []
    this.faults = { person: 0, model: 0 }
    this.heard = 0
    /** Who touched which wrong card while this poem was read. @type {Set<string>} */
    this.touched = new Set()
  }

  /** What is read, or was read last. */
  get row() {
    return this.rows[this.rows.length - 1]
  }

  /** The poems that may be read: this one and those after it. */
  get remaining() {
    return this.order.slice(Math.max(this.rows.length - 1, 0))
  }

  /** Begin the next poem, if there is one. */
  next() {
    const poem = this.order[this.rows.length]
    if (!poem) return
    this.rows.push({ poem, decided: 0 })
    this.row.decided = [...poem.kamiKana].findIndex((_, last) =>
      beginningWith(this.remaining, poem.kamiKana.slice(0, last + 1)).length === 1) + 1
    this.heard = 0
    this.touched.clear()
    return this.row
  }

  /**
   * Whether the card is the one that is read. A wrong one is お手つき, once for each card, as long
   * as the right one lies there.
   * @param {Player} player @param {Poem} poem
   */
  touch(player, poem) {
    const right = poem === this.row.poem
    const touch = `${player} ${poem.no}`
    if (right) {
      this.row[player] ??= this.heard
      this.row.winner ??= player
    } else if (!this.row.winner && !this.touched.has(touch)) {
      this.touched.add(touch)
      this.faults[player]++
    }
    return right
  }

  /** Cards less お手つき, each of which costs one. @param {Player} player */
  score(player) {
    return this.rows.filter(({ winner }) => winner === player).length - this.faults[player]
  }
}

/**
 * How likely the model is to say each of these verses, having heard a beginning. It follows their
 * tree, the likeliest branch first, until all that it has not followed is negligible. Between two
 * steps it can be left alone, so that the page stays quick.
 * @param {import('./recital.js').Reciter} reciter @param {string} heard @param {string[]} verses
 * @returns {Generator<void, number[]>} the confidences
 */
export function* confidences({ model, vocabulary }, heard, verses) {
  const memory = model.encode(vocabulary.encode(heard))
  const tokens = verses.map(verse => [...vocabulary.encode(verse), EOS])
  const confidences = verses.map(() => 0)
  const open = [{ some: [...verses.keys()], said: [BOS], cache: new Cache(), probability: 1 }]
  let followed = 0
  while (open.reduce((sum, { probability }) => sum + probability, 0) > NEGLIGIBLE * followed) {
    const { some, said, cache, probability } =
      /** @type {typeof open[number]} */ (open.sort((a, b) => a.probability - b.probability).pop())
    const probabilities = softmax(model.decode(said, memory, cache)[0])
    yield
    for (const token of new Set(some.map(verse => tokens[verse][said.length - 1]))) {
      const those = some.filter(verse => tokens[verse][said.length - 1] === token)
      const reached = probability * probabilities[token]
      if (token === EOS) followed += confidences[those[0]] = reached
      else open.push({ some: those, said: [...said, token], cache: cache.copy(), probability: reached })
    }
  }
  for (const { some, probability } of open) {
    for (const verse of some) confidences[verse] = probability / some.length // at most, on the average
  }
  return confidences
}

/** Shares of one. @param {number[]} confidences */
export function belief(confidences) {
  const sum = confidences.reduce((a, b) => a + b)
  return confidences.map(confidence => confidence / sum)
}

/**
 * Where a key leads from a place in rows of so many columns, over places where nothing lies any more.
 * @param {string} key @param {number} from @param {number} columns @param {boolean[]} lies
 */
export function led(key, from, columns, lies) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: 1, End: -1 }[key]
  if (!step) return
  let place = key === 'Home' ? 0 : key === 'End' ? lies.length - 1 : from + step
  while (place in lies && !lies[place]) place += step
  return place in lies ? place : from
}
