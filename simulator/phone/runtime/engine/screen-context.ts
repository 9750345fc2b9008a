import { CurrentWindowBackendContext } from 'glass-easel'
import { createTagElement } from './elements'
import { dispatch } from './taps'

/** The browser's events that templates may listen to; glass-easel derives taps from them. */
const FROM_BROWSER = /^(touch|animation|transition)/

/** The backend of glass-easel that creates its elements on the phone's screen. */
export class ScreenContext extends CurrentWindowBackendContext {
  override document = {
    createElement: createTagElement,
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as CurrentWindowBackendContext['document']

  constructor() {
    super()
    this.onEvent(dispatch)
  }

  /**
   * Listens only to these events. Components trigger all others themselves (`triggerEvent`): the DOM's
   * own `input` would be a duplicate.
   */
  override setListenerStats(
    ...args: Parameters<CurrentWindowBackendContext['setListenerStats']>
  ): void {
    if (FROM_BROWSER.test(args[1])) super.setListenerStats(...args)
  }
}
