// A safetensors file: the length of a JSON header (8 bytes), the header, the numbers.
// https://huggingface.co/docs/safetensors: the same file serves Python and the page.

/** @typedef {{ shape: number[], data: Float32Array<ArrayBuffer> }} Tensor */
/** @typedef {{ tensors: Map<string, Tensor>, metadata: Record<string, string> }} Contents */

const LONGEST_HEADER = 1e7

/**
 * The tensors of a file, as float32, and what its header says besides. Throws RangeError or
 * SyntaxError if it is none.
 * @param {ArrayBuffer} buffer @returns {Contents}
 */
export function read(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true))
  if (length > LONGEST_HEADER) throw new RangeError('the header is too long')
  const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, 8, length)))
  const { __metadata__: metadata = {}, ...described } = header
  const tensors = Object.entries(described).map(([name, { dtype, shape, data_offsets: [from, to] }]) => {
    const bytes = buffer.slice(8 + length + from, 8 + length + to)
    if (bytes.byteLength !== to - from) throw new RangeError(`${name} is cut off`)
    if (dtype !== 'F32' && dtype !== 'F16') throw new RangeError(`${name} is ${dtype}`)
    const data = dtype === 'F32' ? new Float32Array(bytes) : widened(new Uint16Array(bytes))
    if (data.length !== shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1)) {
      throw new RangeError(`${name} has another shape`)
    }
    return /** @type {const} */ ([name, { shape, data }])
  })
  return { tensors: new Map(tensors), metadata }
}

/** A file of float32. @param {Contents} contents */
export function write({ tensors, metadata }) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata }
  const names = [...tensors.keys()].sort()
  let end = 0
  for (const name of names) {
    const { shape, data } = /** @type {Tensor} */ (tensors.get(name))
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end += data.byteLength] }
  }
  let text = new TextEncoder().encode(JSON.stringify(header))
  const padding = new Uint8Array(-text.length & 7).fill(32) // the numbers begin at a multiple of 8
  const length = new BigUint64Array([BigInt(text.length + padding.length)])
  return new Blob([length, text, padding, ...names.map(name => /** @type {Tensor} */ (tensors.get(name)).data)],
    { type: 'application/octet-stream' })
}

/** Numbers of 16 bits as they are in 32: the same fraction, an exponent that is 112 less (IEEE 754). @param {Uint16Array} halves */
function widened(halves) {
  const bits = new Uint32Array(halves.length)
  for (let i = 0; i < halves.length; i++) {
    const infinite = (halves[i] & 0x7c00) === 0x7c00 ? 0x7f800000 : 0
    bits[i] = (halves[i] & 0x8000) << 16 | (halves[i] & 0x7fff) << 13 | infinite
  }
  return new Float32Array(bits.buffer).map(number => number * 2 ** 112)
}
