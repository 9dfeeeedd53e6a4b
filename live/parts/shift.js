// ずらしてみる: the lecture's model, taught with and without the shift by one, measured both ways.

import { curves } from '../curves.js'
import { element } from '../elements.js'
import { loadPoems } from '../poems.js'
import { running } from '../running.js'

const STEPS = 80
const SEED = 1 // for both, so that nothing differs but the shift
const MEASURES = ['正解を見せて当てる', '上の句だけで唱える']
const GUESSES = ['一首も唱えられない', '半分ほど唱えられる', '百首とも唱えられる']

/** @param {{ el: HTMLElement }} place */
async function render({ el }) {
  const poems = await loadPoems()
  const pairs = poems.map(({ kamiKana, shimoKana }) => ({ source: kamiKana, target: shimoKana }))
  const shifted = element('input', { type: 'checkbox' })
  const guess = choices('学習のあと，上の句だけを聞かせたら，何首暗唱できるか', GUESSES, () => { start.disabled = false })
  const results = element('div')
  const outcome = element('p', { class: 'outcome', role: 'status' })
  /** @type {ReturnType<typeof curves>} */
  let loss
  /** @type {ReturnType<typeof curves>} */
  let measures
  let [how, guessed] = ['', '']

  const { buttons, message } = running(() => {
    how = shifted.checked ? '一文字ずらした' : 'ずらさない'
    loss = curves(`損失（${how}）`, ['損失'], STEPS)
    measures = curves(`正しい歌（${how}）`, MEASURES, STEPS, poems.length)
    results.prepend(element('div', { class: 'columns' }, loss.figure, measures.figure))
    outcome.textContent = ''
    guessed = guess.chosen()
    return { mirror: { pairs, shifted: shifted.checked, seed: SEED, steps: STEPS } }
  }, (seen, seconds) => {
    loss.add(seen.step, [seen.loss])
    if (seen.recited === undefined) return
    measures.add(seen.step, [seen.teacherForced, seen.recited])
    message.textContent = `${seen.step} 歩，${seconds.toFixed(1)} 秒。`
    if (seen.step === STEPS) {
      outcome.textContent = `${how}モデルは，正解を見せれば ${seen.teacherForced} 首を当て，上の句だけからは ${seen.recited} 首を唱える。`
        + `予想は「${guessed}」であった。`
    }
  }, '学習を始める')
  const [start] = buttons
  start.disabled = true

  el.append(guess.field,
    element('div', { class: 'controls' },
      element('label', {}, shifted, element('span', {}, '復号器の入力を一文字ずらす')), ...buttons),
    message, results, outcome)
}

/** One of several answers. @param {string} question @param {string[]} answers @param {() => void} onchange */
function choices(question, answers, onchange) {
  const buttons = answers.map(value => element('input', { type: 'radio', name: 'guess', value, onchange }))
  const field = element('fieldset', {}, element('legend', {}, question),
    ...buttons.map(button => element('label', {}, button, element('span', {}, button.value))))
  return { field, chosen: () => buttons.find(button => button.checked)?.value ?? '' }
}

export default { render }
