// The hundred poems and the model that recites them: both come with the page, once for all parts.

import { InputError } from './vocabulary.js'
import { loadReciter } from './recital.js'

/**
 * @typedef {{ no: number, poet: string, kami: string, shimo: string, kamiKana: string,
 *   shimoKana: string, kimariji: string }} Poem
 */

/** @type {Map<string, Promise<Response>>} */
const coming = new Map()

/** A file from beside this program. Throws InputError, in the reader's words, if it does not come. @param {string} name */
export async function fetched(name) {
  if (!coming.has(name)) coming.set(name, fetch(new URL(name, import.meta.url)))
  try {
    const response = await /** @type {Promise<Response>} */ (coming.get(name))
    if (!response.ok) throw new TypeError(`${name}: ${response.status}`)
    return await response.clone().arrayBuffer()
  } catch (error) {
    coming.delete(name)
    throw new InputError('読み込みが途中で止まった。通信を確かめて，もう一度試してほしい。', { cause: error })
  }
}

/** @returns {Promise<Poem[]>} */
export const loadPoems = async () => JSON.parse(new TextDecoder().decode(await fetched('poems.json')))

/** The reciter that comes with the package. */
export const shippedReciter = async () => loadReciter(await fetched('reciter.safetensors'))

/** The poems whose upper verse begins so. @param {Poem[]} poems @param {string} heard */
export const beginningWith = (poems, heard) => poems.filter(poem => poem.kamiKana.startsWith(heard))
