import { markPicture } from '../engine/aria'
import { type BuiltIn, type BuiltInDefinition, hostOf, ownerOf } from '../engine/glass-easel'
import { simulateNetwork } from '../network'
import { addressOf, isStored } from './picture-address'

/** A lazy image loads within three screens of the visible part (WeChat's reference of image). */
const LAZY_MARGIN = '300% 0px'

/** the source that each `<img>` shows or loads */
const requested = new WeakMap<HTMLImageElement, unknown>()

export const image: BuiltInDefinition = {
  properties: { src: String, mode: { type: String, value: 'scaleToFill' }, lazyLoad: Boolean },
  created() {
    markPicture(hostOf(this))
    const picture = hostOf(this).appendChild(new Image())
    picture.alt = '' // the host element has the label
    picture.draggable = false
    picture.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = picture
      this.triggerEvent('load', { width, height })
    })
    picture.addEventListener('error', () => {
      picture.removeAttribute('src') // a real phone shows no broken image
      triggerError(this)
    })
  },
  attached() {
    void show(this)
  },
  observers: {
    'src, lazyLoad'() {
      void show(this)
    },
  },
}

async function show(component: BuiltIn): Promise<void> {
  const host = hostOf(component)
  const picture = host.querySelector('img')!
  const src = String(component.data.src)
  const lazy = component.data.lazyLoad === true
  // An element outside the document is never near the screen: `attached` calls this again.
  if ((lazy && !host.isConnected) || requested.get(picture) === src) return
  requested.set(picture, src)
  picture.removeAttribute('src')
  if (src === '') return
  if (lazy) await near(host)
  try {
    if (isStored(src)) await simulateNetwork()
  } catch {
    if (requested.get(picture) === src) triggerError(component)
    return
  }
  if (requested.get(picture) === src) picture.src = addressOf(src, ownerOf(component))
}

function triggerError(component: BuiltIn): void {
  component.triggerEvent('error', { errMsg: `GET ${String(component.data.src)} failed` })
}

/** Resolves when the element is near the visible part of its page. */
function near(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const seen = (entries: IntersectionObserverEntry[]) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      resolve()
    }
    const root = element.closest('.scroller')
    const observer = new IntersectionObserver(seen, { root, rootMargin: LAZY_MARGIN })
    observer.observe(element)
  })
}
