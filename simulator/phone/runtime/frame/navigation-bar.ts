import type { WindowConfig } from '../../protocol'
import { byId } from './dom'

/** Draws the bar for the page on top. `back`, `home`: whether the button is there. */
export function drawNavigationBar(window: WindowConfig, back: boolean, home: boolean): void {
  const title = window.navigationBarTitleText ?? ''
  byId('title').textContent = title
  document.title = title
  byId('back').hidden = !back
  byId('home').hidden = !home
  const phone = byId('phone')
  phone.style.setProperty('--bar-background', window.navigationBarBackgroundColor ?? '#000000')
  phone.style.setProperty(
    '--bar-color',
    window.navigationBarTextStyle === 'black' ? '#000' : '#fff',
  )
  phone.style.setProperty('--window-background', window.backgroundColor ?? '#ffffff')
}

export function listenToNavigationBar(listeners: { back: () => void; home: () => void }): void {
  byId('back').addEventListener('click', listeners.back)
  byId('home').addEventListener('click', listeners.home)
}

/** ms that Beijing's clock is ahead of UTC */
const BEIJING = 8 * 60 * 60 * 1000

/** Keeps the time in the status bar: Beijing's, as on every order, wherever the browser is. */
export function runStatusBarClock(): void {
  const clock = byId('clock')
  const tell = () => {
    const now = new Date(Date.now() + BEIJING)
    clock.textContent = `${now.getUTCHours()}:${String(now.getUTCMinutes()).padStart(2, '0')}`
  }
  tell()
  setInterval(tell, 10_000)
}
