// Parts of a page, made without markup: what a reader types is text and stays text.

/**
 * An element with its attributes, its listeners (`onclick`) and what it holds.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} [properties]
 * @param {...(Node | string)} children
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children)
  return made
}

/**
 * An element of a drawing.
 * @param {keyof SVGElementTagNameMap} tag @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 */
export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.append(...children)
  return made
}

/** A control with its name before it. @param {string} name @param {HTMLElement} control */
export const labelled = (name, control) => element('label', {}, element('span', {}, name), control)

/**
 * A slider with its name and its number before it.
 * @param {string} name @param {{ min: number, max: number, step?: number, value: number }} range
 * @param {() => void} changed
 */
export function slider(name, range, changed) {
  const number = element('b', {}, String(range.value))
  const input = element('input', { type: 'range', ...range, oninput: () => {
    number.textContent = input.value
    changed()
  } })
  return {
    label: element('label', {}, element('span', {}, `${name} `, number), input),
    get value() { return input.valueAsNumber },
    /** @param {number} value @param {number} max */
    set(value, max) {
      input.max = String(max)
      input.value = String(value)
      number.textContent = input.value
    },
  }
}

/** A switch with its name. @param {Node | string} name @param {boolean} on @param {() => void} changed */
export function checkbox(name, on, changed) {
  const input = element('input', { type: 'checkbox', checked: on, onchange: changed })
  return { label: element('label', {}, input, name), get on() { return input.checked } }
}

/** Whether the reader wants nothing to move. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** @param {number} milliseconds */
export const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/** A probability in three digits; 0 and 1 are these, and not what is near them. @param {number} share */
export const shown = share => share > 0.999 && share < 1 ? '>0.999' : share > 0 && share < 0.001 ? '<0.001' : share.toFixed(3)

/** A number as it stands in the text. @param {number} value @param {number} digits */
export const rounded = (value, digits) => value === -Infinity ? '−∞'
  : value.toFixed(digits).replace(/^-(?=[0.]*$)/, '').replace('-', '−')
