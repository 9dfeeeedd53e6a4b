// The Transformer of code/chihaya/transformer.py once more, to learn: see there for the equations,
// and ./layers.js for what it is made of. What it has learned is spoken by ../transformer.js.
//
// Sources come in blocks, each of a width of its own, so that little is computed for padding:
// whatever looks at one token at a time sees all blocks as one.
//
// Letters in shapes: as in ./layers.js, and S source length, T target length.

import { nn, numpy as np } from '@jax-js/jax'
import {
  attention, causal, embedded, linear, linearParameters, norm, normParameters, normal, notPad, positionalEncoding, product,
} from './layers.js'

/** @typedef {import('./layers.js').Tensor} Tensor */
/** @typedef {import('./layers.js').Weights} Weights */
/** @typedef {import('./layers.js').Block} Block */
/** @typedef {import('./layers.js').Parameter} Parameter */
/** @typedef {import('../transformer.js').Sizes} Sizes */

/** The weights by their names, in PyTorch's order. @param {Sizes} sizes @returns {Map<string, Parameter>} */
export function parameters({ vocabulary, dModel, dFF, layers }) {
  /** @param {string} stack @param {string[]} attentions @returns {[string, Parameter][]} */
  const stacked = (stack, attentions) => [
    ...Array.from({ length: layers }, (_, layer) => `${stack}.layers.${layer}`).flatMap(name => [
      ...attentions.flatMap(attention => ['query', 'key', 'value', 'output'].flatMap(part =>
        linearParameters(`${name}.${attention}.${part}`, dModel, dModel))),
      ...linearParameters(`${name}.feed_forward.0`, dModel, dFF),
      ...linearParameters(`${name}.feed_forward.2`, dFF, dModel),
      ...[...attentions, 'feed_forward'].flatMap(sublayer => normParameters(`${name}.around_${sublayer}.norm`, dModel)),
    ]),
    ...normParameters(`${stack}.norm`, dModel),
  ]
  return new Map([
    ['embedding.weight', { shape: [vocabulary, dModel], initial: normal(0.05) }],
    ...stacked('encoder', ['attention']),
    ...stacked('decoder', ['attention', 'cross_attention']),
  ])
}

export class Transformer {
  /**
   * @param {Weights} weights @param {Sizes} sizes @param {boolean} positions  whether it is told them
   * @param {(name: string, weights: Tensor) => void} [watch]  is given attention weights [B, H, L, M]
   */
  constructor(weights, sizes, positions = true, watch) {
    this.weights = weights
    this.sizes = sizes
    this.positions = positions
    this.watch = watch
  }

  /**
   * Token ids in, a score for each next token out. The rows of all blocks are those of the target.
   * @param {Tensor[]} sources  blocks [B, S] @param {Tensor} target [B, T] @returns {Tensor} logits [B T, V]
   */
  forward(sources, target) {
    const [rows, T] = target.shape
    const masks = sources.map(source => notPad(source.ref))
    const self = sources.map(({ shape: [B, S] }, n) => block(B, S, S, masks[n].ref))
    const cross = sources.map(({ shape: [B, S] }, n) => block(B, T, S, masks[n]))
    const past = [block(rows, T, T, causal(T))]

    let memory = np.concatenate(sources.map(source => this.embed(source))) // [N, D]
    for (const name of this.layers('encoder')) {
      memory = this.around(`${name}.around_attention`, memory, x => this.attend(`${name}.attention`, x.ref, x, self))
      memory = this.around(`${name}.around_feed_forward`, memory, x => this.feedForward(`${name}.feed_forward`, x))
    }
    memory = norm(memory, this.weights, 'encoder.norm')

    let x = this.embed(target) // [B T, D]
    for (const name of this.layers('decoder')) {
      x = this.around(`${name}.around_attention`, x, x => this.attend(`${name}.attention`, x.ref, x, past))
      x = this.around(`${name}.around_cross_attention`, x, x =>
        this.attend(`${name}.cross_attention`, x, memory.ref, cross))
      x = this.around(`${name}.around_feed_forward`, x, x => this.feedForward(`${name}.feed_forward`, x))
    }
    x = norm(x, this.weights, 'decoder.norm')
    memory.dispose()
    for (const { mask } of [...self, ...cross, ...past]) mask.dispose()
    return product(x, this.weights['embedding.weight'].ref)
  }

  /** @param {string} stack */
  layers(stack) {
    return Array.from({ length: this.sizes.layers }, (_, layer) => `${stack}.layers.${layer}`)
  }

  /** Embeddings, scaled by √D, plus positions: tokens [B, L] -> [B L, D] @param {Tensor} tokens */
  embed(tokens) {
    const { dModel } = this.sizes
    const [B, L] = tokens.shape
    const scaled = embedded(this.weights['embedding.weight'].ref, tokens).mul(Math.sqrt(dModel))
    return this.positions ? scaled.add(positionalEncoding(B, L, dModel)) : scaled
  }

  /** Pre-norm: x + sublayer(norm(x)). @param {string} name @param {Tensor} x [N, D] @param {(x: Tensor) => Tensor} sublayer */
  around(name, x, sublayer) {
    return x.ref.add(sublayer(norm(x, this.weights, `${name}.norm`)))
  }

  /** @param {string} name @param {Tensor} x [N, D] @param {Tensor} memory [N', D] @param {Block[]} blocks */
  attend(name, x, memory, blocks) {
    const query = linear(x, this.weights, `${name}.query`)
    const key = linear(memory.ref, this.weights, `${name}.key`)
    const value = linear(memory, this.weights, `${name}.value`)
    const { watch } = this
    const heads = attention(query, key, value, this.sizes.heads, blocks, watch && (weights => watch(name, weights)))
    return linear(heads, this.weights, `${name}.output`)
  }

  /** @param {string} name @param {Tensor} x [N, D] */
  feedForward(name, x) {
    return linear(nn.relu(linear(x, this.weights, `${name}.0`)), this.weights, `${name}.2`)
  }
}

/** @param {number} B @param {number} L @param {number} M @param {Tensor} mask @returns {Block} */
const block = (B, L, M, mask) => ({ shape: [B, L, M], mask })
