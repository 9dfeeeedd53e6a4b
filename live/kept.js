// What the browser keeps for the reader, on the device alone, by its name.

import { InputError } from './vocabulary.js'

const REFUSED = 'このブラウザは保存を許していない。頁を閉じると失われるので，残したいものは，ファイルに保存するか，ほかに写してほしい。'

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} ask */
async function asked(mode, ask) {
  try {
    const database = await opened()
    const transaction = database.transaction('files', mode)
    const request = ask(transaction.objectStore('files'))
    await new Promise((resolve, reject) => { // what is asked is kept only when the whole transaction is
      transaction.oncomplete = resolve
      transaction.onabort = () => reject(transaction.error)
    }).finally(() => database.close())
    return request.result
  } catch (error) {
    throw new InputError(REFUSED, { cause: error })
  }
}

/** @returns {Promise<IDBDatabase>} */
const opened = () => new Promise((resolve, reject) => {
  const opening = indexedDB.open('chihaya', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('files')
  opening.onsuccess = () => resolve(opening.result)
  opening.onerror = () => reject(opening.error)
})

/** Throws InputError, in the reader's words, if the browser will not. @param {string} name @param {unknown} value */
export const keep = (name, value) => asked('readwrite', store => store.put(value, name))

/** What was kept, or undefined; a browser that keeps nothing has none. @param {string} name @returns {Promise<any>} */
export const kept = name => asked('readonly', store => store.get(name)).catch(() => undefined)
