/** Whether a picture comes from the cloud, and so over the phone's network. */
export function isStored(src: string): boolean {
  return src.startsWith('cloud://') || src.includes(STORAGE)
}

const STORAGE = '/storage/'

/**
 * Where a picture's address leads in the browser; a path is one of the mini program's own files, seen
 * from the page or component `owner`.
 */
export function addressOf(src: string, owner: string): string {
  if (src.startsWith('cloud://')) return STORAGE + encodeURIComponent(src)
  if (/^\w+:/.test(src)) return src
  if (src.startsWith('/')) return `/package${src}`
  return new URL(src, `${location.origin}/package/${owner}`).pathname
}
