import type { BuildFailure, Message } from 'esbuild'

/** A place in the sources that does not compile. Line and column count from 1. */
export interface BuildError {
  /** path inside the project, with forward slashes; empty if the error has no file */
  file: string
  line: number
  column: number
  text: string
}

/**
 * Returns the build errors of a failed esbuild call.
 * @throws the error itself if it is not esbuild's
 */
export function buildErrors(error: unknown): BuildError[] {
  if (!(error instanceof Error && 'errors' in error)) throw error
  return (error as BuildFailure).errors.map(buildError)
}

/** Converts one of esbuild's messages, whose columns count from 0. */
export function buildError({ location, text }: Message): BuildError {
  return {
    file: location?.file ?? '',
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    text,
  }
}
