/** ms after which a shopper wants to know that something still happens */
const SLOW = 3000

/**
 * Waits for `task`, and tells once when that takes longer than three seconds.
 * @returns what `task` gives
 */
export async function tellSlow<T>(task: Promise<T>, tell: () => void): Promise<T> {
  const timer = setTimeout(tell, SLOW)
  try {
    return await task
  } finally {
    clearTimeout(timer)
  }
}
