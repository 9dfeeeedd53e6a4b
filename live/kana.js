// What a reader types, as the kana that the model knows.

import { toHiragana } from 'wanakana'
import { element } from './elements.js'

/** @param {string} typed  kana or romaji */
export const toKana = typed =>
  toHiragana(typed.trim().normalize('NFKC'), { IMEMode: true, useObsoleteKana: true })

/** Where it is typed; what an input method has not yet settled counts for nothing. @param {() => void} changed */
export const kanaInput = changed => element('input', {
  lang: 'ja', autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false',
  oninput: event => { if (!event.isComposing) changed() },
  oncompositionend: () => changed(),
})
