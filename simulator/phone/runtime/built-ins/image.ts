import type { BuiltInDefinition } from '../engine/glass-easel'
import { hostOf, ownerOf } from '../engine/glass-easel'

/**
 * Where an image's address leads in the browser; a path is one of the mini program's own files, seen
 * from the page or component `owner`.
 */
function addressOf(src: string, owner: string): string {
  if (src.startsWith('cloud://')) return `/storage/${encodeURIComponent(src)}`
  if (/^\w+:/.test(src)) return src
  if (src.startsWith('/')) return `/package${src}`
  return new URL(src, `${location.origin}/package/${owner}`).pathname
}

export const image: BuiltInDefinition = {
  properties: { src: String, mode: { type: String, value: 'scaleToFill' }, lazyLoad: Boolean },
  created() {
    const picture = hostOf(this).appendChild(new Image())
    picture.alt = '' // the label, when there is one, is the host's
    picture.draggable = false
    picture.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = picture
      this.triggerEvent('load', { width, height })
    })
    picture.addEventListener('error', () => {
      this.triggerEvent('error', { errMsg: `GET ${picture.src} failed` })
    })
  },
  observers: {
    lazyLoad(lazy) {
      pictureOf(hostOf(this)).loading = lazy ? 'lazy' : 'eager'
    },
    src(src) {
      const picture = pictureOf(hostOf(this))
      if (typeof src === 'string' && src) picture.src = addressOf(src, ownerOf(this))
      else picture.removeAttribute('src')
    },
  },
}

function pictureOf(host: HTMLElement): HTMLImageElement {
  return host.querySelector('img')!
}
