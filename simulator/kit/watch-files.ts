import { watch as watchFolders } from 'chokidar'

/** ms within which several events are one save: editors write, rename and touch in a burst. */
const QUIET = 60

/**
 * Calls `changed` with the absolute paths of the files that were saved below `folders`, once per
 * save, and not again before it is done; `failed` with what it rejects with.
 * @returns ends the watching; resolves once it has begun
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
  // Node's own recursive watching on Linux no longer sees a file that was replaced by another.
  const watcher = watchFolders(folders, { ignoreInitial: true })
  watcher.on('all', (_event, file) => {
    saved.add(file)
    clearTimeout(timer)
    timer = setTimeout(flush, QUIET)
  })
  watcher.on('error', failed)
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return () => {
    clearTimeout(timer)
    return watcher.close()
  }
}
