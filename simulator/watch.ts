import { watch as watchFolder } from 'node:fs'
import path from 'node:path'

/** ms within which several events are one save: editors write, rename and touch in a burst. */
const QUIET = 60

/**
 * Calls `changed` with the absolute paths of the files that were saved below `folders`, once per
 * save, and not again before it is done; `failed` with what it rejects with.
 * @returns ends the watching
 */
export function watch(
  folders: string[],
  changed: (files: string[]) => Promise<void>,
  failed: (error: unknown) => void,
): () => void {
  const saved = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const flush = () => {
    const files = [...saved]
    saved.clear()
    running = running.then(() => changed(files)).catch(failed)
  }
  const watchers = folders.map((folder) =>
    watchFolder(folder, { recursive: true }, (_event, name) => {
      if (name === null) return
      saved.add(path.join(folder, name))
      clearTimeout(timer)
      timer = setTimeout(flush, QUIET)
    }).on('error', () => {
      // A folder that comes and goes while it is looked at; what is left is still watched.
    }),
  )
  return () => {
    clearTimeout(timer)
    watchers.forEach((watcher) => watcher.close())
  }
}
