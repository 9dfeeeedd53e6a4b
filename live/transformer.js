// The Transformer of Vaswani et al. (2017) as in code/chihaya/transformer.py, name for name: see
// there for the equations. Here it only speaks; it learns in training/. One sequence at a time: no
// batch, no padding. A matrix is an array of its rows.
//
// Letters in shapes: T target length, S source length, L query length, M key length, H heads,
// D dModel, K = D / H the width of a head, V vocabulary.

/** @typedef {number[][]} Matrix */
/** @typedef {{ vocabulary: number, dModel: number, heads: number, dFF: number, layers: number }} Sizes */
/** @typedef {Map<string, Float32Array>} Weights  by the names that PyTorch gives them */
/** @typedef {(l: number, m: number) => boolean} Mask  whether query l may look at key m */

/** So many numbers, or rows, each made of its index. @template Item @param {number} length @param {(index: number) => Item} item */
function list(length, item) {
  const made = new Array(length)
  for (let index = 0; index < length; index++) made[index] = item(index)
  return /** @type {Item[]} */ (made)
}

/** @param {number[]} a @param {number[]} b */
const add = (a, b) => a.map((value, index) => value + b[index])

/**
 * Sines and cosines of the positions start … start + length - 1 (section 3.5) [length, dModel].
 * @param {number} length @param {number} dModel
 */
export function positionalEncoding(length, dModel, start = 0, base = 10000) {
  return list(length, row => list(dModel, i => {
    const angle = (start + row) / base ** ((i - i % 2) / dModel)
    return i % 2 ? Math.cos(angle) : Math.sin(angle)
  }))
}

/** x Wᵀ of one row x [in] and the weights W [out, in], which lie row by row. @param {number[]} x @param {Float32Array} weight */
const times = (x, weight) => list(weight.length / x.length, o => {
  let sum = 0
  for (let i = 0, w = o * x.length; i < x.length; i++, w++) sum += weight[w] * x[i]
  return sum
})

/** @param {number[]} scores */
export function softmax(scores) {
  const highest = scores.reduce((a, b) => Math.max(a, b))
  const powers = scores.map(score => Math.exp(score - highest))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map(power => power / sum)
}

/**
 * Equation (1): softmax(Q Kᵀ / √d_k) V, of the columns from `first` on, `width` of them: one head.
 * @param {Matrix} query [L, D] @param {Matrix} key [M, D] @param {Matrix} value [M, D]
 * @param {Mask} mask
 * @returns {{ output: Matrix, weights: Matrix }} output [L, K], weights [L, M]
 */
export function scaledDotProductAttention(
  query, key, value, mask, first = 0, width = query[0].length, divisor = Math.sqrt(width),
) {
  const weights = query.map((q, l) => softmax(key.map((k, m) => {
    if (!mask(l, m)) return -Infinity
    let product = 0
    for (let i = first; i < first + width; i++) product += q[i] * k[i]
    return product / divisor
  })))
  const output = weights.map(row => {
    const sum = list(width, () => 0)
    for (let m = 0; m < row.length; m++) {
      for (let i = 0; i < width; i++) sum[i] += row[m] * value[m][first + i]
    }
    return sum
  })
  return { output, weights }
}

/** x Wᵀ + b at every position. */
class Linear {
  /** @param {Weights} weights @param {string} name */
  constructor(weights, name) {
    this.weight = take(weights, `${name}.weight`) // [out, in], row by row
    this.bias = take(weights, `${name}.bias`)
  }

  /** @param {Matrix} x */
  forward(x) {
    return x.map(row => times(row, this.weight).map((sum, o) => sum + this.bias[o]))
  }
}

/** Each position with mean 0 and variance 1, then scaled and moved. */
class LayerNorm {
  /** @param {Weights} weights @param {string} name */
  constructor(weights, name) {
    this.weight = take(weights, `${name}.weight`)
    this.bias = take(weights, `${name}.bias`)
  }

  /** @param {Matrix} x */
  forward(x) {
    return x.map(row => {
      const mean = row.reduce((a, b) => a + b) / row.length
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
      const scale = 1 / Math.sqrt(variance + 1e-5)
      return row.map((value, i) => (value - mean) * scale * this.weight[i] + this.bias[i])
    })
  }
}

/** Keys and values that a decoder has computed and need not compute again: apart from the model. */
export class Cache {
  constructor() {
    this.length = 0
    /** @type {Map<MultiHeadAttention, { key: Matrix, value: Matrix }>} */
    this.kept = new Map()
  }

  /** @param {MultiHeadAttention} attention @param {Matrix} key @param {Matrix} value */
  extend(attention, key, value) {
    const kept = this.kept.get(attention)
    const all = kept ? { key: [...kept.key, ...key], value: [...kept.value, ...value] } : { key, value }
    this.kept.set(attention, all)
    return all
  }

  /** One to go on from in another way: what was computed is shared, what comes is not. */
  copy() {
    const copy = new Cache()
    copy.length = this.length
    copy.kept = new Map(this.kept)
    return copy
  }
}

/** Fig. 2 right: H attentions side by side, each in its own K dimensions. */
class MultiHeadAttention {
  /** @param {Weights} weights @param {string} name @param {number} heads */
  constructor(weights, name, heads) {
    this.heads = heads
    this.query = new Linear(weights, `${name}.query`)
    this.key = new Linear(weights, `${name}.key`)
    this.value = new Linear(weights, `${name}.value`)
    this.output = new Linear(weights, `${name}.output`)
    /** The attention weights of the last call [H, L, M]: what the page shows. @type {Matrix[]} */
    this.weights = []
  }

  /** @param {Matrix} x [L, D] @param {Matrix} memory [M, D] @param {Mask} mask @param {Cache} [cache] */
  forward(x, memory, mask, cache) {
    const query = this.query.forward(x) // [L, D], the heads side by side
    let [key, value] = [this.key.forward(memory), this.value.forward(memory)] // [M, D]
    if (cache) ({ key, value } = cache.extend(this, key, value))
    const width = query[0].length / this.heads
    const heads = list(this.heads, head =>
      scaledDotProductAttention(query, key, value, mask, head * width, width))
    this.weights = heads.map(head => head.weights)
    const concatenated = x.map((_, l) => heads.flatMap(({ output }) => output[l])) // [L, D]
    return this.output.forward(concatenated)
  }
}

/** Equation (2): max(0, x W1 + b1) W2 + b2 at every position alike. */
class FeedForward {
  /** @param {Weights} weights @param {string} name */
  constructor(weights, name) {
    this.first = new Linear(weights, `${name}.0`)
    this.second = new Linear(weights, `${name}.2`)
  }

  /** @param {Matrix} x */
  forward(x) {
    return this.second.forward(this.first.forward(x).map(row => row.map(value => Math.max(0, value))))
  }
}

/** What stands around each sub-layer, pre-norm: x + sublayer(norm(x)). */
class SublayerConnection {
  /** @param {Weights} weights @param {string} name */
  constructor(weights, name) {
    this.norm = new LayerNorm(weights, `${name}.norm`)
  }

  /** @param {Matrix} x @param {(x: Matrix) => Matrix} sublayer */
  forward(x, sublayer) {
    const changed = sublayer(this.norm.forward(x))
    return x.map((row, l) => add(row, changed[l]))
  }
}

/** Fig. 1, the left block: self-attention, then feed forward. */
class EncoderLayer {
  /** @param {Weights} weights @param {string} name @param {Sizes} sizes */
  constructor(weights, name, sizes) {
    this.attention = new MultiHeadAttention(weights, `${name}.attention`, sizes.heads)
    this.feedForward = new FeedForward(weights, `${name}.feed_forward`)
    this.aroundAttention = new SublayerConnection(weights, `${name}.around_attention`)
    this.aroundFeedForward = new SublayerConnection(weights, `${name}.around_feed_forward`)
  }

  /** @param {Matrix} x [S, D] */
  forward(x) {
    x = this.aroundAttention.forward(x, x => this.attention.forward(x, x, () => true))
    return this.aroundFeedForward.forward(x, x => this.feedForward.forward(x))
  }
}

/** Fig. 1, the right block: masked self-attention, attention to the source, feed forward. */
class DecoderLayer {
  /** @param {Weights} weights @param {string} name @param {Sizes} sizes */
  constructor(weights, name, sizes) {
    this.attention = new MultiHeadAttention(weights, `${name}.attention`, sizes.heads)
    this.crossAttention = new MultiHeadAttention(weights, `${name}.cross_attention`, sizes.heads)
    this.feedForward = new FeedForward(weights, `${name}.feed_forward`)
    this.aroundAttention = new SublayerConnection(weights, `${name}.around_attention`)
    this.aroundCrossAttention = new SublayerConnection(weights, `${name}.around_cross_attention`)
    this.aroundFeedForward = new SublayerConnection(weights, `${name}.around_feed_forward`)
  }

  /** @param {Matrix} x [T, D] @param {Matrix} memory [S, D] @param {Mask} causal @param {Cache} cache */
  forward(x, memory, causal, cache) {
    x = this.aroundAttention.forward(x, x => this.attention.forward(x, x, causal, cache))
    x = this.aroundCrossAttention.forward(x, x =>
      this.crossAttention.forward(x, memory, () => true, cache))
    return this.aroundFeedForward.forward(x, x => this.feedForward.forward(x))
  }
}

/** Fig. 1 as a whole: tokens of source and target in, a score for each next token out. */
export class Transformer {
  /** @param {Sizes} sizes @param {Weights} weights */
  constructor(sizes, weights) {
    /** @template Layer @param {new (weights: Weights, name: string, sizes: Sizes) => Layer} Kind @param {string} name */
    const stack = (Kind, name) => list(sizes.layers, layer =>
      new Kind(weights, `${name}.layers.${layer}`, sizes))
    this.sizes = sizes
    this.embedding = take(weights, 'embedding.weight') // [V, D], row by row
    this.encoder = { layers: stack(EncoderLayer, 'encoder'), norm: new LayerNorm(weights, 'encoder.norm') }
    this.decoder = { layers: stack(DecoderLayer, 'decoder'), norm: new LayerNorm(weights, 'decoder.norm') }
  }

  /** @param {number[]} source [S] @returns {Matrix} memory [S, D] */
  encode(source) {
    let x = this.embed(source)
    for (const layer of this.encoder.layers) x = layer.forward(x)
    return this.encoder.norm.forward(x)
  }

  /**
   * The scores of the token after each of the target's; of what the cache keeps, none.
   * @param {number[]} target [T] @param {Matrix} memory [S, D] @returns {Matrix} logits [T, V]
   */
  decode(target, memory, cache = new Cache()) {
    const start = cache.length
    cache.length = target.length
    let x = this.embed(target.slice(start), start)
    for (const layer of this.decoder.layers) {
      x = layer.forward(x, start ? [] : memory, (l, m) => m <= start + l, cache)
    }
    return this.logits(x)
  }

  /** What leaves the decoder as scores of the tokens [T, V]. @param {Matrix} x [T, D] */
  logits(x) {
    return this.decoder.norm.forward(x).map(row => times(row, this.embedding))
  }

  /** The attention weights of the last encode and decode, each [N, H, L, M]. */
  get attention() {
    return {
      encoder: this.encoder.layers.map(layer => layer.attention.weights),
      decoder: this.decoder.layers.map(layer => layer.attention.weights),
      cross: this.decoder.layers.map(layer => layer.crossAttention.weights),
    }
  }

  /** Embeddings, scaled by √D, plus positions from `start` on [L, D]. @param {number[]} tokens */
  embed(tokens, start = 0) {
    const { dModel } = this.sizes
    const positions = positionalEncoding(tokens.length, dModel, start)
    return tokens.map((token, l) => positions[l].map((position, i) =>
      position + this.embedding[token * dModel + i] * Math.sqrt(dModel)))
  }
}

/** @param {Weights} weights @param {string} name */
function take(weights, name) {
  const found = weights.get(name)
  if (!found) throw new RangeError(`no weights are called ${name}`)
  return found
}
