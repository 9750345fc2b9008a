import { showPageError } from '../frame/page-errors'

/**
 * Shows an error of the mini program's own code, in the console and in the phone: every error of
 * page code at run time is reported here.
 * @param where the page, and its function, as far as it is known
 */
export function reportPageError(error: unknown, where = ''): void {
  const thrown = inWordsOfWx(error)
  console.error(...(where ? [where] : []), thrown)
  showPageError(String(thrown), where)
}

/** Calls code of the mini program. What it throws is reported and does not reach the caller. */
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

/** Reports what page code throws and does not catch: in a timer, or in a promise. */
export function reportUncaught(): void {
  window.addEventListener('error', (event) => {
    event.preventDefault() // The browser would print it a second time.
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
