// What several parts show: candidates for the next token, where heads looked, poems still possible.

import { element, shown } from './elements.js'
import { beginningWith } from './poems.js'
import { BOS, EOS } from './vocabulary.js'

/** @typedef {import('./poems.js').Poem} Poem */
/** @typedef {import('./recital.js').Said} Said */
/** @typedef {import('./transformer.js').Matrix} Matrix */

/** Tokens that are shown of those that may come next. */
export const CANDIDATES = 5

/** How a token is written. @param {string[]} tokens @param {number} token */
export const written = (tokens, token) => token === BOS ? '始' : token === EOS ? '終' : tokens[token]

/** The likeliest next tokens, with bars. @param {string[]} tokens @param {number[]} probabilities */
export function candidates(tokens, probabilities) {
  const likeliest = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, CANDIDATES)
  return element('ol', { class: 'bars' }, ...likeliest.map(token => element('li', {
    style: `--share: ${probabilities[token]}`,
  }, element('b', {}, written(tokens, token)), ` ${shown(probabilities[token])}`)))
}

/**
 * Where each head of each layer looked: a row a head, a bar over each token looked at.
 * @param {string} caption @param {Matrix[]} weights [N, H, M] @param {string[]} looked  the tokens [M]
 * @param {number} first  the number of the first layer
 */
export function heads(caption, weights, looked, first = 1) {
  const rows = weights.flatMap((layer, n) => layer.map((head, h) => element('tr', {},
    element('th', { scope: 'row' }, `層 ${n + first} ヘッド ${h + 1}`),
    ...looked.map((token, m) => element('td', {
      style: `--share: ${head[m]}`, title: `${token} ${shown(head[m])}`,
    }, token)))))
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element('p', { class: 'caption' }, `${caption}（行の上端まで届く棒が 1）`),
    element('table', { class: 'heads' }, element('tbody', {}, ...rows)))
}

const [NEGATIVE, POSITIVE] = [[179, 88, 6], [84, 39, 136]] // as in the figures, on white

/**
 * A matrix as a map of colours, deepest at ±`limit`: a pixel a number, which the style makes larger.
 * @param {string} caption @param {Matrix} rows @param {number} limit
 */
export function heat(caption, rows, limit) {
  const [width, height] = [rows[0].length, rows.length]
  const canvas = element('canvas', { class: 'heat', role: 'img', 'aria-label': caption, width, height })
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  const image = context.createImageData(width, height)
  rows.flat().forEach((value, place) =>
    image.data.set([...(value < 0 ? NEGATIVE : POSITIVE), 255 * Math.abs(value) / limit], 4 * place))
  context.putImageData(image, 0, 0)
  return canvas
}

/**
 * How the last of these tokens, which a button shows, was chosen.
 * @param {HTMLElement} button @param {HTMLElement} place @param {string[]} tokens @param {string} heard @param {Said[]} steps
 */
export function explain(button, place, tokens, heard, steps) {
  for (const other of /** @type {HTMLElement} */ (button.parentElement).children) other.removeAttribute('aria-pressed')
  button.setAttribute('aria-pressed', 'true')
  const { probabilities, cross, decoder } = steps[steps.length - 1]
  const before = steps.slice(0, -1).map(step => tokens[step.token])
  place.replaceChildren(
    element('h4', {}, `${steps.length} 文字目「${button.textContent}」をどう選んだか`),
    candidates(tokens, probabilities),
    element('div', { class: 'columns' },
      heads('聞いた言葉のどこを見たか', cross, [...heard]),
      heads('自分の言ったことのどこを見たか', decoder, ['始', ...before])))
}

/** The poems to choose from. @param {Poem[]} poems */
export const options = poems => poems.map(({ no, kami }) => element('option', {}, `${no}　${kami}`))

/** The poems that begin so, by what may come next. @param {Poem[]} poems @param {string} heard @param {number} listed */
export function tree(poems, heard, listed) {
  const possible = beginningWith(poems, heard)
  return element('section', { class: 'tree', 'aria-label': 'まだありうる歌' },
    element('h4', {}, heard ? `「${heard}」で始まる歌：${possible.length} 首` : `まだ何も聞いていない：${possible.length} 首`),
    branches(possible, heard, listed))
}

/** @param {Poem[]} possible @param {string} heard @param {number} listed @returns {HTMLElement} */
function branches(possible, heard, listed) {
  if (possible.length === 1) return leaf(possible[0], heard)
  const following = new Map()
  for (const poem of possible) {
    const next = poem.kamiKana.slice(0, heard.length + 1)
    following.set(next, [...following.get(next) ?? [], poem])
  }
  return element('ul', {}, ...[...following].map(([next, some]) => element('li', {},
    element('b', {}, next.slice(-1)), some.length > 1 ? ` ${some.length} 首` : ' ',
    ...(some.length > 1 && possible.length > listed ? [] : [branches(some, next, listed)]))))
}

/** @param {Poem} poem @param {string} heard */
const leaf = (poem, heard) => element('span', {},
  poem.kamiKana.slice(heard.length, heard.length + 4), '… ',
  element('a', { href: `poems.html#poem-${poem.no}` }, `${poem.no} ${poem.poet}`))
