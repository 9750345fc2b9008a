const SECOND = 1000

/**
 * Counts down to `end`, by the second.
 * @param end ms, on this phone's clock
 * @param onTick receives the time left (`29:59`, `1:00:00`), at once and then every second
 * @param onEnd is called when no time is left
 * @returns a function that stops the countdown
 */
export function countDown(
  end: number,
  onTick: (text: string) => void,
  onEnd: () => void,
): () => void {
  let timer = 0
  const tick = () => {
    const left = end - Date.now()
    if (left <= 0) return onEnd()
    onTick(timeLeft(end))
    // The timer ends when the next second begins, so that ticks neither drift nor skip one.
    timer = setTimeout(tick, left - (secondsIn(left) - 1) * SECOND)
  }
  tick()
  return () => clearTimeout(timer)
}

/** Formats the time left until `end` (ms, on this phone's clock): `29:59`, `1:00:00`. */
export function timeLeft(end: number): string {
  const seconds = secondsIn(end - Date.now())
  const hours = Math.floor(seconds / 3600)
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':')
  return hours > 0 ? `${hours}:${rest}` : rest
}

const secondsIn = (ms: number) => Math.ceil(ms / SECOND)

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
