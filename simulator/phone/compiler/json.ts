import { transform } from 'esbuild'
import { buildErrors } from '../../../project/build-errors'
import type { Sources } from './sources'

export type Json = Record<string, unknown>

/** Reads a JSON file that must hold an object. Reports any other content and returns `undefined`. */
export async function readJson(sources: Sources, file: string): Promise<Json | undefined> {
  const text = sources.text(file)
  try {
    // esbuild checks the syntax, because JSON.parse does not always report the position of an error.
    await transform(text, { loader: 'json', sourcefile: file, logLevel: 'silent' })
  } catch (error) {
    for (const found of buildErrors(error)) sources.report(file, found, found.text)
    return undefined
  }
  const value: unknown = JSON.parse(text)
  if (isObject(value)) return value
  sources.report(file, 0, 'An object is expected here')
  return undefined
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
