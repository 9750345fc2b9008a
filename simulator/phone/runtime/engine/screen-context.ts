import { CurrentWindowBackendContext } from 'glass-easel'
import { createTagElement } from './elements'
import { dispatch } from './taps'

/** Events that a browser delivers and templates may listen to; glass-easel makes the taps. */
const FROM_BROWSER = /^(touch|animation|transition)/

/** Where glass-easel builds its elements: the screen of the phone. */
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
   * All other events come from components themselves (`triggerEvent`): the DOM's own `input` would
   * be a second one.
   */
  override setListenerStats(
    ...args: Parameters<CurrentWindowBackendContext['setListenerStats']>
  ): void {
    if (FROM_BROWSER.test(args[1])) super.setListenerStats(...args)
  }
}
