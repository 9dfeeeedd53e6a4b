// What the page's own script calls when the reader wants a part: its style, its program, its place.

import { element } from './elements.js'
import { InputError } from './vocabulary.js'

const CUT_OFF = '読み込みが途中で止まった。通信を確かめて，頁を開き直してほしい。'

/** The places whose button was pressed: once more, while the part loads, does nothing. @type {WeakSet<HTMLElement>} */
const pressed = new WeakSet()

/** Put the part in the place of what stands there without it. @param {HTMLElement} place */
export async function start(place) {
  if (pressed.has(place)) return
  pressed.add(place)
  const { part, ...options } = place.dataset
  const el = element('div', { class: 'part', tabindex: -1 })
  const message = /** @type {HTMLElement} */ (place.querySelector('[role=status]'))
  message.textContent = '読み込んでいる。'
  try {
    const [{ default: { render } }] = await Promise.all([import(new URL(`${part}.js`, import.meta.url).href), style()])
    await render({ model: new Map(Object.entries(options)), el })
    place.classList.add('started')
    place.append(el)
    el.focus()
    message.textContent = ''
  } catch (error) {
    pressed.delete(place)
    message.textContent = error instanceof InputError ? error.message : CUT_OFF
    if (!(error instanceof InputError || error instanceof TypeError)) throw error
  }
}

/** @type {Promise<void> | undefined} */
let styled

function style() {
  styled ??= new Promise((resolve, reject) => document.head.append(element('link', {
    rel: 'stylesheet', href: new URL('live.css', import.meta.url).href, onload: () => resolve(),
    onerror: () => { styled = undefined; reject(new TypeError('live.css')) },
  })))
  return styled
}
