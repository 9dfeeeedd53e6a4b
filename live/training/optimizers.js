// Muon and AdamW as PyTorch has them, a step of both in one program of jax-js.
//
// Matrices of one shape lie in one array, all else end to end in another: a step over a stack takes
// a handful of operations, a step over each of its matrices would take a handful for each.

import { jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax'

/** @typedef {import('./layers.js').Tensor} Tensor */
/** @typedef {import('./layers.js').Weights} Weights */
/** @typedef {import('./layers.js').Parameter} Parameter */
/** @typedef {import('./dice.js').Dice} Dice */
/** @typedef {{ stacked: boolean, names: string[], shapes: number[][] }} Group  matrices of one shape, or all else */
/** @typedef {{ lr: number, momentum: number, ns_steps: number, weight_decay: number }} Muon  as torch.optim.Muon names them */
/** @typedef {{ lr: number, betas: number[], eps: number, weight_decay: number }} AdamW  as torch.optim.AdamW names them */

const NEWTON_SCHULZ = [3.4445, -4.775, 2.0315]

/** @param {number[]} shape */
const size = shape => shape.reduce((a, b) => a * b, 1)

/**
 * Weights that learn, and what the optimizers keep beside them. Muon takes the matrices of
 * `stacked`, if it is given, and AdamW what is left.
 */
export class Learner {
  /**
   * @param {Map<string, Parameter>} parameters @param {Dice} dice
   * @param {(weights: Weights, ...batch: any[]) => Tensor} lossOf  consumes the batch, and no weights
   * @param {{ muon?: Muon, adamw: AdamW }} constants
   */
  constructor(parameters, dice, lossOf, { muon, adamw }) {
    this.groups = groupsOf(parameters, muon !== undefined)
    this.weights = this.groups.map(({ names, shapes, stacked }) => {
      const numbers = names.flatMap(name => {
        const { shape, initial } = /** @type {Parameter} */ (parameters.get(name))
        return Array.from({ length: size(shape) }, () => initial(dice))
      })
      return np.array(Float32Array.from(numbers)).reshape(stacked ? [names.length, ...shapes[0]] : [numbers.length])
    })
    this.kept = this.weights.map((weights, n) =>
      Array.from({ length: this.groups[n].stacked ? 1 : 2 }, () => np.zerosLike(weights.ref)))
    this.adamw = adamw
    this.steps = 0

    this.gradient = jit((/** @type {Tensor[]} */ packed, /** @type {any[]} */ batch) =>
      valueAndGrad((/** @type {Tensor[]} */ packed) => using(this.unpack(packed), weights => lossOf(weights, ...batch)))(packed))
    this.update = jit((/** @type {Tensor[]} */ packed, /** @type {Tensor[][]} */ kept, /** @type {Tensor} */ told, /** @type {Tensor[]} */ gradients) => {
      const [rate, ...corrections] = np.split(told, 3, 0)
      const moved = this.groups.map(({ stacked }, n) => stacked
        ? muonStep(packed[n], gradients[n], kept[n][0], rate.ref, /** @type {Muon} */ (muon))
        : adamwStep(packed[n], gradients[n], kept[n], rate.ref, corrections.map(each => each.ref), adamw))
      tree.dispose([rate, corrections])
      return { weights: moved.map(([weights]) => weights), kept: moved.map(([, ...kept]) => kept) }
    })
  }

  /**
   * One step, with this share of the learning rates: the mean loss before it. What is learned from comes in
   * parts of one shape, one after the other, for the memory that a part takes.
   * @param {number} share @param {any[][]} parts
   */
  async step(share, parts) {
    let loss = 0
    /** @type {Tensor[]} */
    let gradients = []
    for (const part of parts) {
      const [own, slopes] = this.gradient(tree.ref(this.weights), part)
      const shares = slopes.map((/** @type {Tensor} */ each) => each.mul(1 / parts.length))
      gradients = gradients.length ? gradients.map((each, n) => each.add(shares[n])) : shares
      loss += (await own.data())[0] / parts.length // waits for the part, so that no two are in memory
    }
    this.steps += 1
    const corrections = this.adamw.betas.map(beta => 1 / (1 - beta ** this.steps))
    const told = np.array(Float32Array.from([share, ...corrections]))
    const { weights, kept } = this.update(this.weights, this.kept, told, gradients)
    this.weights = weights
    this.kept = kept
    return loss
  }

  /** The weights by their names. @param {Tensor[]} packed @returns {Weights} */
  unpack(packed) {
    return Object.fromEntries(this.groups.flatMap(({ stacked, names, shapes }, n) => {
      const ends = shapes.map((_, i) => shapes.slice(0, i + 1).reduce((sum, shape) => sum + (stacked ? 1 : size(shape)), 0))
      return np.split(packed[n], ends.slice(0, -1), 0).map((part, i) => [names[i], part.reshape(shapes[i])])
    }))
  }

  /** A program that says something of the weights, which it is given by their names. @param {(weights: Weights, ...rest: any[]) => Tensor} told */
  asking(told) {
    const program = jit((/** @type {Tensor[]} */ packed, /** @type {any[]} */ rest) =>
      using(this.unpack(packed), weights => told(weights, ...rest)))
    return (/** @type {any[]} */ ...rest) => program(tree.ref(this.weights), rest)
  }

  /** The numbers of each weight, as a file holds them. */
  async numbers() {
    /** @type {Map<string, import('../safetensors.js').Tensor>} */
    const found = new Map()
    for (const [n, { names, shapes }] of this.groups.entries()) {
      const all = /** @type {Float32Array} */ (await this.weights[n].ref.data())
      let from = 0
      names.forEach((name, i) => {
        found.set(name, { shape: shapes[i], data: all.slice(from, from += size(shapes[i])) })
      })
    }
    return found
  }
}

/** What comes of weights that are not needed after it. @param {Weights} weights @param {(weights: Weights) => Tensor} made */
function using(weights, made) {
  const found = made(weights)
  tree.dispose(weights)
  return found
}

/** @param {Map<string, Parameter>} parameters @param {boolean} stacked @returns {Group[]} */
function groupsOf(parameters, stacked) {
  /** @type {Map<string, Group>} */
  const groups = new Map()
  for (const [name, { shape }] of parameters) {
    const matrix = stacked && shape.length === 2 && name !== 'embedding.weight'
    const key = matrix ? shape.join() : ''
    const group = groups.get(key) ?? { stacked: matrix, names: [], shapes: [] }
    group.names.push(name)
    group.shapes.push(shape)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/**
 * Jordan et al. (2024), with the length of step that PyTorch calls match_rms_adamw.
 * @param {Tensor} weights [N, R, C] @param {Tensor} gradient @param {Tensor} kept @param {Tensor} rate [1] @param {Muon} constants
 */
function muonStep(weights, gradient, kept, rate, { lr, momentum, ns_steps, weight_decay }) {
  const [, rows, columns] = weights.shape
  kept = kept.mul(momentum).add(gradient.ref.mul(1 - momentum))
  const direction = orthogonal(gradient.mul(1 - momentum).add(kept.ref.mul(momentum)), ns_steps)
  const length = 0.2 * Math.sqrt(Math.max(rows, columns))
  const shrunk = weights.mul(rate.ref.mul(-lr * weight_decay).add(1))
  return [shrunk.sub(direction.mul(rate.mul(lr * length))), kept]
}

/** Each matrix with its singular values brought near 1 (Newton and Schulz). @param {Tensor} x [N, R, C] @param {number} steps @returns {Tensor} */
function orthogonal(x, steps) {
  const [, rows, columns] = x.shape
  if (rows > columns) return orthogonal(x.transpose([0, 2, 1]), steps).transpose([0, 2, 1])
  const [a, b, c] = NEWTON_SCHULZ
  x = x.ref.div(np.sqrt(np.square(x).sum([1, 2], { keepdims: true })).add(1e-7))
  for (let step = 0; step < steps; step++) {
    const gram = products(x.ref, x.ref) // [N, R, R], symmetric
    const curve = gram.ref.mul(b).add(products(gram.ref, gram.transpose([0, 2, 1])).mul(c))
    x = x.ref.mul(a).add(products(curve, x.transpose([0, 2, 1])))
  }
  return x
}

/** Of each row with each row: x [N, I, K], y [N, J, K] -> [N, I, J] @param {Tensor} x @param {Tensor} y */
const products = (x, y) => np.vecdot(np.expandDims(x, 2), np.expandDims(y, 1))

/**
 * Loshchilov and Hutter (2019).
 * @param {Tensor} weights [N] @param {Tensor} gradient @param {Tensor[]} kept @param {Tensor} rate [1]
 * @param {Tensor[]} corrections  of the two means, for both begin at 0 @param {AdamW} constants
 */
function adamwStep(weights, gradient, [mean, square], rate, corrections, { lr, betas, eps, weight_decay }) {
  mean = mean.mul(betas[0]).add(gradient.ref.mul(1 - betas[0]))
  square = square.mul(betas[1]).add(np.square(gradient).mul(1 - betas[1]))
  const direction = mean.ref.mul(corrections[0]).div(np.sqrt(square.ref.mul(corrections[1])).add(eps))
  const shrunk = weights.mul(rate.ref.mul(-lr * weight_decay).add(1))
  return [shrunk.sub(direction.mul(rate.mul(lr))), mean, square]
}
