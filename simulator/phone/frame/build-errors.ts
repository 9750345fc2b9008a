import type { BuildError } from '../../../project/build-errors'
import { byId, el } from './dom'

/**
 * Follows the builds: shows compile errors over the phone until they are fixed, and reloads the page
 * when the mini program changed. While the server is unavailable, the panel says so; the browser
 * reconnects by itself.
 * @param build the id of the build that this page runs
 */
export function followBuilds(build: string): void {
  const events = new EventSource('/events')
  events.addEventListener('build-error', ({ data }: MessageEvent<string>) => {
    showBuildErrors(JSON.parse(data) as BuildError[])
  })
  events.addEventListener('reload', ({ data }: MessageEvent<string>) => {
    if (data === build) byId('build-errors').hidden = true
    else location.reload()
  })
  events.addEventListener('error', () => showServerLost(true))
  events.addEventListener('open', () => showServerLost(false))
}

function showServerLost(lost: boolean): void {
  byId('server-lost').hidden = !lost
}

function showBuildErrors(errors: BuildError[]): void {
  const overlay = byId('build-errors')
  const items = errors.map(({ file, line, column, text }) =>
    el('li', '', el('code', '', `${file}:${line}:${column}`), el('p', '', text)),
  )
  overlay.replaceChildren(el('h2', '', '源码没有编译通过'), el('ul', '', ...items))
  overlay.hidden = false
}
