// Kana to token ids and back, as in code/chihaya/vocabulary.py.

export const [PAD, BOS, EOS] = [0, 1, 2]

/** A source or verse that nothing can be said to: its message is for the reader. */
export class InputError extends Error {}

/** The characters a model knows: `<pad>` 0, `<bos>` 1, `<eos>` 2, then these. */
export class Vocabulary {
  /** @param {Iterable<string>} characters  @param {boolean} verses  whether they are the kana of verses */
  constructor(characters, verses = true) {
    const distinct = [...new Set(characters)].sort((a, b) => codePoint(a) - codePoint(b))
    this.verses = verses
    this.tokens = ['<pad>', '<bos>', '<eos>', ...distinct]
    this.ids = new Map(this.tokens.map((token, id) => [token, id]))
  }

  /** The ids of the characters of a text. Throws InputError, naming one that is not known. @param {string} text */
  encode(text) {
    return [...text].map(character => {
      const id = this.ids.get(character)
      if (id === undefined) throw new InputError(explain(character, this.verses))
      return id
    })
  }
}

/** @param {string} character */
const codePoint = character => /** @type {number} */ (character.codePointAt(0))

/** @param {string} character @param {boolean} verses */
function explain(character, verses) {
  const code = `U+${codePoint(character).toString(16).toUpperCase().padStart(4, '0')}`
  const invisible = /[\p{C}\p{Z}]/u.test(character)
  if (!verses) {
    const name = invisible ? `目に見えない文字（${code}）` : `「${character}」（${code}）`
    return `${name}は語彙にない。学んだ対に使われている文字だけで入力してほしい。`
  }
  if (/[\u4e00-\u9fff々〆]/.test(character)) {
    return `漢字「${character}」（${code}）は読めない。歌をひらがな（歴史的仮名遣い）で入力してほしい。`
  }
  if (invisible) {
    return `空白など目に見えない文字（${code}）は語彙にない。間をあけずにひらがなで入力してほしい。`
  }
  return `「${character}」（${code}）は語彙にない。歌に使われているひらがなで入力してほしい。`
}
