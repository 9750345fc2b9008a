import type { WindowColors, WindowConfig } from '../protocol/program'
import { byId } from './dom'
import { setting } from './settings'

/**
 * Draws the bar and the window for the page on top, in the phone's theme.
 * @param back whether the back button is shown
 * @param home whether the home button is shown
 */
export function drawWindow(window: WindowConfig, back: boolean, home: boolean): void {
  const title = window.navigationBarTitleText ?? ''
  byId('title').textContent = title
  document.title = title
  byId('back').hidden = !back
  byId('home').hidden = !home
  drawColors(window.colors[setting('theme')])
}

function drawColors(colors: WindowColors): void {
  const background = colors.backgroundColor ?? '#ffffff'
  const black = colors.navigationBarTextStyle === 'black'
  const properties = {
    '--bar-background': colors.navigationBarBackgroundColor ?? '#000000',
    '--bar-color': black ? '#000' : '#fff',
    '--capsule': black ? '#fff' : '#000',
    '--window-background': background,
    '--pulled-background': colors.backgroundColorTop ?? background,
    '--dots-color': colors.backgroundTextStyle === 'light' ? '#fff' : '#767676',
  }
  const { style } = byId('phone')
  for (const [name, value] of Object.entries(properties)) style.setProperty(name, value)
}

interface Listeners {
  back: () => void
  home: () => void
  /** the dots of the capsule */
  more: () => void
}

export function listenToNavigationBar({ back, home, more }: Listeners): void {
  byId('back').addEventListener('click', back)
  byId('home').addEventListener('click', home)
  byId('more').addEventListener('click', more)
}

/** the offset of Beijing's time from UTC, ms */
const BEIJING = 8 * 60 * 60 * 1000

/** Shows the time in the status bar: Beijing's, as on every order, in every time zone of the browser. */
export function runStatusBarClock(): void {
  const clock = byId('clock')
  const show = () => {
    const now = new Date(Date.now() + BEIJING)
    clock.textContent = `${now.getUTCHours()}:${String(now.getUTCMinutes()).padStart(2, '0')}`
  }
  show()
  setInterval(show, 10_000)
}
