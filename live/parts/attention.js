// 動かす図，注意: the page's three letters, whose numbers the reader moves.

import { checkbox, drawn, element, rounded, slider } from '../elements.js'
import { scaledDotProductAttention } from '../transformer.js'

/** @typedef {import('../transformer.js').Matrix} Matrix */
/** What stands in a plane: points, how they are marked, and the letter before their names. @typedef {{ points: Matrix, mark: string, name: string }} Kind */

const LETTERS = ['な', 'が', 'め']
const THREE = [[1, 0], [0, 1], [1, 1]]
const FARTHEST = 10 // from 0 that a number may be
const SIDE = 200 // of the plane
const NAME = { width: 28, height: 13 } // of a point

/** @param {{ el: HTMLElement }} place */
function render({ el }) {
  const [query, key, value] = ['問い合わせ', '鍵', '値'].map(role => numbers(role, update))
  const scale = checkbox(element('span', {}, '√d', element('sub', {}, 'k'), ' で割る'), true, update)
  const causal = checkbox('因果マスク', false, update)
  const temperature = slider('温度', { min: 0.1, max: 5, step: 0.1, value: 1 }, update)
  const message = element('p', { role: 'status' })
  const steps = element('div', { class: 'matrices' })
  const planes = element('div', { class: 'columns' })
  el.append(
    element('div', { class: 'matrices' }, query.table, key.table, value.table),
    element('div', { class: 'controls' }, scale.label, causal.label, temperature.label,
      element('button', { type: 'button', onclick: () => { el.replaceChildren(); render({ el }); el.focus() } }, '元に戻す')),
    message, steps, planes)

  function update() {
    const [q, k, v] = [query.read(), key.read(), value.read()]
    if (!q || !k || !v) {
      message.textContent = `−${FARTHEST} から ${FARTHEST} までの数を入れてほしい。表と図は，変える前のままである。`
      return
    }
    const divisor = (scale.on ? Math.sqrt(q[0].length) : 1) * temperature.value
    /** @param {number} l @param {number} m */
    const visible = (l, m) => m <= l || !causal.on
    const products = q.map(one => k.map(other => one[0] * other[0] + one[1] * other[1]))
    const scores = products.map((row, l) => row.map((product, m) => visible(l, m) ? product / divisor : -Infinity))
    const { output, weights } = scaledDotProductAttention(q, k, v, visible, 0, q[0].length, divisor)
    steps.replaceChildren(
      matrix('① 内積', products, LETTERS),
      matrix('②③ 割り，隠した得点', scores, LETTERS),
      matrix('④ 重み', weights, LETTERS, true),
      matrix('⑤ 出力', output, ['成分 1', '成分 2']))
    planes.replaceChildren(
      plane('問い合わせ（q）と鍵（k）', [{ points: q, mark: 'arrow one', name: 'q' }, { points: k, mark: 'arrow other', name: 'k' }]),
      plane('値（v）と出力（o）', [{ points: v, mark: 'corner other', name: 'v' }, { points: output, mark: 'square one', name: 'o' }]))
    message.textContent = `「な」の重みは ${weights[0].map(two).join('，')}，出力は (${output[0].map(two).join(', ')}) である。`
  }
  update()
}

/** @param {number} value */
const two = value => rounded(value, 2)

/** Three vectors that can be changed. @param {string} role @param {() => void} changed */
function numbers(role, changed) {
  const inputs = THREE.map((vector, row) => vector.map((number, i) => element('input', {
    type: 'number', step: 0.1, min: -FARTHEST, max: FARTHEST, value: number, oninput: changed,
    'aria-label': `${role}「${LETTERS[row]}」の成分 ${i + 1}`,
  })))
  return {
    table: element('table', {}, element('caption', {}, role), element('tbody', {}, ...inputs.map((row, l) =>
      element('tr', {}, element('th', { scope: 'row' }, LETTERS[l]), ...row.map(input => element('td', {}, input)))))),
    /** The numbers, or nothing if one is none. @returns {Matrix | undefined} */
    read() {
      let right = true
      for (const input of inputs.flat()) {
        const inside = Math.abs(input.valueAsNumber) <= FARTHEST
        input.setAttribute('aria-invalid', String(!inside))
        right &&= inside
      }
      return right ? inputs.map(row => row.map(input => input.valueAsNumber)) : undefined
    },
  }
}

/** A row a letter, as the page prints it. @param {string} caption @param {Matrix} rows @param {string[]} columns @param {boolean} shares  whether its numbers are of one */
function matrix(caption, rows, columns, shares = false) {
  return element('table', { class: shares ? 'shares' : undefined }, element('caption', {}, caption),
    element('thead', {}, element('tr', {}, element('td'), ...columns.map(name => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map((row, l) => element('tr', {}, element('th', { scope: 'row' }, LETTERS[l]),
      ...row.map(number => element('td', { style: shares ? `--share: ${number}` : undefined }, two(number)))))))
}

/** The plane of the two components. @param {string} caption @param {Kind[]} kinds */
function plane(caption, kinds) {
  const all = kinds.flatMap(({ points }) => points.flat())
  const [least, most] = [Math.min(0, ...all), Math.max(1, ...all)]
  /** @param {number[]} point */
  const at = ([x, y]) => [x - least, most - y].map(length => length * SIDE / (most - least))
  const [x0, y0] = at([0, 0])
  const unit = Math.floor(most)
  const [x1, y1] = at([unit, unit])
  const figure = drawn('svg', { viewBox: `-30 -25 ${SIDE + 65} ${SIDE + 50}`, role: 'img', 'aria-label': caption },
    drawn('path', { class: 'axes', d: `M ${x0} 0 V ${SIDE} M 0 ${y0} H ${SIDE} M ${x1} ${y0} v 5 M ${x0} ${y1} h 5` }))
  /** @type {[number, number][]} */
  const named = []
  for (const [after, { points, mark, name }] of kinds.entries()) {
    const marks = points.map(at)
    const middle = marks.reduce((sum, [x]) => sum + x, 0) / marks.length
    if (mark.startsWith('corner')) figure.append(drawn('polygon', { points: marks.join(' ') }))
    marks.forEach(([x, y], l) => figure.append(drawn('g', { class: mark },
      mark.startsWith('arrow') ? drawn('path', { d: `M ${x0} ${y0} L ${x} ${y}` }) : '',
      mark.startsWith('square') ? drawn('rect', { x: x - 4, y: y - 4, width: 8, height: 8 }) : drawn('circle', { cx: x, cy: y, r: 4 }),
      drawn('text', free(x + (x < middle ? -28 : 8), y + (after ? 16 : -6), named), name + LETTERS[l]))))
  }
  figure.append(
    drawn('text', { x: x1, y: y0 + 18, 'text-anchor': 'middle' }, String(unit)),
    drawn('text', { x: x0 + 8, y: y1 + 4 }, String(unit)))
  return element('figure', {}, figure, element('figcaption', {}, `${caption}。横が成分 1，縦が成分 2`))
}

/** Where a name may stand: below those that stand there. @param {number} x @param {number} y @param {[number, number][]} named */
function free(x, y, named) {
  while (named.some(([left, base]) => Math.abs(left - x) < NAME.width && Math.abs(base - y) < NAME.height)) y += 2
  named.push([x, y])
  return { x, y }
}

export default { render }
