// Chance that a seed decides, the same in each engine.

/** @typedef {() => number} Dice  a number from 0 to 1, without 1 */

/** Numbers as the seed will have them (mulberry32). @param {number} seed @returns {Dice} */
export function diceOf(seed) {
  let state = seed | 0
  return () => {
    state = state + 0x6D2B79F5 | 0
    let mixed = Math.imul(state ^ state >>> 15, state | 1)
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61)
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32
  }
}

/** The items in a new order. @template Item @param {Item[]} items @param {Dice} dice */
export function shuffled(items, dice) {
  const found = [...items]
  for (let last = found.length - 1; last > 0; last--) {
    const other = Math.floor(dice() * (last + 1))
    ;[found[last], found[other]] = [found[other], found[last]]
  }
  return found
}
