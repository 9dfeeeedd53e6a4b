// かるた: a verse is read kana by kana, and reader and model reach for the card with the rest of it.

import { threshold } from '../confidence.js'
import { element, labelled, pause, shown } from '../elements.js'
import { belief, confidences, COUNTS, Game, led, unvoiced } from '../karuta.js'
import { loadPoems, shippedReciter } from '../poems.js'
import { diceOf } from '../training/dice.js'

/** @typedef {import('../poems.js').Poem} Poem */
/** @typedef {import('../karuta.js').Row} Row */
/** What the model thought after so much of a verse. @typedef {{ heard: string, likeliest: Poem, share: number, confidence: number }} Thought */

const PACES = [0.5, 1, 2, 4] // seconds a kana
const REST = 2500 // milliseconds between two poems
const PIECE = 8 // milliseconds for which the model thinks while the page waits
const NAMES = { person: 'あなた', model: 'モデル' }

/** @param {{ model: Map<string, string>, el: HTMLElement }} place */
async function render({ model, el }) {
  const [poems, reciter] = await Promise.all([loadPoems(), shippedReciter()])
  const limit = await threshold(reciter, poems)
  const dice = diceOf(Number(model.get('seed') ?? Date.now()))

  const count = element('select', { onchange: () => lay() }, ...COUNTS.map(count => element('option', {}, `${count} 枚`)))
  const pace = element('select', {}, ...PACES.map(pace => element('option', { selected: pace === 2 }, `一文字 ${pace} 秒`)))
  const seen = element('input', { type: 'checkbox', onchange: () => board.classList.toggle('seen', seen.checked) })
  const go = element('button', { type: 'button', 'aria-keyshortcuts': 'P', onclick: () => toggle() })
  const verse = element('p', { class: 'verse', lang: 'ja', 'aria-live': 'polite' })
  const thinking = element('ul', { class: 'bars' })
  const message = element('p', { role: 'status' })
  const board = element('div', { class: 'board', role: 'application', 'aria-label': '場の札。矢印キーで選び，Enter で取る', onkeydown: walk, onfocusin: stand })
  const after = element('div')
  el.append(
    element('p', {}, '読まれるのは，並んだ札の歌だけである。札を取れば 1 点，お手つきは −1 点。読まれた歌の下線は，札が一枚に決まった文字である。'),
    element('div', { class: 'controls' }, labelled('並べる札', count), labelled('読む速さ', pace), go,
      element('button', { type: 'button', onclick: () => lay() }, '並べ直す'), labelled('モデルの信念を札に表示する', seen)),
    element('div', { class: 'reading' }, verse, thinking, message), board, after)
  el.addEventListener('keydown', event => {
    if (event.key.toLowerCase() === 'p' && !(event.ctrlKey || event.metaKey || event.altKey || event.target === count || event.target === pace)) toggle()
  })

  document.addEventListener('visibilitychange', () => { if (document.hidden && playing && !over) toggle() })

  /** @type {Game} */
  let game
  /** @type {Map<Poem, HTMLElement>} */
  let cards
  let turn = 0 // which game
  let playing = false
  let reading = false // a verse, and its card lies there
  let over = false
  let wake = () => {}

  function lay() {
    turn++
    playing = reading = over = false
    wake()
    game = new Game(poems, COUNTS[count.selectedIndex], dice)
    cards = new Map(game.laid.map((poem, place) => [poem, element('button', {
      type: 'button', lang: 'ja', tabindex: place ? -1 : 0, onclick: () => reach(poem),
      style: `--column: ${Math.max(5, Math.ceil([...poem.shimoKana].length / 3))}em`,
    }, element('span', {}, unvoiced(poem.shimoKana)))]))
    const within = board.contains(document.activeElement)
    board.replaceChildren(...cards.values())
    if (within) cards.get(game.laid[0])?.focus()
    go.textContent = '始める（P）'
    verse.replaceChildren()
    thinking.replaceChildren()
    after.replaceChildren()
    message.textContent = '札を覚えたら，始める。'
  }

  function toggle() {
    if (over) return lay()
    playing = !playing
    go.textContent = playing ? '休む（P）' : '続ける（P）'
    message.textContent = playing ? '' : '休んでいる。'
    wake()
    if (!game.row) play(turn)
  }

  /** Wait so long, anew after a pause. @param {number} milliseconds @param {number} mine */
  async function beat(milliseconds, mine) {
    while (mine === turn) {
      const woken = new Promise(resolve => { wake = () => resolve(undefined) })
      if (!playing) {
        await woken
        continue
      }
      await Promise.race([pause(milliseconds), woken])
      if (playing) return
    }
  }

  /** @param {number} mine */
  async function play(mine) {
    while (game.next()) {
      const course = await read(game.row, mine)
      if (mine !== turn) return
      after.replaceChildren(told(game.row, course), summary(game.rows))
      await beat(REST, mine)
      if (mine !== turn) return
    }
    over = true
    go.textContent = 'もう一度（P）'
    message.textContent = result(game)
  }

  /**
   * Read a verse until it is clear who takes the card, and when the model would have. The model
   * reaches when the time of a kana is over, so that whoever reaches at the same kana comes first.
   * @param {Row} row @param {number} mine
   */
  async function read(row, mine) {
    const { remaining } = game
    /** @type {Thought[]} */
    const course = []
    reading = true
    verse.replaceChildren()
    for (const card of cards.values()) card.classList.remove('wrong')
    for (const kana of row.poem.kamiKana) {
      game.heard++
      if (reading) verse.append(kanaOf(row, kana, game.heard))
      const heard = row.poem.kamiKana.slice(0, game.heard)
      const found = await thought(confidences(reciter, heard, remaining.map(poem => poem.shimoKana)))
      if (mine !== turn) return course
      const shares = belief(found)
      const first = shares.indexOf(shares.reduce((a, b) => Math.max(a, b)))
      course.push({ heard, likeliest: remaining[first], share: shares[first], confidence: found[first] })
      if (reading) {
        remaining.forEach((poem, i) => cards.get(poem)?.style.setProperty('--share', String(shares[i])))
        thinking.replaceChildren(bar('最も高い信念', shares[first]), bar(`その札の自信（閾値 ${shown(limit)}）`, found[first], limit))
        await beat(1000 * PACES[pace.selectedIndex], mine)
        if (mine !== turn) return course
      }
      if (found[first] < limit) continue
      if (game.touch('model', remaining[first])) break
      if (reading) wrong('model', remaining[first])
    }
    if (reading) settle(row)
    return course
  }

  /** What the reader does with a card. @param {Poem} poem */
  function reach(poem) {
    if (!playing || !reading || cards.get(poem)?.ariaDisabled) return
    if (!game.touch('person', poem)) return wrong('person', poem)
    settle(game.row)
    wake()
  }

  /** @param {'person' | 'model'} player @param {Poem} poem */
  function wrong(player, poem) {
    cards.get(poem)?.classList.add('wrong')
    message.textContent = `${NAMES[player]}のお手つき。読まれているのは，${poem.no} 番「${poem.shimoKana}」ではない。`
  }

  /** The card is gone, the verse is read to its end. @param {Row} row */
  function settle({ poem, decided, winner, ...kana }) {
    reading = false
    const card = /** @type {HTMLElement} */ (cards.get(poem))
    card.ariaDisabled = 'true'
    card.replaceChildren(winner ? NAMES[winner] : 'だれも')
    verse.append(poem.kamiKana.slice(verse.textContent?.length), element('span', {}, ` ${poem.shimoKana}`))
    const taken = winner ? `${NAMES[winner]}が ${kana[winner]} 文字で取った` : 'だれも取らなかった'
    message.textContent = `${poem.no} 番は ${decided} 文字で決まり，${taken}。${NAMES.person} ${points(game, 'person')}，${NAMES.model} ${points(game, 'model')}。`
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const all = [...cards.values()]
    const columns = getComputedStyle(board).gridTemplateColumns.split(' ').length
    const place = led(event.key, all.findIndex(card => card.tabIndex === 0), columns, all.map(card => !card.ariaDisabled))
    if (place === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    all[place].focus()
  }

  /** The card that has the focus is the one that Tab comes back to. @param {FocusEvent} event */
  function stand(event) {
    for (const card of cards.values()) card.tabIndex = card === event.target ? 0 : -1
  }

  lay()
}

/** Let it think in pieces. @template Thought @param {Generator<void, Thought>} work */
async function thought(work) {
  for (let since = performance.now(); ;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() - since > PIECE) {
      await pause(0)
      since = performance.now()
    }
  }
}

/** A kana of a verse; marked if with it only one card is possible. @param {Row} row @param {string} kana @param {number} heard */
const kanaOf = ({ decided }, kana, heard) => heard === decided ? element('b', {}, kana) : kana

/** @param {string} name @param {number} share @param {number} [limit]  that it has to reach */
const bar = (name, share, limit) => element('li', {
  class: limit && 'limited', style: `--share: ${share}; --limit: ${limit}`,
}, `${name} ${shown(share)}`)

/** @param {string} caption @param {string[]} names @param {(Node | string)[][]} rows */
const table = (caption, names, rows) => element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
  element('table', {}, element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...names.map(name => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map(([head, ...cells]) => element('tr', {},
      element('th', { scope: 'row' }, head), ...cells.map(cell => element('td', {}, cell)))))))

/** When each poem was decided, and who touched its card when. @param {Row[]} rows */
const summary = rows => table('何文字で決まり，何文字で取ったか。括弧は，先に取られなければモデルが取った文字数', ['歌', '決まる', 'あなた', 'モデル'],
  rows.map(({ poem, decided, person, model, winner }) => [
    element('a', { href: `poems.html#poem-${poem.no}` }, `${poem.no} ${poem.kamiKana.slice(0, 5)}`),
    String(decided),
    touched(person, winner === 'person'), touched(model, winner === 'model')]))

/** @param {number | undefined} kana @param {boolean} taken */
const touched = (kana, taken) => kana ? taken ? element('b', {}, String(kana)) : `（${kana}）` : '—'

/** How the model's belief went while the poem was read. @param {Row} row @param {Thought[]} course */
const told = ({ poem }, course) => table(`${poem.no} 番を聞いたモデルが，最もありそうだとした札`, ['聞いた', '札', '信念', '自信'],
  course.map(({ heard, likeliest, share, confidence }) => [
    heard, `${likeliest.no} ${likeliest.shimoKana.slice(0, 7)}`, shown(share), shown(confidence)]))

/** @param {Game} game @param {'person' | 'model'} player */
const points = (game, player) => `${String(game.score(player)).replace('-', '−')} 点`

/** Who won. @param {Game} game */
function result(game) {
  const scores = /** @type {const} */ (['person', 'model']).map(player => {
    const taken = game.rows.filter(({ winner }) => winner === player).length
    return `${NAMES[player]}は ${taken} 枚，お手つき ${game.faults[player]} 回で ${points(game, player)}。`
  })
  const ahead = game.score('person') - game.score('model')
  return `${scores.join('')}${ahead ? `${ahead > 0 ? NAMES.person : NAMES.model}の勝ち。` : '引き分け。'}`
}

export default { render }
