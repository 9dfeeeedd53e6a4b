// 動かす図，位置符号化: its width, its base, and two positions so far apart.

import { drawn, element, labelled, rounded, slider } from '../elements.js'
import { positionalEncoding } from '../transformer.js'
import { heat } from '../views.js'

const LENGTH = 50 // positions, as on the page
const [WIDE, HIGH] = [260, 160] // the curve
const HIGHEST = 1e6 // base

/** @param {{ el: HTMLElement }} place */
function render({ el }) {
  const dModel = slider('d_model', { min: 2, max: 128, step: 2, value: 64 }, update)
  const base = element('input', { type: 'number', min: 1, max: HIGHEST, value: 10000, oninput: update })
  const position = slider('位置 pos', { min: 0, max: 9, value: 0 }, update)
  const offset = slider('差 k', { min: 0, max: 40, value: 3 }, update)
  const message = element('p', { role: 'status' })
  const numbers = element('p')
  const map = element('div', { class: 'map' })
  const curve = element('div')
  el.append(
    element('div', { class: 'controls' }, dModel.label, labelled('底', base), position.label, offset.label),
    message,
    element('div', { class: 'columns' },
      element('figure', {}, map, element('figcaption', {}, '縦が位置（上から 0，1，…，49），横が成分。紫が正，橙が負，白が 0。枠は，位置 pos と pos + k。')),
      element('figure', {}, curve, element('figcaption', {}, '横が差 k，縦が内積。印は，選んだ k。'))),
    numbers)

  function update() {
    const wrong = !(base.valueAsNumber >= 1 && base.valueAsNumber <= HIGHEST)
    base.setAttribute('aria-invalid', String(wrong))
    if (wrong) {
      message.textContent = `底には，1 から ${HIGHEST} までの数を入れてほしい。図は，変える前のままである。`
      return
    }
    const rows = positionalEncoding(LENGTH, dModel.value, 0, base.valueAsNumber)
    const [one, other] = [position.value, position.value + offset.value]
    const picture = heat('位置符号化のすべての値', rows, 1)
    map.replaceChildren(picture, ...[one, other].map(row => element('i', { style: `--row: ${row / LENGTH}` })))
    curve.replaceChildren(products(rows.map(row => dot(rows[0], row)), offset.value))
    message.textContent = `位置 ${one} と位置 ${other} の符号の内積は ${rounded(dot(rows[one], rows[other]), 2)} である。`
    const longest = 2 * Math.PI * base.valueAsNumber ** ((dModel.value - 2) / dModel.value)
    numbers.textContent = `自分自身との内積は ${rounded(dot(rows[one], rows[one]), 2)}，`
      + `最も短い周期は ${rounded(2 * Math.PI, 2)} 文字，最も長い周期は ${rounded(longest, longest < 100 ? 2 : 0)} 文字。`
  }
  update()
}

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0)

/** The inner products of position 0 with each, one marked. @param {number[]} values @param {number} marked */
function products(values, marked) {
  const most = values[0]
  const least = Math.min(0, ...values)
  /** @param {number} k */
  const x = k => k * WIDE / (LENGTH - 1)
  /** @param {number} value */
  const y = value => (most - value) * HIGH / (most - least)
  return drawn('svg', { viewBox: `-40 -15 ${WIDE + 55} ${HIGH + 45}`, role: 'img', 'aria-label': '内積の曲線' },
    drawn('path', { class: 'axes', d: `M 0 0 V ${HIGH} M 0 ${y(0)} H ${WIDE}` }),
    ...[0, 10, 20, 30, 40].map(k => drawn('text', { x: x(k), y: HIGH + 20, 'text-anchor': 'middle' }, String(k))),
    ...[most, 0, ...least < -most / 8 ? [least] : []].map(value => drawn('text', { x: -6, y: y(value) + 4, 'text-anchor': 'end' }, rounded(value, 0))),
    drawn('polyline', { points: values.map((value, k) => [x(k), y(value)]).join(' ') }),
    drawn('g', { class: 'one' }, drawn('circle', { cx: x(marked), cy: y(values[marked]), r: 5 })))
}

export default { render }
