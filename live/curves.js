// Curves that grow while something is learned.

import { drawn, element } from './elements.js'

const HEIGHT = 100
const FIRST = 25 // steps that are shown at first; then twice as many, and again

/**
 * A drawing of what grows from 0 to `highest` (or as high as the first value) over at most so many steps.
 * @param {string} caption @param {string[]} names  of the curves @param {number} steps @param {number} [highest]
 * @returns {{ figure: HTMLElement, add: (step: number, values: number[]) => void }}
 */
export function curves(caption, names, steps, highest) {
  const lines = names.map((_, n) => drawn('polyline', { class: `curve-${n}`, points: '' }))
  const scale = element('span', {}, highest ? String(highest) : '')
  const frame = drawn('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...lines)
  const latest = names.map((name, n) => element('b', { class: `curve-${n}` }, name))
  const end = element('span')
  let last = FIRST
  scaled()
  const figure = element('figure', { class: 'curves' },
    element('figcaption', {}, caption, ...latest), scale, frame,
    element('span', {}, '0', end))

  /** As many steps as wide. */
  function scaled() {
    frame.setAttribute('viewBox', `0 -2 ${last} ${HEIGHT + 4}`)
    end.textContent = `${last} 歩`
  }

  return {
    figure,
    add(step, values) {
      highest ??= values[0]
      while (step > last) last = Math.min(2 * last, steps)
      scaled()
      scale.textContent = String(Math.round(highest * 10) / 10)
      values.forEach((value, n) => {
        const y = HEIGHT * (1 - Math.min(value / /** @type {number} */ (highest), 1))
        lines[n].setAttribute('points', `${lines[n].getAttribute('points')} ${step},${y.toFixed(1)}`)
        latest[n].textContent = `${names[n]} ${Number.isInteger(value) ? value : value.toFixed(3)}`
      })
    },
  }
}
