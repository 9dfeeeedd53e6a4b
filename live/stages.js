// One pass through the model, sub-layer by sub-layer, as the page Transformer takes it.

import { positionalEncoding } from './transformer.js'

/** @typedef {import('./transformer.js').Matrix} Matrix */
/** @typedef {'source' | 'target'} Side  what was heard, in the encoder; what was said, in the decoder */
/** @typedef {{ forward: (x: Matrix, sublayer: (x: Matrix) => Matrix) => Matrix }} Around */
/**
 * A step: on which side, of which layer, what it does; the vectors that it takes and makes, by their names;
 * in the decoder, which of them the exit could read; of attention, at which side its heads look and where [H, L, M].
 * @typedef {{ side: Side, layer?: number, name: string, told: string, vectors: Record<string, Matrix>,
 *   exit?: Matrix, looked?: Side, weights?: Matrix[] }} Stage
 */

const ENTRANCE = '文字の埋め込みを √d_model 倍し，位置符号化を足す。'
const FEED_FORWARD = 'ほかの位置は見ずに，書き足す。'

/**
 * The steps from the ids of what was heard and said to the next token.
 * @param {import('./transformer.js').Transformer} model @param {number[]} source [S] @param {number[]} target [T]
 */
export function stages(model, source, target) {
  /** @type {Stage[]} */
  const made = []

  /** @param {Side} side @param {number[]} ids */
  function enter(side, ids) {
    const x = model.embed(ids)
    const position = positionalEncoding(ids.length, model.sizes.dModel)
    const vectors = { '埋め込み': minus(x, position), '位置符号化': position, '足したもの': x }
    made.push({ side, name: '入口', told: ENTRANCE, vectors, exit: side === 'target' ? x : undefined })
    return x
  }

  /**
   * @param {Pick<Stage, 'side' | 'layer' | 'name' | 'told' | 'looked'>} stage @param {Matrix} before
   * @param {Around} around @param {(x: Matrix) => Matrix} sublayer @param {{ weights: Matrix[] }} [attention]
   */
  function pass(stage, before, around, sublayer, attention) {
    const x = around.forward(before, sublayer)
    const vectors = { '入る前': before, '書き足すもの': minus(x, before), '出た後': x }
    made.push({ ...stage, vectors, weights: attention?.weights, exit: stage.side === 'target' ? x : undefined })
    return x
  }

  let memory = enter('source', source)
  model.encoder.layers.forEach(({ attention, feedForward, aroundAttention, aroundFeedForward }, n) => {
    const stage = { side: /** @type {const} */ ('source'), layer: n + 1 }
    memory = pass(
      { ...stage, name: `自己注意 ${n + 1}`, told: '聞いた言葉どうしを見て，書き足す。', looked: 'source' },
      memory, aroundAttention, x => attention.forward(x, x, () => true), attention)
    memory = pass(
      { ...stage, name: `順伝播層 ${n + 1}`, told: FEED_FORWARD }, memory, aroundFeedForward, x => feedForward.forward(x))
  })
  const read = model.encoder.norm.forward(memory)
  made.push({
    side: 'source', name: '出口', told: '正規化する。復号器の交差注意が，これを見る。', vectors: { '入る前': memory, '出た後': read },
  })

  let x = enter('target', target)
  model.decoder.layers.forEach((layer, n) => {
    const stage = { side: /** @type {const} */ ('target'), layer: n + 1 }
    const { attention, crossAttention, feedForward } = layer
    x = pass(
      { ...stage, name: `自己注意 ${n + 1}`, told: '自分が言ったことを見て，書き足す。', looked: 'target' },
      x, layer.aroundAttention, x => attention.forward(x, x, (l, m) => m <= l), attention)
    x = pass(
      { ...stage, name: `交差注意 ${n + 1}`, told: '聞いた言葉（符号器の出口）を見て，書き足す。', looked: 'source' },
      x, layer.aroundCrossAttention, x => crossAttention.forward(x, read, () => true), crossAttention)
    x = pass(
      { ...stage, name: `順伝播層 ${n + 1}`, told: FEED_FORWARD }, x, layer.aroundFeedForward, x => feedForward.forward(x))
  })
  made.push({
    side: 'target', name: '出口', told: '正規化し，どの文字の埋め込みとも内積を取って得点とし，ソフトマックスで確率にする。',
    vectors: { '入る前': x, '正規化した後': model.decoder.norm.forward(x) }, exit: x,
  })
  return made
}

/** @param {Matrix} a @param {Matrix} b */
const minus = (a, b) => a.map((row, l) => row.map((value, i) => value - b[l][i]))
