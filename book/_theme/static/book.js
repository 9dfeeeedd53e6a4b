// What a page cannot do without a script: remember the reader's choice of light or dark, let the
// keyboard reach what scrolls, close the menu on a jump within the page, start what runs here.
const root = document.documentElement
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

const button = document.querySelector('button.theme')
button.hidden = false
button.addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : systemIsDark.matches
  root.dataset.theme = dark ? 'light' : 'dark'
  try { localStorage.theme = root.dataset.theme } catch { /* no storage: chosen for this page */ }
})

const menu = document.querySelector('#menu')
menu.addEventListener('click', event => event.target.closest('a') && menu.hidePopover?.())
// WebKit's search box keeps the key to itself.
menu.addEventListener('keydown', event => event.key === 'Escape' && menu.hidePopover?.())

const watcher = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute('tabindex')
  }
})
for (const box of document.querySelectorAll('pre, .scroll, .equation')) watcher.observe(box)

// Browsers import nothing into a page that was opened as a file.
const AS_FILE = 'ファイルとして開いた頁では動かない。この本のフォルダで python -m http.server を実行し，http://localhost:8000/ から開いてほしい。'
const CUT_OFF = '読み込みが途中で止まった。通信を確かめて，頁を開き直してほしい。'
for (const place of document.querySelectorAll('.live')) {
  const [start, status] = place.querySelectorAll('button, [role=status]')
  start.hidden = location.protocol === 'file:'
  if (start.hidden) status.textContent = AS_FILE
  start.addEventListener('click', () => import('./live/start.js').then(
    live => live.start(place), () => { status.textContent = CUT_OFF }))
}

// Exercises answer back: their program is fetched when the first of them is near.
const quiz = new URL('live/quiz.js', document.currentScript.src).href
const near = new IntersectionObserver(seen => {
  if (!seen.some(({ isIntersecting }) => isIntersecting)) return
  near.disconnect()
  document.head.append(Object.assign(document.createElement('script'), { src: quiz }))
}, { rootMargin: '100%' })
for (const exercise of document.querySelectorAll('[data-check]')) near.observe(exercise)
