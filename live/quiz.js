// Exercises that answer back. The page holds the question, its choices, the folded solution and,
// encoded lest it be read by accident, the answer. What a reader answers stays on the device.

import { isRight, read } from './answers.js'
import { element } from './elements.js'

/** @typedef {{ kind: 'number' | 'choice', answer: string, tolerance?: number }} Check */
/** @typedef {{ right: boolean, told: (string | Node)[] }} Verdict */

const KEY = `answers ${location.pathname}`
const STAYS = '答えは，このブラウザの中だけに残る。'
const REFUSED = 'このブラウザは保存を許していない。頁を閉じると，答えは消える。'
const VERDICTS = { exercise: ['× 違う。', '○ 正しい。'], predict: ['× 予想とは違う。', '○ 予想のとおりである。'] }

/** @type {Record<string, string>} */
let answers = {}
const note = element('span', {}, STAYS)

/** Asks the browser, and says so if it will not. @param {(storage: Storage) => void} ask */
function stored(ask) {
  try { ask(localStorage) } catch { note.textContent = REFUSED }
}

/** @param {string} name @param {string} answer */
function keep(name, answer) {
  answers[name] = answer
  stored(storage => { // what was answered in another tab stays
    answers = { ...JSON.parse(storage.getItem(KEY) ?? '{}'), [name]: answer }
    storage.setItem(KEY, JSON.stringify(answers))
  })
}

/** @param {Check} check @param {string} question @param {string} typed @returns {Verdict} */
function judgeNumber({ answer, tolerance }, question, typed) {
  const wanted = Number(answer)
  const values = read(typed)
  const value = values[Math.abs(wanted) > 1 ? 0 : values.length - 1]
  if (values.some(each => isRight(each, wanted, tolerance))) return { right: true, told: [] }
  return { right: false, told: [wrong()] }

  function wrong() {
    if (!values.length) return '数として読めない。数字で答えてほしい。'
    if (/割合|確率/.test(question) && isRight(value / 100, wanted, tolerance)) return '百分率ではなく，全体を 1 とする割合で答える問いである。'
    if (question.includes('%') && isRight(value * 100, wanted, tolerance)) return '割合ではなく，百分率（%）で答える問いである。'
    const near = Math.abs(value - wanted) < 0.05 * Math.abs(wanted) ? '近いが，' : ''
    return `${near}${value > wanted ? '大きすぎる' : '小さすぎる'}。`
  }
}

/** What the solution says of a choice. @param {HTMLElement} exercise @param {string} choice */
function explanation(exercise, choice) {
  const list = document.querySelector(`#${exercise.id.replace('exercise', 'solution')} > ol:last-of-type`)
  return [...list?.children[Number(choice) - 1]?.childNodes ?? []].map(node => node.cloneNode(true))
}

/** A field to type a number in. @param {string} title  of the exercise */
function numberField(title) {
  const input = element('input', {
    type: 'text', inputmode: 'decimal', autocomplete: 'off', 'aria-label': `${title}の答え`,
  })
  return { field: element('label', {}, '答え ', input), get: () => input.value,
    /** @param {string} answer */ set: answer => { input.value = answer } }
}

/** The question's last list, its choices now to be chosen from. @param {HTMLElement} exercise */
function choiceField(exercise) {
  const list = [...exercise.querySelectorAll(':scope > ol')].at(-1)
  const radios = [...list?.children ?? []].map((item, index) => {
    const radio = element('input', { type: 'radio', name: exercise.id, value: index + 1 })
    const text = item.querySelector('p') ?? item
    text.replaceChildren(element('label', {}, radio, ...text.childNodes))
    return radio
  })
  return {
    field: element('fieldset', {}, element('legend', {}, 'どれか一つを選ぶ'), ...list ? [list] : []),
    get: () => radios.find(radio => radio.checked)?.value ?? '',
    /** @param {string} answer */ set: answer => { for (const radio of radios) radio.checked = radio.value === answer },
  }
}

/**
 * What stands between a prediction and its solution: out of sight until one is made, or a search or
 * a link leads there; not once it is in use.
 * @param {HTMLElement} exercise
 */
function outcome(exercise) {
  const end = exercise.id.replace('exercise', 'solution')
  /** @type {Element[]} */
  const blocks = []
  for (let block = exercise.nextElementSibling; block && block.id !== end; block = block.nextElementSibling) blocks.push(block)
  /** @param {string} selector */
  const found = selector => blocks.map(block => block.matches(selector) ? block : block.querySelector(selector)).find(Boolean)
  const show = () => { for (const block of blocks) block.removeAttribute('hidden') }
  for (const block of blocks) block.addEventListener('beforematch', show)
  addEventListener('hashchange', () => { if (found(':target')) { show(); found(':target')?.scrollIntoView() } })
  return { show, hide: () => {
    if (!found(':target, .started')) for (const block of blocks) block.setAttribute('hidden', 'until-found')
  } }
}

/** Let an exercise answer; what makes it forget. @param {HTMLElement} exercise */
function ask(exercise) {
  /** @type {Check} */
  const check = JSON.parse(atob(exercise.dataset.check ?? ''))
  const predicted = exercise.classList.contains('predict') ? outcome(exercise) : undefined
  const question = exercise.textContent ?? ''
  const title = exercise.querySelector('.admonition-title')?.textContent ?? ''
  const { field, get, set } = check.kind === 'number' ? numberField(title) : choiceField(exercise)
  const verdict = element('div', { role: 'status' })
  const submit = element('button', {}, predicted ? 'こう予想する' : '答え合わせ')
  const skip = element('button', { type: 'button', onclick: () => {
    keep(exercise.id, '')
    submit.focus()
    show('')
  } }, '予想せずに見る')
  const form = element('form', { class: 'quiz', onsubmit: answered }, field, submit, ...predicted ? [skip] : [], verdict)
  const hint = exercise.querySelector(':scope > details')
  if (hint) hint.before(form)
  else exercise.append(form)
  show(answers[exercise.id])

  /** @param {Event} event */
  function answered(event) {
    event.preventDefault()
    if (get().trim()) {
      keep(exercise.id, get())
      show(get())
    } else tell('', check.kind === 'number' ? '答えを入れてから押してほしい。' : '一つ選んでから押してほしい。')
  }

  /** @param {string | undefined} answer  none if nothing was answered yet, empty if it was only looked at */
  function show(answer) {
    set(answer ?? '')
    skip.hidden = answer !== undefined
    if (answer === undefined) predicted?.hide()
    else predicted?.show()
    if (!answer) return tell('', answer === undefined && predicted ? '予想すると，続きが現れる。' : '')
    const { right, told } = check.kind === 'number' ? judgeNumber(check, question, answer)
      : { right: answer === check.answer, told: explanation(exercise, answer) }
    tell(right ? 'right' : 'wrong', element('strong', {}, VERDICTS[predicted ? 'predict' : 'exercise'][Number(right)]), ...told)
  }

  /** @param {string} name @param {...(string | Node)} told */
  function tell(name, ...told) {
    verdict.className = name
    verdict.replaceChildren(...told)
  }

  return () => show(undefined)
}

stored(storage => { answers = JSON.parse(storage.getItem(KEY) ?? '{}') })
const exercises = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-check]'))]
const forget = exercises.map(ask)
exercises.at(-1)?.after(element('p', { class: 'quiz' }, element('button', { type: 'button', onclick: () => {
  answers = {}
  stored(storage => storage.removeItem(KEY))
  for (const each of forget) each()
} }, 'この頁の答えを消す'), ' ', note))
