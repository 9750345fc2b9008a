import { transform } from 'esbuild'
import { buildErrors } from '../../../project/build-errors'
import type { Sources } from './sources'

export type Json = Record<string, unknown>

/** Reads a JSON file that must hold an object; `undefined` when it does not, which is then reported. */
export async function readJson(sources: Sources, file: string): Promise<Json | undefined> {
  const text = sources.text(file)
  try {
    // esbuild, because JSON.parse does not always say where it stopped
    await transform(text, { loader: 'json', sourcefile: file, logLevel: 'silent' })
  } catch (error) {
    for (const found of buildErrors(error)) sources.problem(file, found, found.text)
    return undefined
  }
  const value: unknown = JSON.parse(text)
  if (isObject(value)) return value
  sources.problem(file, 0, 'An object is expected here')
  return undefined
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
