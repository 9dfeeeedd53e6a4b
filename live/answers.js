// What a reader typed for a number, and whether it is right: as chihaya.exercises has it, which is
// held to the same cases (tests/answers_cases.json).

const NUMBER = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?:\/(\d+(?:\.\d+)?))?(%|パーセント)?\p{L}{0,4}[.。]?$/iu

/** The numbers that it may mean: two of one in percent, none of what is no number. @param {string} typed @returns {number[]} */
export function read(typed) {
  const text = typed.normalize('NFKC').replace(/\s/g, '').replace(/(\d)[,_](?=\d{3})/g, '$1').replaceAll('−', '-').replaceAll('⁄', '/')
  const [, number, divisor = '1', percent] = NUMBER.exec(text) ?? []
  const value = Number(number) / Number(divisor)
  if (!Number.isFinite(value)) return []
  return percent ? [value, value / 100] : [value]
}

/** @param {number} value @param {number} answer @param {number} [tolerance] */
export function isRight(value, answer, tolerance = 0) {
  return Math.abs(value - answer) <= tolerance + 1e-9 * Math.max(1, Math.abs(answer))
}
