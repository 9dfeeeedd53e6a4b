// What both models that learn here are made of, in arrays from which jax-js takes gradients.
//
// jax-js frees an array when it is handed on: `.ref` stands wherever one is used again. The sum of
// products over the last axis (`vecdot`) is its only quick product, and all others are made of it.
//
// Letters in shapes: N tokens (all of a batch, row after row), B batch, L query length, M key
// length, H heads, D model width, K = D / H the width of a head, I in, O out, V vocabulary.

import { nn, numpy as np } from '@jax-js/jax'
import { positionalEncoding as encoding } from '../transformer.js'
import { PAD } from '../vocabulary.js'

/** @typedef {np.Array} Tensor */
/** @typedef {Record<string, Tensor>} Weights  by the names that PyTorch gives them */
/** @typedef {import('./dice.js').Dice} Dice */
/** @typedef {{ shape: number[], initial: (dice: Dice) => number }} Parameter  its shape, and a number to begin with */
/** @typedef {{ shape: [B: number, L: number, M: number], mask: Tensor }} Block  rows of one width, and who may look where */

const NOWHERE = -1e30

/** @param {number} value @returns {Parameter['initial']} */
export const constant = value => () => value

/** @param {number} bound @returns {Parameter['initial']} */
export const uniform = bound => dice => (2 * dice() - 1) * bound

/** Box and Muller's. @param {number} deviation @returns {Parameter['initial']} */
export const normal = deviation => dice =>
  deviation * Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice())

/** A linear layer, as PyTorch begins with it. @param {string} name @param {number} I @param {number} O @returns {[string, Parameter][]} */
export const linearParameters = (name, I, O) => [
  [`${name}.weight`, { shape: [O, I], initial: uniform(1 / Math.sqrt(I)) }],
  [`${name}.bias`, { shape: [O], initial: uniform(1 / Math.sqrt(I)) }],
]

/** @param {string} name @param {number} D @returns {[string, Parameter][]} */
export const normParameters = (name, D) => [
  [`${name}.weight`, { shape: [D], initial: constant(1) }],
  [`${name}.bias`, { shape: [D], initial: constant(0) }],
]

/** x [N, I], weight [O, I] -> x Wᵀ [N, O] @param {Tensor} x @param {Tensor} weight */
export const product = (x, weight) => np.vecdot(np.expandDims(x, 1), weight)

/** @param {Tensor} x [N, I] @param {Weights} weights @param {string} name */
export const linear = (x, weights, name) =>
  product(x, weights[`${name}.weight`].ref).add(weights[`${name}.bias`].ref)

/** Each token with mean 0 and variance 1, then scaled and moved. @param {Tensor} x [N, D] @param {Weights} weights @param {string} name */
export function norm(x, weights, name) {
  const centred = x.ref.sub(x.mean(1, { keepdims: true }))
  const deviation = np.sqrt(np.square(centred.ref).mean(1, { keepdims: true }).add(1e-5))
  return centred.div(deviation).mul(weights[`${name}.weight`].ref).add(weights[`${name}.bias`].ref)
}

/**
 * Equation (1), Fig. 2 right: H attentions side by side, block by block.
 * @param {Tensor} query [N, D] @param {Tensor} key [N', D] @param {Tensor} value [N', D]
 * @param {number} heads @param {Block[]} blocks
 * @param {(weights: Tensor) => void} [watch]  is given the weights [B, H, L, M] of each block
 * @returns {Tensor} [N, D], the heads side by side
 */
export function attention(query, key, value, heads, blocks, watch) {
  const D = query.shape[1]
  const K = D / heads
  const queries = rowsOf(query, blocks.map(({ shape: [B, L] }) => B * L))
  const [keys, values] = [key, value].map(x => rowsOf(x, blocks.map(({ shape: [B, , M] }) => B * M)))
  return np.concatenate(blocks.map(({ shape: [B, L, M], mask }, n) => {
    const scores = np.vecdot(
      queries[n].reshape([B, L, 1, heads, K]).transpose([0, 3, 1, 2, 4]),
      keys[n].reshape([B, 1, M, heads, K]).transpose([0, 3, 1, 2, 4])).mul(1 / Math.sqrt(K)) // [B, H, L, M]
    const weights = nn.softmax(np.where(mask.ref, scores, NOWHERE), -1)
    watch?.(weights.ref)
    return np.expandDims(weights, 4).transpose([0, 2, 3, 1, 4]) // [B, L, M, H, 1]
      .mul(values[n].reshape([B, 1, M, heads, K])).sum(2).reshape([B * L, D])
  }))
}

/** x cut into pieces of so many rows. @param {Tensor} x @param {number[]} lengths @returns {Tensor[]} */
export function rowsOf(x, lengths) {
  if (lengths.length === 1) return [x]
  const ends = lengths.map((_, n) => lengths.slice(0, n + 1).reduce((a, b) => a + b))
  return np.split(x, ends.slice(0, -1), 0)
}

/** Whether there is a token, for all heads and queries: tokens [B, M] -> [B, 1, 1, M] @param {Tensor} tokens */
export const notPad = tokens => np.notEqual(tokens, PAD).reshape([tokens.shape[0], 1, 1, tokens.shape[1]])

/** Whether a key is no later than its query [T, T]. @param {number} T */
export const causal = T => np.tri(T, T).notEqual(0)

/** Mean cross entropy (nats) of the tokens that are wanted. @param {Tensor} logits [B T, V] @param {Tensor} wanted [B, T] */
export function crossEntropy(logits, wanted) {
  const V = logits.shape[1]
  const right = wanted.ref.reshape([-1, 1]).equal(np.arange(V)) // [B T, V]
  const asked = np.notEqual(wanted, PAD).reshape([-1, 1])
  const count = asked.ref.astype(np.float32).sum()
  return np.where(right.mul(asked), nn.logSoftmax(logits, 1), 0).sum().neg().div(count)
}

/** Sines and cosines of the positions (section 3.5), row after row of a batch: [B L, D] @param {number} B @param {number} L @param {number} D */
export function positionalEncoding(B, L, D) {
  const positions = encoding(L, D)
  const all = new Float32Array(B * L * D)
  for (let n = 0; n < B * L; n++) all.set(positions[n % L], n * D)
  return np.array(all).reshape([B * L, D])
}

/** The row of each token: weight [V, D], tokens [B, L] -> [B L, D] @param {Tensor} weight @param {Tensor} tokens */
export const embedded = (weight, tokens) => weight.slice(tokens.reshape([-1]))
