import { transformSync, type BuildFailure, type Loader } from 'esbuild'

/**
 * Where a text that does not parse is broken; nothing of it is quoted, since it may hold secrets.
 * @returns such as ` at line 3, column 9`; an empty text when it parses
 */
export function whereBroken(text: string, loader: Loader): string {
  try {
    transformSync(text, { loader, logLevel: 'silent' })
    return ''
  } catch (error) {
    const [location] = (error as BuildFailure).errors.map((one) => one.location)
    return location ? ` at line ${location.line}, column ${location.column + 1}` : ''
  }
}
