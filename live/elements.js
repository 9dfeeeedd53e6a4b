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

/** A control with its name before it. @param {string} name @param {HTMLElement} control */
export const labelled = (name, control) => element('label', {}, element('span', {}, name), control)

/** Whether the reader wants nothing to move. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** @param {number} milliseconds */
export const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/** A probability as it stands in the text: three digits, none but 0 and 1 rounded to these. @param {number} share */
export const shown = share => share > 0.999 && share < 1 ? '0.999…' : share > 0 && share < 0.001 ? '0.000…' : share.toFixed(3)
