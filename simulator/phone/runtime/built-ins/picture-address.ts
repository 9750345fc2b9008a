/** Returns whether a picture comes from the cloud storage, and so over the phone's network. */
export function isStored(src: string): boolean {
  return src.startsWith('cloud://') || src.includes(STORAGE)
}

const STORAGE = '/storage/'

/**
 * Returns a picture's address in the browser. A path names a file of the mini program, relative to the
 * page or component `owner`.
 */
export function addressOf(src: string, owner: string): string {
  if (src.startsWith('cloud://')) return STORAGE + encodeURIComponent(src)
  if (/^\w+:/.test(src)) return src
  if (src.startsWith('/')) return `/package${src}`
  return new URL(src, `${location.origin}/package/${owner}`).pathname
}
