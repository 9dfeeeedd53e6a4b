// The lecture's own model, as in code/chihaya/mirror.py: one layer, embeddings of their own for
// source and target, unscaled, normalised after each sub-layer (post-norm).

import { nn, numpy as np } from '@jax-js/jax'
import {
  attention, causal, constant, embedded, linear, linearParameters, norm, normParameters, normal, notPad, positionalEncoding,
  product, uniform,
} from './layers.js'

/** @typedef {import('./layers.js').Tensor} Tensor */
/** @typedef {import('./layers.js').Weights} Weights */
/** @typedef {import('./layers.js').Parameter} Parameter */
/** @typedef {import('./layers.js').Block} Block */

const [WIDTH, HEADS, FEED_FORWARD] = [32, 4, 32]

/** The weights by their names, in PyTorch's order. @param {number} vocabulary @returns {Map<string, Parameter>} */
export function parameters(vocabulary) {
  /** @param {string} name @returns {[string, Parameter][]} */
  const attentionParameters = name => [
    [`${name}.in_proj_weight`, { shape: [3 * WIDTH, WIDTH], initial: uniform(Math.sqrt(6 / (4 * WIDTH))) }],
    [`${name}.in_proj_bias`, { shape: [3 * WIDTH], initial: constant(0) }],
    [`${name}.out_proj.weight`, { shape: [WIDTH, WIDTH], initial: uniform(1 / Math.sqrt(WIDTH)) }],
    [`${name}.out_proj.bias`, { shape: [WIDTH], initial: constant(0) }],
  ]
  /** @param {string} name @param {string[]} attentions @returns {[string, Parameter][]} */
  const layer = (name, attentions) => [
    ...attentions.flatMap(each => attentionParameters(`${name}.${each}`)),
    ...linearParameters(`${name}.linear1`, WIDTH, FEED_FORWARD),
    ...linearParameters(`${name}.linear2`, FEED_FORWARD, WIDTH),
    ...[...attentions, ''].flatMap((_, n) => normParameters(`${name}.norm${n + 1}`, WIDTH)),
  ]
  const embedding = { shape: [vocabulary, WIDTH], initial: normal(1) }
  return new Map([
    ['source_embedding.weight', embedding],
    ['target_embedding.weight', embedding],
    ...layer('encoder', ['self_attn']),
    ...layer('decoder', ['self_attn', 'multihead_attn']),
    ...linearParameters('output', WIDTH, vocabulary),
  ])
}

export class LectureTransformer {
  /** @param {Weights} weights */
  constructor(weights) {
    this.weights = weights
  }

  /** @param {Tensor} source [B, S] @param {Tensor} target [B, T] @returns {Tensor} logits [B T, V] */
  forward(source, target) {
    const [[B, S], T] = [source.shape, target.shape[1]]
    const mask = notPad(source.ref)
    const memory = this.encode(this.embed('source_embedding', source), [{ shape: [B, S, S], mask: mask.ref }])
    const x = this.decode(this.embed('target_embedding', target), memory,
      [{ shape: [B, T, T], mask: causal(T) }], [{ shape: [B, T, S], mask }])
    return linear(x, this.weights, 'output')
  }

  /** tokens [B, L] -> [B L, D] @param {string} name @param {Tensor} tokens */
  embed(name, tokens) {
    const [B, L] = tokens.shape
    return embedded(this.weights[`${name}.weight`].ref, tokens).add(positionalEncoding(B, L, WIDTH))
  }

  /** @param {Tensor} x [B S, D] @param {Block[]} self */
  encode(x, self) {
    x = norm(x.ref.add(this.attend('encoder.self_attn', x.ref, x, self)), this.weights, 'encoder.norm1')
    return norm(x.ref.add(this.feedForward('encoder', x)), this.weights, 'encoder.norm2')
  }

  /** @param {Tensor} x [B T, D] @param {Tensor} memory [B S, D] @param {Block[]} past @param {Block[]} cross */
  decode(x, memory, past, cross) {
    x = norm(x.ref.add(this.attend('decoder.self_attn', x.ref, x, past)), this.weights, 'decoder.norm1')
    x = norm(x.ref.add(this.attend('decoder.multihead_attn', x, memory, cross)), this.weights, 'decoder.norm2')
    return norm(x.ref.add(this.feedForward('decoder', x)), this.weights, 'decoder.norm3')
  }

  /** @param {string} name @param {Tensor} x [N, D] @param {Tensor} memory [N', D] @param {Block[]} blocks */
  attend(name, x, memory, blocks) {
    const weights = np.split(this.weights[`${name}.in_proj_weight`].ref, 3, 0)
    const biases = np.split(this.weights[`${name}.in_proj_bias`].ref, 3, 0)
    const [query, key, value] = [x, memory.ref, memory].map((each, n) => product(each, weights[n]).add(biases[n]))
    const heads = attention(query, key, value, HEADS, blocks)
    for (const { mask } of blocks) mask.dispose()
    return linear(heads, this.weights, `${name}.out_proj`)
  }

  /** @param {string} name @param {Tensor} x [N, D] */
  feedForward(name, x) {
    return linear(nn.relu(linear(x, this.weights, `${name}.linear1`)), this.weights, `${name}.linear2`)
  }
}
