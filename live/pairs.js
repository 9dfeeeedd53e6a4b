// Pairs of a source and a target from what a reader pastes or opens: as code/chihaya/pairs.py reads
// them, with the same errors in the same words.

import { LONGEST } from './recital.js'
import { InputError } from './vocabulary.js'

/** @typedef {{ source: string, target: string }} Pair */
/** @typedef {'csv' | 'tsv' | 'jsonl'} Form */
/** @typedef {{ line: number, row: Record<string, unknown> }} Row  and the line where it ends */

/** How many pairs a file may have. */
const LIMITS = { fewest: 2, most: 1_000_000 }
const BLANK = /^[ \t\r\n]+/
const COLUMNS = /** @type {const} */ (['source', 'target'])

/** Pairs that cannot be used: `kind` names the fault, `line` where it is, null where it is in no single line. */
export class PairsError extends InputError {
  /** @param {string} kind @param {string} message @param {number | null} line */
  constructor(kind, message, line = null) {
    super(message)
    this.kind = kind
    this.line = line
  }
}

/**
 * The pairs in the bytes of a file called `name`: each once, however often it stands there. Throws PairsError.
 * @param {Uint8Array} bytes @param {string} name @param {Form} [form]
 * @returns {Pair[]}
 */
export function parsePairs(bytes, name, form, { fewest, most } = LIMITS) {
  if (/[!-~]$/.test(name)) name += ' ' // a space parts Latin letters from Japanese ones
  const text = decoded(bytes, name)
  form ??= formOf(text)
  const rows = form === 'jsonl' ? jsonRows(text, name) : tableRows(text, name, form)
  /** @type {Map<string, { target: string, line: number }>} */
  const found = new Map()
  for (const { line, row } of rows) {
    const { source, target } = checked(row, `${name}の ${line} 行目`, line)
    const first = found.get(source)
    if (first && first.target !== target) {
      throw new PairsError('contradiction', `${name}の ${line} 行目の source は ${first.line} 行目と同じなのに target が違う。`
        + '一つの source に覚えられる target は一つである。', line)
    }
    if (!first) found.set(source, { target, line })
    if (found.size > most) throw new PairsError('many', `${name}の対が多すぎる。${most} 対までである。`, line)
  }
  if (found.size < fewest) {
    throw new PairsError('few', `${name}に対が ${found.size} 対しかない。${fewest} 対以上にしてほしい。`)
  }
  return [...found].map(([source, { target }]) => ({ source, target }))
}

/** @param {Uint8Array} bytes @param {string} name */
function decoded(bytes, name) {
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    const line = firstUndecodable(bytes)
    throw new PairsError('encoding',
      `${name}の ${line} 行目が UTF-8 でない（Windows の文字コードなど）。UTF-8 で保存し直してほしい。`, line)
  }
  if (!text.replace(BLANK, '')) {
    throw new PairsError('empty', `${name}は空である。source と target の対を一行に一つずつ書いてほしい。`)
  }
  if (text.includes('\0')) {
    const line = text.slice(0, text.indexOf('\0')).split('\n').length
    throw new PairsError('nul', hasNul(`${name}の ${line} 行目`), line)
  }
  return text
}

/** The first line that is no UTF-8: no character goes on over the end of a line. @param {Uint8Array} bytes */
function firstUndecodable(bytes) {
  let line = 1
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(10, start)
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end < 0 ? undefined : end))
    } catch {
      return line
    }
    start = end + 1
  }
}

/** What a file looks like whose name does not say it. @param {string} text @returns {Form} */
function formOf(text) {
  const [first] = text.replace(BLANK, '').split('\n', 1)
  if (first.startsWith('{')) return 'jsonl'
  return first.includes('\t') ? 'tsv' : 'csv'
}

/** The rows below the first. @param {string} text @param {string} name @param {'csv' | 'tsv'} form @returns {Generator<Row>} */
function* tableRows(text, name, form) {
  const tabs = form === 'tsv'
  const rows = tableCells(text, tabs ? '\t' : ',', (line, error) => new PairsError('table',
    `${name}の ${line} 行目が ${form.toUpperCase()} として読めない（${error}）。引用符を確かめてほしい。`, line))
  const header = rows.next().value?.cells ?? []
  if (COLUMNS.some(column => header.filter(cell => cell === column).length !== 1)) {
    throw new PairsError('columns', `${name}の 1 行目に source と target の列が一つずつない。`
      + `1 行目を source${tabs ? '（タブ）' : ','}target にしてほしい。`, 1)
  }
  for (const { line, cells } of rows) {
    if (cells.length > header.length) {
      throw new PairsError('cells', `${name}の ${line} 行目の列が 1 行目より多い。`
        + `値の中の${tabs ? 'タブ' : 'コンマ'}は引用符で囲んでほしい。`, line)
    }
    if (cells.length) yield { line, row: Object.fromEntries(header.map((column, n) => [column, cells[n] ?? ''])) }
  }
}

/**
 * The cells of each row, none of an empty line; in quotes may stand anything, and a quote twice.
 * @param {string} text @param {string} delimiter @param {(line: number, error: string) => PairsError} broken
 * @returns {Generator<{ line: number, cells: string[] }, void>}
 */
function* tableCells(text, delimiter, broken) {
  const cell = new RegExp(`"([^"]*(?:""[^"]*)*)"(?!")|(?!")[^${delimiter}\r\n]*`, 'y')
  const end = new RegExp(`${delimiter}|\r\n|\r|\n|$`, 'y')
  /** @type {string[]} */
  let cells = []
  let line = 1
  for (let at = 0; at < text.length || cells.length;) {
    cell.lastIndex = at
    const found = cell.exec(text)
    if (!found) throw broken(line + lineBreaks(text.slice(at).replace(/\r?\n$|\r$/, '')), 'unexpected end of data')
    const [written, quoted] = found
    line += lineBreaks(written)
    end.lastIndex = at + written.length
    const ended = end.exec(text)
    if (!ended) throw broken(line, `'${delimiter}' expected after '"'`)
    at = end.lastIndex
    if (ended[0] === delimiter || written || cells.length) cells.push(quoted?.replaceAll('""', '"') ?? written)
    if (ended[0] === delimiter) continue
    yield { line, cells }
    cells = []
    line += 1
  }
}

/** @param {string} text */
const lineBreaks = text => text.match(/\r\n|\r|\n/g)?.length ?? 0

/** The objects. @param {string} text @param {string} name @returns {Generator<Row>} */
function* jsonRows(text, name) {
  for (const [number, written] of text.split('\n').entries()) {
    if (!written.replace(BLANK, '')) continue
    const line = number + 1
    const row = parsed(written)
    if (typeof row !== 'object' || !row || Array.isArray(row)) {
      throw new PairsError('json', `${name}の ${line} 行目が JSON のオブジェクトでない。`
        + '{"source": "…", "target": "…"} を一行に一つずつ書いてほしい。', line)
    }
    const missing = COLUMNS.filter(column => !Object.hasOwn(row, column))
    if (missing.length) {
      throw new PairsError('columns', `${name}の ${line} 行目に ${missing.join(', ')} がない。source と target が要る。`, line)
    }
    yield { line, row: /** @type {Record<string, unknown>} */ (row) }
  }
}

/** What is written in JSON, or nothing. @param {string} written @returns {unknown} */
function parsed(written) {
  try {
    return JSON.parse(written)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

/** @param {Record<string, unknown>} row @param {string} where @param {number} line @returns {Pair} */
function checked(row, where, line) {
  const [source, target] = COLUMNS.map(column => {
    const value = row[column]
    if (typeof value !== 'string') {
      throw new PairsError('value', `${where}の ${column} が文字列でない。引用符で囲んでほしい。`, line)
    }
    const { length } = [...value]
    if (!length) throw new PairsError('blank', `${where}の ${column} が空である。一文字以上にしてほしい。`, line)
    if (length > LONGEST) {
      throw new PairsError('long', `${where}の ${column} が ${length} 文字ある。${LONGEST} 文字までである。`, line)
    }
    if (value.includes('\0')) throw new PairsError('nul', hasNul(where), line)
    if (/\p{Surrogate}/u.test(value)) {
      throw new PairsError('surrogate', `${where}の ${column} に対にならないサロゲートがある。文字をそのまま書いてほしい。`, line)
    }
    return value
  })
  return { source, target }
}

/** @param {string} where */
const hasNul = where => `${where}に NUL 文字（U+0000）がある。文字だけのファイルにしてほしい。`
