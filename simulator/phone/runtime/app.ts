import type { Theme } from '../protocol/program'
import { callPageCode } from './page-errors'
import type { Destination } from './router/url'

/** WeChat's scene value for a start from the list of mini programs */
const SCENE = 1001

/** The object that the mini program registers with `App` and gets with `getApp`. */
export class AppInstance {
  #members: Record<string, unknown> = {}

  readonly register = (members: Record<string, unknown>): void => {
    this.#members = members
  }

  readonly get = (): Record<string, unknown> => this.#members

  launch(destination: Destination): void {
    this.#call('onLaunch', launchOptions(destination))
  }

  show(destination: Destination): void {
    this.#call('onShow', launchOptions(destination))
  }

  hide(): void {
    this.#call('onHide')
  }

  changeTheme(theme: Theme): void {
    this.#call('onThemeChange', { theme })
  }

  #call(name: string, argument?: unknown): void {
    const method = this.#members[name]
    if (typeof method !== 'function') return
    callPageCode(`app ${name}`, () => method.call(this.#members, argument) as unknown)
  }
}

function launchOptions({ route, query }: Destination) {
  return { path: route, query, scene: SCENE, referrerInfo: {} }
}
