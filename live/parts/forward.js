// 動かす図，Transformer: one pass from what was heard and said to the next kana, sub-layer by sub-layer.

import { element, labelled, rounded, shown, slider } from '../elements.js'
import { kanaInput, toKana } from '../kana.js'
import { loadPoems, shippedReciter } from '../poems.js'
import { stages } from '../stages.js'
import { softmax } from '../transformer.js'
import { BOS, InputError } from '../vocabulary.js'
import { candidates, CANDIDATES, heads, heat, options, written } from '../views.js'

/** @typedef {import('../stages.js').Stage} Stage */
/** @typedef {import('../stages.js').Side} Side */

const SIDES = { source: '符号器', target: '復号器' }

/** @param {{ model: Map<string, string>, el: HTMLElement }} place */
async function render({ model: told, el }) {
  const [poems, reciter] = await Promise.all([loadPoems(), shippedReciter()])
  const { model, vocabulary } = reciter

  const poem = element('select', { onchange: () => pick(poem.selectedIndex) },
    element('option', {}, '自由に入力する'), ...options(poems))
  const input = kanaInput(listen)
  const said = slider('言い終えた文字数', { min: 0, max: 40, value: 5 }, pass)
  const message = element('p', { role: 'status' })
  const towers = element('div', { class: 'towers' })
  const letters = element('div', { class: 'letters', role: 'group', 'aria-label': '見る位置' })
  const detail = element('section', { class: 'detail', 'aria-label': '選んだ段' })
  const back = element('button', { type: 'button', onclick: () => go(current - 1) }, '前の段')
  const on = element('button', { type: 'button', onclick: () => go(current + 1) }, '次の段')
  el.append(
    element('div', { class: 'controls' },
      labelled('歌を選ぶ', poem), labelled('聞かせる言葉（かな，ローマ字）', input), said.label),
    towers, element('div', { class: 'controls' }, back, on), letters, message, detail)

  let verse = ''
  let current = 0
  /** @type {Stage[]} */
  let steps = []
  /** What stands at each position. @type {Record<Side, string[]>} */
  let tokens = { source: [], target: [] }
  /** The position looked at. */
  const place = { source: 0, target: 0 }

  /** @param {number} number  of the poem, or 0 for none */
  function pick(number) {
    input.value = poems[number - 1]?.kamiKana ?? ''
    listen()
  }

  function listen() {
    const heard = toKana(input.value)
    poem.selectedIndex = poems.findIndex(({ kamiKana }) => kamiKana === heard) + 1
    try {
      verse = reciter.recite(heard)
      said.set(Math.min(said.value, verse.length), verse.length)
      tokens = { ...tokens, source: [...heard] }
      place.source = 0
      pass()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      message.textContent = `${error.message}図は，変える前のままである。`
    }
  }

  /** Through the whole model anew; the next kana is told at the position of the last that was said. */
  function pass() {
    const target = verse.slice(0, said.value)
    tokens = { ...tokens, target: ['始', ...target] }
    place.target = target.length
    steps = stages(model, vocabulary.encode(tokens.source.join('')), [BOS, ...vocabulary.encode(target)])
    if (!towers.hasChildNodes()) towers.append(...buttons())
    go(current)
  }

  /** @param {number} number */
  function go(number) {
    current = number
    back.disabled = !number
    on.disabled = number === steps.length - 1
    towers.querySelectorAll('button').forEach((button, other) => button.setAttribute('aria-pressed', String(other === current)))
    const { side, name, told } = steps[current]
    letters.replaceChildren(...tokens[side].map((kana, l) => element('button', {
      type: 'button', 'aria-pressed': String(l === place[side]), onclick: () => {
        place[side] = l
        go(current)
        const pressed = /** @type {HTMLElement} */ (letters.children[l])
        pressed.focus()
      },
    }, kana)))
    const kana = tokens[side][place[side]]
    message.textContent = `${current + 1}／${steps.length}　${SIDES[side]}の${name}，「${kana}」の位置：${told}`
    detail.replaceChildren(...parts(steps[current], kana))
  }

  /** @param {Stage} stage @param {string} kana  where it is looked at */
  function parts({ side, vectors: all, exit: last, weights, looked, layer }, kana) {
    const l = place[side]
    /** @type {HTMLElement[]} */
    const seen = [vectors(Object.entries(all).map(([name, x]) => [name, x[l]]))]
    if (weights && looked) {
      seen.push(heads(`「${kana}」の位置から，どこを見たか`, [weights.map(head => head[l])], tokens[looked], layer))
    }
    if (last) {
      const scores = model.logits([last[l]])[0]
      seen.push(...current === steps.length - 1 ? [exit(scores, vocabulary.tokens)]
        : [element('h4', {}, 'ここで終われば，何と言うか'), candidates(vocabulary.tokens, softmax(scores))])
    }
    return seen
  }

  /** A button a step, each side in its tower. */
  const buttons = () => /** @type {const} */ (['source', 'target']).map(tower =>
    element('section', { 'aria-label': SIDES[tower] }, element('h4', {}, SIDES[tower]),
      element('ol', {}, ...steps.flatMap(({ side, name }, number) => side === tower
        ? [element('li', {}, element('button', { type: 'button', onclick: () => go(number) }, name))] : []))))

  pick(Number(told.get('poem') ?? 17))
}

/** Vectors of one position, each with its length and a row of colours. @param {[string, number[]][]} rows */
function vectors(rows) {
  const limit = Math.max(...rows.flatMap(([, x]) => x.map(Math.abs)))
  return element('table', { class: 'vectors' },
    element('caption', {}, `ベクトルの長さと，${rows[0][1].length} 個の成分（紫が正，橙が負，最も濃い色が ±${rounded(limit, 2)}）`),
    element('thead', {}, element('tr', {}, element('td'), ...['長さ', '成分'].map(name => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map(([name, x]) => element('tr', {},
      element('th', { scope: 'row' }, name), element('td', {}, rounded(Math.hypot(...x), 1)),
      element('td', {}, heat(`${name}の成分`, [x], limit))))))
}

/** The likeliest tokens at the exit, with scores. @param {number[]} scores @param {string[]} tokens */
function exit(scores, tokens) {
  const probabilities = softmax(scores)
  const likeliest = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, CANDIDATES)
  return element('table', { class: 'shares' }, element('caption', {}, '次の一文字'),
    element('thead', {}, element('tr', {}, ...['文字', '得点', '確率'].map(name => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...likeliest.map(token => element('tr', {}, element('th', { scope: 'row' }, written(tokens, token)),
      element('td', {}, rounded(scores[token], 2)),
      element('td', { style: `--share: ${probabilities[token]}` }, shown(probabilities[token]))))))
}

export default { render }
