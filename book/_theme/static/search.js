// Looks through the text of the book (search-index.js: `book`) for every word of the query.
const form = document.querySelector('form.search')
const message = document.querySelector('[role=status]')
const results = document.querySelector('.results')

/** One expression for each word; neither spaces in the text matter, nor case, nor full or half width. */
function expressions(query) {
  const words = query.replace(/[\uff00-\uffef]+/g, wide => wide.normalize('NFKC')).split(/\s+/).filter(Boolean)
  return words.map(word => new RegExp([...word].map(eitherWidth).join('\\s*'), 'gi'))
}

function eitherWidth(character) {
  const escaped = character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
  return /[!-~]/.test(character) ? `[${escaped}${String.fromCharCode(character.charCodeAt() + 0xfee0)}]` : escaped
}

const count = (text, word) => [...text.matchAll(word)].length

/** How well a section answers: its heading weighs more than its prose, that more than its code. */
function score([, heading, prose, code], words) {
  return words.map(word =>
    8 * count(heading, word) + 2 * Math.log2(1 + count(prose, word)) + Math.log2(1 + count(code, word)) / 2)
}

/** Pages that have every word, best first, each with its best section. */
function search(words) {
  return book.map(page => {
    const scores = page.sections.map(section => score(section, words))
    const totals = words.map((word, i) =>
      scores.reduce((sum, row) => sum + row[i], 16 * count(page.name, word) + 8 * count(page.sections[0][1], word)))
    const sums = scores.map(row => row.reduce((a, b) => a + b))
    const best = page.sections[sums.indexOf(Math.max(...sums))]
    return { page, best, found: totals.every(Boolean), rank: totals.reduce((a, b) => a + b) }
  }).filter(({ found }) => found).sort((a, b) => b.rank - a.rank)
}

/** The text around the first find, what was found marked. */
function* snippet(text, words) {
  const places = words.flatMap(word => [...text.matchAll(word)]).sort((a, b) => a.index - b.index)
  const start = Math.max(0, (places[0]?.index ?? 0) - 40)
  const end = start + 140
  let position = start
  if (start) yield '…'
  for (const place of places) {
    if (place.index < position || place.index >= end) continue
    yield text.slice(position, place.index)
    const mark = document.createElement('mark')
    mark.textContent = place[0]
    yield mark
    position = place.index + place[0].length
  }
  if (position < end) yield text.slice(position, end)
  if (end < text.length) yield '…'
}

function item({ page, best: [anchor, heading, prose, code] }, words) {
  const text = words.some(word => count(prose, word)) ? prose : code
  const link = document.createElement('a')
  const title = page.sections[0][1]
  link.href = heading === title ? page.url : `${page.url}#${anchor}`
  link.textContent = heading === title ? title : `${title} › ${heading}`
  const excerpt = document.createElement('p')
  excerpt.append(...snippet(text, words))
  const entry = document.createElement('li')
  entry.append(link, excerpt)
  return entry
}

function show(query) {
  const words = expressions(query)
  const found = words.length ? search(words) : []
  results.replaceChildren(...found.map(result => item(result, words)))
  message.textContent = !words.length ? '' : found.length ? `${found.length} 頁にある` : `「${query}」は見つからない`
}

const input = form.elements.q
input.value = new URLSearchParams(location.search).get('q') ?? ''
input.addEventListener('input', () => show(input.value))
form.addEventListener('submit', event => {
  event.preventDefault()
  history.replaceState(null, '', `?${new URLSearchParams(new FormData(form))}`)
  show(input.value)
})
show(input.value)
