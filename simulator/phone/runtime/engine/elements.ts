import { idInBrowser } from '../../protocol/ids'
import { toScreenUnits } from '../../protocol/units'
import { setAria, unsetAria } from './aria'

/** What glass-easel puts before an id: a number of the page or component that it is in. */
const PREFIX = /^[0-9a-f]{8}--/

/**
 * The element of a WXML tag: `<view>` is `<wx-view>`. Its attributes become what they mean in a
 * browser: rpx in styles, ARIA's own names for WeChat's aria-*.
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
