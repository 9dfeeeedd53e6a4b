// What the browser keeps for the reader, on the device alone, by its name.

import { InputError } from './vocabulary.js'

const REFUSED = 'このブラウザは保存を許していない。頁を閉じると失われるので，残すにはファイルに保存してほしい。'

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} ask */
async function asked(mode, ask) {
  try {
    const database = await answered(() => {
      const opening = indexedDB.open('chihaya', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('files')
      return opening
    })
    const found = await answered(() => ask(database.transaction('files', mode).objectStore('files')))
    database.close()
    return found
  } catch (error) {
    throw new InputError(REFUSED, { cause: error })
  }
}

/** @param {() => IDBRequest} ask @returns {Promise<any>} */
const answered = ask => new Promise((resolve, reject) => {
  const request = ask()
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

/** Throws InputError, in the reader's words, if the browser will not. @param {string} name @param {unknown} value */
export const keep = (name, value) => asked('readwrite', store => store.put(value, name))

/** What was kept, or undefined; a browser that keeps nothing has none. @param {string} name @returns {Promise<any>} */
export const kept = name => asked('readonly', store => store.get(name)).catch(() => undefined)
