// 自分の言葉で: the reader's own pairs are taught to a model in the page, which is then asked.

import { confidence } from '../confidence.js'
import { curves } from '../curves.js'
import { element, labelled, pause, shown } from '../elements.js'
import { keep, kept } from '../kept.js'
import { opened } from '../opened.js'
import { parsePairs } from '../pairs.js'
import { fetched } from '../poems.js'
import { loadReciter, reciterFile } from '../recital.js'
import { running } from '../running.js'
import { diceOf, shuffled } from '../training/dice.js'
import { explain, written } from '../views.js'
import { EOS, InputError, Vocabulary } from '../vocabulary.js'

/** @typedef {import('../pairs.js').Pair} Pair */
/** @typedef {import('../pairs.js').Form} Form */
/** @typedef {import('../recital.js').Reciter} Reciter */
/** @typedef {import('../recital.js').Said} Said */
/** @typedef {Pair & { said: string }} Answer */
/** @typedef {{ file: ArrayBuffer, seen: Answer[], heldOut: Answer[] }} Taught  a model's file, and what it says */
/** @typedef {{ text: string, share: string }} Kept */

const LIMITS = { fewest: 5, most: 300 }
const EXAMPLES = [20, 300]
const STEPS = 300
const [KEPT, TAUGHT] = ['own-pairs', 'own-pairs-taught']
const FILE = 'own-pairs.safetensors'

/** @param {{ el: HTMLElement }} place */
async function render({ el }) {
  const text = element('textarea', {
    rows: 8, spellcheck: 'false', autocapitalize: 'none', placeholder: 'source,target\n一,いち\n二,に', oninput: () => typed(),
  })
  const file = element('input', {
    type: 'file', onchange: () => attempt(open),
    onclick: () => { file.value = '' }, // so that a file that was mended can be opened again
  })
  const back = element('button', { type: 'button', hidden: true, onclick: () => put(before) }, '前の対に戻す')
  const share = element('select', { onchange: () => typed() },
    element('option', { value: 0.2 }, '五分の一'), element('option', { value: 0 }, 'なし'))
  const drawing = element('div')
  const result = element('div')
  let seed = 0
  let before = '' // the pairs that others took the place of
  /** @type {{ loss: ReturnType<typeof curves>, said: ReturnType<typeof curves> }} */
  let drawn
  /** @type {{ seen: Pair[], heldOut: Pair[] }} */
  let dealt

  const { buttons, message } = running(() => {
    text.value = withHeader(text.value)
    typed()
    const pairs = parsePairs(new TextEncoder().encode(text.value), '入力', undefined, LIMITS)
    dealt = deal(pairs, Number(share.value), seed)
    const names = ['学んだ対', ...dealt.heldOut.length ? ['学んでいない対'] : []]
    drawn = { loss: curves('損失', [''], STEPS), said: curves('言える割合（%）', names, STEPS, 100) }
    drawing.replaceChildren(element('div', { class: 'columns' }, drawn.loss.figure, drawn.said.figure))
    result.replaceChildren()
    return { recite: { ...lessonsOf(dealt), verses: false, seed: seed++, watched: dealt.seen[0].source, cut: /** @type {const} */ ('none'), steps: STEPS } }
  }, async seen => {
    if (seen.step === 1) message.textContent = '学習している。'
    if (seen.model) {
      const mine = dealt
      const file = await fileOf(seen.model)
      const reciter = loadReciter(file)
      const asked = { file, seen: await answers(reciter, mine.seen), heldOut: await answers(reciter, mine.heldOut) }
      if (mine !== dealt) return // the next training has begun
      report(asked)
      await remember(TAUGHT, asked, message.textContent)
      return
    }
    drawn.loss.add(seen.step, [seen.loss])
    if (seen.said === undefined) return
    const counts = [[seen.full, dealt.seen], [seen.unseen, dealt.heldOut]].filter(([, pairs]) => pairs.length)
    drawn.said.add(seen.step, counts.map(([count, pairs]) => Math.round(100 * count / pairs.length)))
  }, '学習する')

  /** Do it, and say in one line what is wrong. @param {() => void | Promise<void>} action */
  async function attempt(action) {
    message.textContent = ''
    try {
      await action()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      message.textContent = error.message
    }
  }

  /** Keep it, or say, after what is told, that the browser will not. @param {string} name @param {Kept | Taught} value */
  async function remember(name, value, told = '') {
    try {
      await keep(name, value)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      message.textContent = told + error.message
    }
  }

  const typed = () => remember(KEPT, { text: text.value, share: share.value })

  /** Put pairs in the place of those that stand there, which can be had back. @param {string} pairs */
  function put(pairs) {
    [before, text.value] = [text.value, pairs]
    back.hidden = !before.trim()
    return typed()
  }

  async function open() {
    const [chosen] = file.files ?? []
    if (!chosen) return
    const form = /** @type {Form | undefined} */ (/\.(csv|tsv|jsonl)$/i.exec(chosen.name)?.[1].toLowerCase())
    await put(table(parsePairs(new Uint8Array(await opened(chosen)), chosen.name, form, LIMITS)))
  }

  /** @param {number} count */
  async function fill(count) {
    const dates = JSON.parse(new TextDecoder().decode(await fetched('dates.json')))
    await put(table(shuffled(dates, diceOf(0)).slice(0, count)))
  }

  /** What the model makes of all that it was taught, and of what it was not; and the model itself. @param {Taught} taught */
  function report({ file, seen, heldOut }) {
    message.textContent = told(seen, heldOut)
    result.replaceChildren(misses(seen, heldOut), asking(loadReciter(file), seen, heldOut), download(file))
  }

  el.append(
    element('p', {}, '対も，学んだモデルも，この頁の外に送られることはない。'),
    labelled(`対（${LIMITS.fewest} 対から ${LIMITS.most} 対まで，一行に一つ。source と target は，半角のコンマかタブで区切る。表計算ソフトの表を貼り付けてもよい）`, text),
    element('div', { class: 'controls' },
      labelled('ファイルを開く（CSV，TSV，JSON Lines）', file),
      ...EXAMPLES.map(count => element('button', { type: 'button', onclick: () => attempt(() => fill(count)) }, `例：日付 ${count} 対`)), back),
    element('div', { class: 'controls' }, labelled('試すために，学ばせずに取り分ける', share), ...buttons),
    message, drawing, result)
  const last = /** @type {Kept | undefined} */ (await kept(KEPT))
  if (last) ({ text: text.value, share: share.value } = last)
  const taught = /** @type {Taught | undefined} */ (await kept(TAUGHT))
  if (taught) await attempt(() => report(taught))
}

/**
 * With the names of the columns, which a table that is pasted seldom has. Throws InputError if full-width
 * marks stand where they part columns.
 * @param {string} text
 */
function withHeader(text) {
  const [first] = text.trimStart().split('\n', 1)
  const [mark] = /[,\t{]/.test(first) ? [] : /[，、]/.exec(first) ?? []
  if (mark) throw new InputError(`対を区切る「${mark}」が全角である。半角のコンマ（,）かタブで区切ってほしい。`)
  if (first.split(/[,\t]/).length !== 2 || /^\{|source|target/i.test(first)) return text
  return `source${first.includes('\t') ? '\t' : ','}target\n${text.trimStart()}`
}

/** Pairs as CSV. @param {Pair[]} pairs */
const table = pairs => [{ source: 'source', target: 'target' }, ...pairs].map(({ source, target }) =>
  [source, target].map(cell => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join()).join('\n')

/** Those to be learned, and about so great a share held out, drawn at random. @param {Pair[]} pairs @param {number} share @param {number} seed */
function deal(pairs, share, seed) {
  const count = Math.round(share * pairs.length)
  const drawn = shuffled(pairs, diceOf(seed))
  return { seen: drawn.slice(count), heldOut: drawn.slice(0, count) }
}

/** As training takes them: sources are heard to the end. @param {{ seen: Pair[], heldOut: Pair[] }} dealt */
function lessonsOf({ seen, heldOut }) {
  const whole = (/** @type {Pair} */ pair) => ({ ...pair, shortest: pair.source })
  return { lessons: seen.map(whole), heldOut: heldOut.map(whole) }
}

/** @param {any} model */
const fileOf = ({ tokens, ...rest }) => reciterFile({ ...rest, vocabulary: new Vocabulary(tokens, false) }).arrayBuffer()

/** What the model says to each source alone; in pieces, so that the page stays quick. @param {Reciter} reciter @param {Pair[]} pairs */
async function answers(reciter, pairs) {
  const found = []
  for (const pair of pairs) {
    found.push({ ...pair, said: reciter.recite(pair.source) })
    await pause(0)
  }
  return found
}

/** @param {Answer} answer */
const right = ({ said, target }) => said === target

/** @param {Answer[]} known @param {Answer[]} fresh */
function told(known, fresh) {
  const counts = [{ name: '学んだ', asked: known }, { name: '学んでいない', asked: fresh }].filter(({ asked }) => asked.length)
    .map(({ name, asked }) => `${name} ${asked.length} 対のうち ${asked.filter(right).length} 対`)
  const more = known.every(right) ? '' : 'もう一度学習すると，別の乱数の種で学ぶ。'
  return `source だけを聞いて，${counts.join('，')}を，一字も違えずに言えた。${more}`
}

/** What was said wrong. @param {Answer[]} known @param {Answer[]} fresh */
function misses(known, fresh) {
  const rows = [...known, ...fresh].filter(answer => !right(answer)).map(answer => element('tr', {},
    ...[answer.source, answer.said, answer.target, fresh.includes(answer) ? '学んでいない' : '学んだ']
      .map(cell => element('td', {}, cell))))
  if (!rows.length) return ''
  const caption = `言い違えた ${rows.length} 対`
  return element('div', { class: 'scroll misses', tabindex: 0, role: 'region', 'aria-label': caption }, element('table', {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...['source', '言ったこと', 'target', '対'].map(cell => element('th', { scope: 'col' }, cell)))),
    element('tbody', {}, ...rows)))
}

/** Ask the model anything. @param {Reciter} reciter @param {Pair[]} seen @param {Pair[]} heldOut */
function asking(reciter, seen, heldOut) {
  const input = element('input', { autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false',
    oninput: event => { if (!event.isComposing) ask() }, oncompositionend: () => ask(), // what an input method has not yet settled is no source
  })
  const said = element('p', { class: 'tokens' })
  const verdict = element('p', { role: 'status' })
  const detail = element('section', { class: 'detail', 'aria-label': '選んだ一文字' })

  function ask() {
    said.replaceChildren()
    detail.replaceChildren()
    try {
      const steps = [...reciter.say(input.value)]
      const { tokens } = reciter.vocabulary
      said.append(...steps.map(({ token }, n) => element('button', {
        type: 'button', onclick: event => explain(event.target, detail, tokens, input.value, steps.slice(0, n + 1)),
      }, written(tokens, token))))
      verdict.textContent = judged(input.value, steps, reciter, seen, heldOut)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      verdict.textContent = error.message
    }
  }

  input.value = (heldOut[0] ?? seen[0]).source
  ask()
  return element('div', {}, labelled('聞かせる言葉（source）', input), said, verdict, detail)
}

/** What is to be said of an answer. @param {string} source @param {Said[]} steps @param {Reciter} reciter @param {Pair[]} seen @param {Pair[]} heldOut */
function judged(source, steps, { vocabulary }, seen, heldOut) {
  const said = steps.map(({ token }) => token > EOS ? vocabulary.tokens[token] : '').join('')
  const sure = `自信 ${shown(confidence(steps))}。`
  const learned = seen.find(pair => pair.source === source)
  const pair = learned ?? heldOut.find(pair => pair.source === source)
  if (!pair) return `用意した対にはない source である。${sure}自信が高くても，正しいとは限らない。`
  return `${learned ? '学んだ対である。' : '学んでいない対である。'}${said === pair.target ? '正しい。' : `正しくは「${pair.target}」である。`}${sure}`
}

/** A line to type, which no word breaks at its hyphens. @param {...string} words */
const command = (...words) => element('code', {}, ...words.flatMap(word => [element('span', {}, word), ' ']).slice(0, -1))

/** @param {ArrayBuffer} file */
const download = file => element('p', {},
  element('a', { href: URL.createObjectURL(new Blob([file])), download: FILE }, 'モデルを保存する'),
  '（', command('chihaya', 'recite', '--model', FILE), ' で，この頁の外でも尋ねられる）')

export default { render }
