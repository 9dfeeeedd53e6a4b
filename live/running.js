// A training that the reader starts, stops and lets go on; it rests while nobody sees the page.

import { element } from './elements.js'
import { learn } from './training/learn.js'
import { InputError } from './vocabulary.js'

/**
 * The buttons of a training, and where it says how it fares.
 * @param {() => import('./training/worker.js').Task} task  what is to be learned, as the controls stand
 * @param {(seen: any, seconds: number) => void | Promise<void>} show  what it says of itself
 * @param {string} name  of the button that starts it
 */
export function running(task, show, name) {
  const message = element('p', { role: 'status' })
  const start = element('button', { type: 'button', class: 'start', onclick: run }, name)
  const rest = element('button', { type: 'button', disabled: true, onclick: () => { rested = !rested; wake() } }, '休む')
  let [turn, rested, seconds] = [0, false, 0]
  /** Lets a training that rests look whether it still has to. */
  let wake = () => {}
  document.addEventListener('visibilitychange', () => wake())

  const resting = () => rested || document.hidden

  async function run() {
    const mine = ++turn
    rested = false
    seconds = 0
    wake()
    rest.disabled = false
    message.textContent = '準備している。'
    try {
      let before = performance.now()
      for await (const seen of learn(task())) {
        if (mine !== turn || !start.isConnected) return
        seconds += (performance.now() - before) / 1000
        await show(seen, seconds)
        while (resting() && mine === turn) {
          rest.textContent = rested ? '続ける' : '休む'
          const told = message.textContent
          if (rested) message.textContent = '休んでいる。'
          await new Promise(resolve => { wake = () => resolve(undefined) })
          if (mine === turn) message.textContent = told
        }
        rest.textContent = '休む'
        before = performance.now()
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      if (mine === turn) message.textContent = error.message
    }
    if (mine === turn) rest.disabled = true
  }

  function stop() {
    turn += 1
    rested = false
    rest.disabled = true
    rest.textContent = '休む'
    message.textContent = ''
    wake()
  }

  return { buttons: [start, rest], message, run, stop }
}
