/** ms between one query and the next; the last pause repeats */
const PAUSES = [2, 4, 8, 16, 30].map((seconds) => seconds * 1000)

/**
 * Repeats `query` after growing pauses, for as long as it resolves with true.
 * @param query never rejects
 * @returns a function that stops the polling
 */
export function poll(query: () => Promise<boolean>): () => void {
  let stopped = false
  let timer = 0
  const schedule = ([pause = 0, ...rest]: number[]) => {
    if (stopped) return
    timer = setTimeout(() => {
      void query().then((more) => {
        if (more) schedule(rest.length > 0 ? rest : [pause])
      })
    }, pause)
  }
  schedule(PAUSES)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
