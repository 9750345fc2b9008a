/** ms after which the page says that it is still waiting */
const SLOW = 3000

/**
 * Waits for `task`, and calls `onSlow` once when that takes longer than three seconds.
 * @returns the result of `task`
 */
export async function notifyWhenSlow<T>(task: Promise<T>, onSlow: () => void): Promise<T> {
  const timer = setTimeout(onSlow, SLOW)
  try {
    return await task
  } finally {
    clearTimeout(timer)
  }
}
