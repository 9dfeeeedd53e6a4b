// A file that the reader opens.

import { InputError } from './vocabulary.js'

const MOST = 50_000_000 // bytes

/** What it holds. Throws InputError if it is too large, or can no longer be read. @param {File} file @returns {Promise<ArrayBuffer>} */
export async function opened(file) {
  if (file.size > MOST) throw new InputError(`${file.name} は大きすぎる。${MOST / 1e6} MB までのファイルを開いてほしい。`)
  try {
    return await file.arrayBuffer()
  } catch (error) {
    throw new InputError(`${file.name} を読めなかった。もう一度選んでほしい。`, { cause: error })
  }
}
