import { idInBrowser } from '../../protocol/ids'
import { toScreenUnits } from '../../protocol/units'
import { setAria, unsetAria } from './aria'

/** The prefix that glass-easel adds to an id: a number of the page or component. */
const PREFIX = /^[0-9a-f]{8}--/

/**
 * Creates the element of a WXML tag: `<view>` becomes `<wx-view>`. Its attributes are converted for
 * the browser: rpx in styles, WeChat's aria-* to ARIA's own names.
 */
export function createTagElement(tag: string): HTMLElement {
  const element = document.createElement(`wx-${tag}`)
  const set = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => {
    if (name === 'style') set(name, toScreenUnits(value))
    else if (name.startsWith('aria-')) setAria(element, name, value)
    else set(name, value)
  }
  const remove = element.removeAttribute.bind(element)
  element.removeAttribute = (name) => {
    if (name.startsWith('aria-')) unsetAria(element, name)
    else remove(name)
  }
  Object.defineProperty(element, 'id', {
    get: () => element.getAttribute('id') ?? '',
    set: (id: string) => {
      set('id', idInBrowser(id.replace(PREFIX, '')))
    },
  })
  return element
}
