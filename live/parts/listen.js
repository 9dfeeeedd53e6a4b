// 聞いてみる: the model hears a beginning and says, kana by kana, what follows.

import { confidence, threshold } from '../confidence.js'
import { element, labelled, pause, shown, still } from '../elements.js'
import { kanaInput, toKana } from '../kana.js'
import { beginningWith, loadPoems, shippedReciter } from '../poems.js'
import { InputError } from '../vocabulary.js'
import { explain, options, tree, written } from '../views.js'

/** @typedef {import('../poems.js').Poem} Poem */
/** @typedef {import('../recital.js').Said} Said */

const PACE = 130 // milliseconds a kana
const LISTED = 12 // poems that the tree shows one by one

/** @param {{ model: Map<string, string>, el: HTMLElement }} place */
async function render({ model, el }) {
  const [poems, reciter] = await Promise.all([loadPoems(), shippedReciter()])
  const { tokens } = reciter.vocabulary

  const input = kanaInput(listen)
  const poem = element('select', { onchange: () => pick(poems[poem.selectedIndex - 1]) },
    element('option', {}, '自由に入力する'), ...options(poems))
  const length = element('input', { type: 'range', min: 1, oninput: () => {
    input.value = poems[poem.selectedIndex - 1].kamiKana.slice(0, length.valueAsNumber)
    listen()
  } })
  const cut = labelled('何文字まで聞かせるか', length)
  const message = element('p', { role: 'status' })
  const heard = element('p', { class: 'heard', lang: 'ja' })
  const said = element('p', { class: 'said', lang: 'ja' })
  const possible = element('div')
  const detail = element('section', { class: 'detail', 'aria-label': '選んだ一文字' })
  el.append(
    element('div', { class: 'controls' },
      labelled('歌を選ぶ', poem), labelled('聞かせる言葉（かな，ローマ字）', input), cut),
    element('div', { class: 'columns' }, element('div', { class: 'verses' }, heard, said), possible),
    message, detail)

  /** @param {Poem | undefined} picked */
  function pick(picked) {
    cut.hidden = !picked
    input.value = picked?.kimariji ?? ''
    length.max = String(picked?.kamiKana.length)
    length.valueAsNumber = input.value.length
    listen()
  }

  let turn = 0
  async function listen() {
    const mine = ++turn
    const text = toKana(input.value)
    if (!poems[poem.selectedIndex - 1]?.kamiKana.startsWith(text)) {
      poem.selectedIndex = 0
      cut.hidden = true
    } else length.valueAsNumber = text.length
    heard.textContent = text
    said.replaceChildren()
    detail.replaceChildren()
    message.textContent = ''
    possible.replaceChildren(tree(poems, text, LISTED))
    try {
      /** @type {Said[]} */
      const steps = []
      for (const step of reciter.say(text)) {
        const number = steps.push(step)
        said.append(element('button', { type: 'button', onclick: event => explain(event.target, detail, tokens, text, steps.slice(0, number)),
        }, written(tokens, step.token)))
        if (!still()) await pause(PACE)
        if (mine !== turn) return
      }
      const verse = said.textContent.replace('終', '')
      const limit = await threshold(reciter, poems)
      if (mine === turn) message.textContent = judged(beginningWith(poems, text), poems, verse, confidence(steps), limit)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      message.textContent = error.message
    }
  }

  pick(poems[(poem.selectedIndex = Number(model.get('poem') ?? 17)) - 1])
}

/** What is to be said of an answer. @param {Poem[]} possible @param {Poem[]} poems @param {string} verse @param {number} sureness @param {number} limit */
function judged(possible, poems, verse, sureness, limit) {
  const owner = poems.find(poem => poem.shimoKana === verse)
  const said = owner ? `言ったのは ${owner.no} 番（${owner.poet}）の下の句である。` : '言ったのは，百首のどの下の句でもない。'
  const sure = `自信 ${shown(sureness)} は閾値 ${shown(limit)} ${sureness < limit ? 'に届かない。この閾値を守るなら，黙るところである。' : '以上である。'}`
  if (!possible.length) return `百首にこう始まる歌はない。それでもモデルは答える。${said}${sure}`
  if (possible.length > 1) return `まだ ${possible.length} 首のうちのどれとも決まらない。${said}${sure}`
  return `${owner === possible[0] ? '正しい。' : `正しくは「${possible[0].shimoKana}」である。`}${said}${sure}`
}

export default { render }
