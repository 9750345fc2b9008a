import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import { wrong, type Finding } from './finding'

/** Anything as an object whose fields can be asked for. */
export const fieldsOf = (value: unknown) => Object(value) as Record<string, unknown>

/** Reads the project's own files in a checkout; what cannot be read is noted, once. */
export class Reader {
  readonly troubles: Finding[] = []

  constructor(readonly folder: string) {}

  /** The content of a JSON file; undefined when it cannot be read. */
  json(file: string): Promise<unknown> {
    return this.#read(file, 'JSON', (text) => JSON.parse(text) as unknown)
  }

  /** What a TypeScript file that imports nothing exports; undefined when it cannot be read. */
  typescript(file: string): Promise<Record<string, unknown> | undefined> {
    return this.#read(file, 'TypeScript that runs', async (text) => {
      const { code } = await transform(text, { loader: 'ts', format: 'cjs', logLevel: 'silent' })
      const module = { exports: {} }
      compileFunction(code, ['module'])(module)
      return module.exports
    })
  }

  async #read<T>(
    file: string,
    kind: string,
    parse: (text: string) => T | Promise<T>,
  ): Promise<T | undefined> {
    const trouble = (text: string) => {
      this.troubles.push(wrong(file, text, `git restore ${file}, or mend it by hand`))
      return undefined
    }
    const text = await readFile(path.join(this.folder, file), 'utf8').catch(() => undefined)
    if (text === undefined) return trouble('is missing or cannot be read')
    try {
      return await parse(text)
    } catch {
      return trouble(`is not ${kind}`)
    }
  }
}
