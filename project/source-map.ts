import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'

/** A place in a source file. Line and column count from 1. */
export interface SourcePlace {
  /** as the source map names it */
  file: string
  line: number
  column: number
  /** the text of the line when it was bundled, without the spaces around it */
  text: string
}

/** Finds places of a bundle in its sources. */
export class SourcePlaces {
  readonly #map: SourceMap
  readonly #texts: ReadonlyMap<string, string>

  /** @param json the source map, which contains the sources */
  constructor(json: string) {
    const payload = JSON.parse(json) as SourceMapPayload
    this.#map = new SourceMap(payload)
    this.#texts = new Map(
      payload.sources.map((file, index) => [file, payload.sourcesContent[index] ?? '']),
    )
  }

  /** Returns the source map of a file, undefined if the file does not exist. */
  static read(file: string): SourcePlaces | undefined {
    return existsSync(file) ? new SourcePlaces(readFileSync(file, 'utf8')) : undefined
  }

  /** Returns where a place of the bundle comes from; undefined if it is the bundler's own code. */
  find(line: number, column: number): SourcePlace | undefined {
    const entry = this.#map.findEntry(line - 1, column - 1)
    if (!('originalSource' in entry)) return undefined
    const { originalSource: file, originalLine, originalColumn } = entry
    const text = this.#texts.get(file)?.split('\n')[originalLine]?.trim() ?? ''
    return { file, line: originalLine + 1, column: originalColumn + 1, text }
  }
}
