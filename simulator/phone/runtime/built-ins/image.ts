import { markPicture } from '../engine/aria'
import { type BuiltIn, type BuiltInDefinition, hostOf, ownerOf } from '../engine/glass-easel'
import { crossNetwork } from '../network'
import { addressOf, isStored } from './picture-address'

/** How far from the screen a lazy image waits: three screens (WeChat's reference of image). */
const NEAR = '300% 0px'

/** what each `<img>` shows or is about to show */
const asked = new WeakMap<HTMLImageElement, unknown>()

export const image: BuiltInDefinition = {
  properties: { src: String, mode: { type: String, value: 'scaleToFill' }, lazyLoad: Boolean },
  created() {
    markPicture(hostOf(this))
    const picture = hostOf(this).appendChild(new Image())
    picture.alt = '' // the label, when there is one, is the host's
    picture.draggable = false
    picture.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = picture
      this.triggerEvent('load', { width, height })
    })
    picture.addEventListener('error', () => {
      picture.removeAttribute('src') // a phone shows nothing in its place
      tellError(this)
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
  // only what is in a page can be near its screen
  if ((lazy && !host.isConnected) || asked.get(picture) === src) return
  asked.set(picture, src)
  picture.removeAttribute('src')
  if (src === '') return
  if (lazy) await near(host)
  try {
    if (isStored(src)) await crossNetwork()
  } catch {
    if (asked.get(picture) === src) tellError(component)
    return
  }
  if (asked.get(picture) === src) picture.src = addressOf(src, ownerOf(component))
}

function tellError(component: BuiltIn): void {
  component.triggerEvent('error', { errMsg: `GET ${String(component.data.src)} failed` })
}

/** Resolves when the element is near the screen of its page. */
function near(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const seen = (entries: IntersectionObserverEntry[]) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      resolve()
    }
    const root = element.closest('.scroller')
    const observer = new IntersectionObserver(seen, { root, rootMargin: NEAR })
    observer.observe(element)
  })
}
