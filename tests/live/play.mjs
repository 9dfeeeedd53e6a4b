// What live/karuta.js says, for tests: a JSON request on stdin, a JSON answer on stdout.
// ask: "sure" {model, poems, heard: […]} · "game" {poems, seed, count} · "unvoiced" {poems} · "led" {asked: [[…]…]}

import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { belief, confidences, Game, led, unvoiced } from '../../live/karuta.js'
import { loadReciter } from '../../live/recital.js'
import { diceOf } from '../../live/training/dice.js'

function sure({ model, poems, heard }) {
  const { buffer, byteOffset, byteLength } = readFileSync(model)
  const reciter = loadReciter(buffer.slice(byteOffset, byteOffset + byteLength))
  const verses = poems.map(poem => poem.shimoKana)
  return heard.map(heard => {
    const work = confidences(reciter, heard, verses)
    for (let steps = 0; ; steps++) {
      const { done, value } = work.next()
      if (done) return { steps, confidences: value, belief: belief(value) }
    }
  })
}

/** Every verse is read; the person touches the card of the next poem, then the right one. */
function game({ poems, seed, count }) {
  const game = new Game(poems, count, diceOf(seed))
  const remaining = []
  while (game.next()) {
    remaining.push(game.remaining.map(poem => poem.no))
    game.heard = 3
    for (const wrong of [game.remaining[1], game.remaining[1]]) if (wrong) game.touch('person', wrong)
    game.touch('person', game.row.poem)
    game.heard = 5
    if (game.remaining[1]) game.touch('model', game.remaining[1])
    game.touch('model', game.row.poem)
  }
  const rows = game.rows.map(({ poem, ...row }) => ({ no: poem.no, ...row }))
  return { laid: game.laid.map(poem => poem.no), rows, remaining, faults: game.faults, score: game.score('person') }
}

const request = JSON.parse(await text(process.stdin))
const answers = { sure, game, unvoiced: ({ poems }) => poems.map(poem => unvoiced(poem.shimoKana)),
  led: ({ asked }) => asked.map(each => led(...each)) }
process.stdout.write(JSON.stringify(answers[request.ask](request) ?? null))
