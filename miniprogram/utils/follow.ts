/** ms between one look and the next; the last pause repeats */
const PAUSES = [2, 4, 8, 16, 30].map((seconds) => seconds * 1000)

/**
 * Looks again after growing pauses, for as long as a look answers that more is to come.
 * @param look never rejects
 * @returns a function that stops it
 */
export function follow(look: () => Promise<boolean>): () => void {
  let stopped = false
  let timer = 0
  const lookAfter = ([pause = 0, ...rest]: number[]) => {
    if (stopped) return
    timer = setTimeout(() => {
      void look().then((more) => {
        if (more) lookAfter(rest.length > 0 ? rest : [pause])
      })
    }, pause)
  }
  lookAfter(PAUSES)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
