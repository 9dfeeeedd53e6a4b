// 学習してみる: from random numbers to the hundred poems, while the reader looks on.

import { curves } from '../curves.js'
import { element, labelled, pause } from '../elements.js'
import { keep, kept } from '../kept.js'
import { opened } from '../opened.js'
import { loadPoems } from '../poems.js'
import { loadReciter, reciterFile } from '../recital.js'
import { running } from '../running.js'
import { options } from '../views.js'
import { InputError, Vocabulary } from '../vocabulary.js'

/** @typedef {import('../poems.js').Poem} Poem */
/** @typedef {import('../recital.js').Reciter} Reciter */

const STEPS = 200
const FILE = 'reciter.safetensors'
const MOST_SEED = 2 ** 32 - 1
const OF_PAIRS = '歌ではなく，対を学んだモデルである。chihaya recite --model で尋ねてほしい。'

/** @param {{ model: Map<string, string>, el: HTMLElement }} place */
async function render({ model, el }) {
  const poems = await loadPoems()
  const watched = element('select', {}, ...options(poems))
  watched.selectedIndex = Number(model.get('poem') ?? 17) - 1
  const positions = element('input', { type: 'checkbox', checked: true })
  const cut = element('select', {}, ...[['cubed', '三乗'], ['uniform', '一様'], ['none', '切らない']]
    .map(([value, name]) => element('option', { value }, name)))
  const results = element('div')
  const said = element('ol', { class: 'log', tabindex: 0, 'aria-label': '唱えたこと' })
  const formed = element('div')
  const outcome = element('p', { class: 'outcome', role: 'status' })
  const progress = element('p') // read by the eye alone: to be told of each look would be too much
  const link = element('a', { hidden: true, download: FILE }, 'ファイルに保存する')
  const seed = element('input', { type: 'number', min: 0, max: MOST_SEED, step: 1, value: 1, required: true })
  /** @type {{ loss: ReturnType<typeof curves>, recall: ReturnType<typeof curves> }} */
  let drawn
  /** @type {Poem} */
  let poem
  let sown = 0
  /** The outcome that was asked for last: of a training, or of a file. */
  let turn = 0

  const { buttons, message, run, stop } = running(() => {
    turn += 1
    if (!seed.checkValidity()) throw new InputError(`種には，0 から ${MOST_SEED} までの整数を入れてほしい。`)
    poem = poems[watched.selectedIndex]
    sown = seed.valueAsNumber
    drawn = {
      loss: curves('損失', ['損失'], STEPS),
      recall: curves('唱えられる歌', ['上の句全体から', '決まり字から'], STEPS, poems.length),
    }
    results.replaceChildren(element('div', { class: 'columns' }, drawn.loss.figure, drawn.recall.figure))
    said.replaceChildren()
    formed.replaceChildren(element('h4', {}, `決まり字「${poem.kimariji}」を聞いて唱えたこと`), said)
    outcome.textContent = progress.textContent = ''
    return { recite: {
      lessons: poems.map(({ kamiKana, shimoKana, kimariji }) => ({ source: kamiKana, target: shimoKana, shortest: kimariji })),
      seed: sown, watched: poem.kimariji, positions: positions.checked, steps: STEPS,
      cut: /** @type {import('../training/lessons.js').Cut} */ (cut.value),
    } }
  }, async (seen, seconds) => {
    if (seen.model) {
      if (seen.model.recipe.positions) await finished(seen.model)
      else {
        link.hidden = true
        outcome.textContent += '位置符号化のないモデルは，ファイルに保存できない。'
      }
      return
    }
    if (seen.step === 1) message.textContent = '学習している。'
    drawn.loss.add(seen.step, [seen.loss])
    if (seen.said === undefined) return
    drawn.recall.add(seen.step, [seen.full, seen.kimariji])
    said.append(element('li', {}, `${seen.step} 歩　${seen.said}${seen.said === poem.shimoKana ? '　正解' : ''}`))
    said.scrollTop = said.scrollHeight
    const so = `${seen.step} 歩，${seconds.toFixed(1)} 秒（種 ${sown}）`
    if (seen.learned) outcome.textContent = `${so}：百首とも，上の句全体からも決まり字からも唱えられるようになった。`
    else if (seen.step === STEPS) outcome.textContent = `${so}：覚えきらなかった。種を替えて試してほしい。`
    progress.textContent = `${so}：上の句全体から ${seen.full} 首，決まり字から ${seen.kimariji} 首。`
  }, '学習を始める')
  const another = element('button', { type: 'button', onclick: () => { if (seed.checkValidity()) seed.stepUp(); run() } }, '別の種で始める')

  /** What was learned, for the reader to keep. @param {any} learned */
  async function finished(learned) {
    const file = reciterFile({ ...learned, vocabulary: new Vocabulary(learned.tokens) })
    offer(await file.arrayBuffer())
    try {
      await keep(FILE, await file.arrayBuffer())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      outcome.textContent += error.message
    }
  }

  /** A model that can be saved. @param {ArrayBuffer} file */
  function offer(file) {
    URL.revokeObjectURL(link.href)
    link.href = URL.createObjectURL(new Blob([file]))
    link.hidden = false
  }

  /** Open a file, and tell how many poems it recites. @param {Promise<ArrayBuffer>} reading @param {string} name */
  async function open(reading, name) {
    try {
      const file = await reading
      const reciter = loadReciter(file)
      if (!reciter.vocabulary.verses) throw new InputError(OF_PAIRS)
      stop()
      progress.textContent = ''
      const mine = ++turn
      const counts = await recited(reciter, poems)
      if (mine !== turn) return
      outcome.textContent = `${name}：百首のうち，上の句全体から ${counts[0]} 首，決まり字から ${counts[1]} 首を唱える。`
      offer(file)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      outcome.textContent = error.message
    }
  }

  const chosen = element('input', {
    type: 'file', onclick: () => { chosen.value = '' }, onchange: () => {
      const [file] = chosen.files ?? []
      if (file) open(opened(file), '開いたモデル')
    },
  })
  el.append(
    element('div', { class: 'controls' }, labelled('見守る歌', watched), labelled('切り方', cut),
      labelled('種', seed), element('label', {}, positions, element('span', {}, '位置符号化')), ...buttons, another),
    message, progress, results, formed, outcome,
    element('div', { class: 'controls' }, labelled('モデルのファイルを開く', chosen), link))
  const before = await kept(FILE)
  if (before) open(Promise.resolve(before), '前に学習したモデル')
}

/** How many poems are recited from the whole upper verse, and from the 決まり字: in pieces, so that the page stays quick. @param {Reciter} reciter @param {Poem[]} poems */
async function recited(reciter, poems) {
  const counts = [0, 0]
  for (const { kamiKana, shimoKana, kimariji } of poems) {
    counts[0] += Number(reciter.recite(kamiKana) === shimoKana)
    await pause(0)
    counts[1] += Number(reciter.recite(kimariji) === shimoKana)
    await pause(0)
  }
  return counts
}

export default { render }
