import { showPageError } from '../frame/page-errors'

/**
 * Tells of an error of the mini program's own code, in the console and in the phone: everything
 * that goes wrong there while it runs comes here.
 * @param where the page, and its function, as far as it is known
 */
export function reportPageError(error: unknown, where = ''): void {
  const thrown = inWordsOfWx(error)
  console.error(...(where ? [where] : []), thrown)
  showPageError(String(thrown), where)
}

/** Calls code of the mini program: what it throws is told, and is not the caller's. */
export function callPageCode(where: string, run: () => unknown): unknown {
  try {
    const outcome = run()
    if (outcome instanceof Promise) {
      outcome.catch((error: unknown) => reportPageError(error, where))
    }
    return outcome
  } catch (error) {
    reportPageError(error, where)
    return undefined
  }
}

/** Tells of what page code throws with nobody to catch it: in a timer, or in a promise. */
export function reportUncaught(): void {
  window.addEventListener('error', (event) => {
    event.preventDefault() // told once
    reportPageError(event.error ?? event.message)
  })
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    reportPageError(event.reason, 'Uncaught (in promise)')
  })
}

/** A function of wx fails with an object, whose `errMsg` says why. */
function inWordsOfWx(error: unknown): unknown {
  return (error as { errMsg?: unknown } | null | undefined)?.errMsg ?? error
}
