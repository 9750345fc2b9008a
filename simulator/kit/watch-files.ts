import { watch as watchFolders } from 'chokidar'

/** Events less than this many ms apart are one save: editors write, rename and touch in a burst. */
const QUIET_MS = 60

/**
 * Calls `changed` with the absolute paths of the files that were saved below `folders`, once per
 * save; the calls never overlap. Errors, including those of `changed`, go to `failed`.
 * @returns a function that stops watching, once watching has begun
 */
export async function watchFiles(
  folders: string[],
  changed: (files: string[]) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const saved = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const flush = () => {
    const files = [...saved]
    saved.clear()
    running = running.then(() => changed(files)).catch(failed)
  }
  // Node's own recursive watching on Linux loses a file once another file has replaced it
  const watcher = watchFolders(folders, { ignoreInitial: true })
  watcher.on('all', (_event, file) => {
    saved.add(file)
    clearTimeout(timer)
    timer = setTimeout(flush, QUIET_MS)
  })
  watcher.on('error', failed)
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return () => {
    clearTimeout(timer)
    return watcher.close()
  }
}
