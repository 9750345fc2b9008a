import type { BuildFailure, Message } from 'esbuild'

interface Located {
  /** as esbuild names it; empty when the message is about no file */
  file: string
  place: { line: number; column: number }
  text: string
}

/**
 * What a failed esbuild call found, with columns from 1.
 * @throws the error itself when it is not esbuild's
 */
export function esbuildMessages(error: unknown): Located[] {
  if (!(error instanceof Error && 'errors' in error)) throw error
  return (error as BuildFailure).errors.map(located)
}

export function located({ location, text }: Message): Located {
  return {
    file: location?.file ?? '',
    place: { line: location?.line ?? 1, column: (location?.column ?? 0) + 1 },
    text,
  }
}
