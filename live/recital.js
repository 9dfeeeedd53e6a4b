// What the model says when it hears the upper verse alone, as in code/chihaya/recital.py and
// storage.py.

import { read, write } from './safetensors.js'
import { Cache, softmax, Transformer } from './transformer.js'
import { BOS, EOS, InputError, Vocabulary } from './vocabulary.js'

/** @typedef {import('./transformer.js').Weights} Weights */
/** @typedef {import('./transformer.js').Matrix} Matrix */
/**
 * One token that the model says: its probability among all next tokens, and where each layer's
 * heads looked for it, over the source [N, H, S] and over `<bos>` and what was said [N, H, T].
 * @typedef {{ token: number, probabilities: number[], cross: Matrix[], decoder: Matrix[] }} Said
 */

export const LONGEST = 40
const FORMAT = 1
const BROKEN = 'chihaya のモデルとして読めない。chihaya train で作ったファイルか，この本の頁で保存したファイルを選んでほしい。'

/** A trained Transformer, the vocabulary it speaks, and how it was trained. */
export class Reciter {
  /**
   * @param {Transformer} model @param {Vocabulary} vocabulary
   * @param {Record<string, any>} recipe @param {number[][]} history
   */
  constructor(model, vocabulary, recipe = {}, history = []) {
    this.model = model
    this.vocabulary = vocabulary
    this.recipe = recipe
    this.history = history
  }

  /**
   * What the model says to what it hears, token by token until `<eos>`, the most likely one each
   * time. Throws InputError if there is nothing to hear, too much, or a character that it does not know.
   * @param {string} heard @returns {Generator<Said, void>}
   */
  *say(heard) {
    const memory = this.model.encode(this.source(heard))
    const cache = new Cache()
    const target = [BOS]
    while (target.length <= LONGEST) {
      const probabilities = softmax(this.model.decode(target, memory, cache)[0])
      const token = probabilities.indexOf(probabilities.reduce((a, b) => Math.max(a, b)))
      const { cross, decoder } = this.model.attention
      yield { token, probabilities, cross: lastQuery(cross), decoder: lastQuery(decoder) }
      if (token === EOS) return
      target.push(token)
    }
  }

  /** @param {string} heard */
  recite(heard) {
    let said = ''
    for (const { token } of this.say(heard)) if (token > EOS) said += this.vocabulary.tokens[token]
    return said
  }

  /** The ids of what is heard. @param {string} heard */
  source(heard) {
    const [what, how] = this.vocabulary.verses
      ? ['上の句', '初めの数文字でもよいので，ひらがなで'] : ['source ', '一文字以上を']
    const { length } = [...heard]
    if (!length) throw new InputError(`${what}が空である。${how}入力してほしい。`)
    if (length > LONGEST) {
      throw new InputError(`${what}が ${length} 文字ある。${LONGEST} 文字までにしてほしい。`)
    }
    return this.vocabulary.encode(heard)
  }
}

/** Of the heads of each layer, where the last query looked. @param {Matrix[][]} attention @returns {Matrix[]} */
const lastQuery = attention => attention.map(heads => heads.map(weights => weights[weights.length - 1]))

/**
 * A reciter from its file. Throws InputError if it is none.
 * @param {ArrayBuffer} buffer
 */
export function loadReciter(buffer) {
  try {
    const { tensors, metadata } = read(buffer)
    const { format, longest, sizes, tokens, recipe, history } = JSON.parse(metadata.chihaya)
    const vocabulary = new Vocabulary(tokens, !('pairs' in recipe))
    if (format !== FORMAT || longest !== LONGEST || sizes.vocabulary !== vocabulary.tokens.length
      || sizes.layers > tensors.size) throw new RangeError('written by another version')
    const { d_model: dModel, heads, d_ff: dFF, layers } = sizes
    const weights = new Map([...tensors].map(([name, { data }]) => [name, data]))
    if (![dModel / 2, heads, dModel / heads, dFF, layers].every(size => Number.isInteger(size) && size > 0)
      || weights.get('embedding.weight')?.length !== sizes.vocabulary * dModel
      || weights.get('encoder.layers.0.feed_forward.0.weight')?.length !== dFF * dModel) {
      throw new RangeError('weights of other sizes')
    }
    const model = new Transformer({ vocabulary: sizes.vocabulary, dModel, heads, dFF, layers }, weights)
    return new Reciter(model, vocabulary, recipe, history)
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) {
      throw new InputError(BROKEN, { cause: error })
    }
    throw error
  }
}

/**
 * A file that `chihaya recite --model` and `loadReciter` read.
 * @param {{ weights: Map<string, import('./safetensors.js').Tensor>, sizes: import('./transformer.js').Sizes,
 *   vocabulary: Vocabulary, recipe: Record<string, any>, history: number[][] }} reciter
 */
export function reciterFile({ weights, sizes, vocabulary, recipe, history }) {
  const header = {
    format: FORMAT,
    sizes: {
      vocabulary: sizes.vocabulary, d_model: sizes.dModel, heads: sizes.heads, d_ff: sizes.dFF, layers: sizes.layers,
    },
    tokens: vocabulary.tokens.slice(3),
    longest: LONGEST,
    recipe,
    history,
  }
  return write({ tensors: weights, metadata: { chihaya: JSON.stringify(header) } })
}
