// What a reader types, as the kana that the model knows.

import { toHiragana } from 'wanakana'

/** @param {string} typed  kana or romaji */
export const toKana = typed =>
  toHiragana(typed.trim().normalize('NFKC'), { IMEMode: true, useObsoleteKana: true })
