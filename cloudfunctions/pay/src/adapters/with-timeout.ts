/** The work took too long. Its outcome is unknown, because it is not stopped. */
export class TimeoutError extends Error {
  readonly code = 'TIMEOUT'
}

/** Waits for `work`, at most `ms` milliseconds. @throws TimeoutError */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`not done in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
