import { showPageError } from '../frame/page-errors'

/**
 * Reports a run-time error of the mini program's code, in the console and on the phone.
 * @param where the page and its function, if known
 */
export function reportPageError(error: unknown, where = ''): void {
  const thrown = errorOrMessage(error)
  console.error(...(where ? [where] : []), thrown)
  showPageError(String(thrown), where)
}

/** Calls code of the mini program. Its errors are reported and do not reach the caller. */
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

/** Reports errors that page code does not catch, in a timer or in a promise. */
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

/** Returns the `errMsg` of a failed call of wx, or else the error itself. */
function errorOrMessage(error: unknown): unknown {
  return (error as { errMsg?: unknown } | null | undefined)?.errMsg ?? error
}
