import { readFileSync } from 'node:fs'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import { UnreadableFile } from '../verify/check'
import { isFile, readJson } from '../verify/files'
import { wrong, type Finding } from './finding'
import { whereBroken } from './syntax'

/** Anything as an object whose fields can be asked for. */
export const fieldsOf = (value: unknown) => Object(value) as Record<string, unknown>

/** Reads the project's own files in a checkout; what cannot be read is noted, once. */
export class Reader {
  readonly troubles: Finding[] = []

  constructor(readonly folder: string) {}

  /** The content of a JSON file; undefined when it cannot be read. */
  json(file: string): unknown {
    try {
      return readJson<unknown>(this.folder, file)
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      this.troubles.push(wrong(file, error.fault.problem, error.fault.remedy))
      return undefined
    }
  }

  /** What a TypeScript file that imports nothing exports; undefined when it cannot be read. */
  async typescript(file: string): Promise<Record<string, unknown> | undefined> {
    const place = path.join(this.folder, file)
    if (!isFile(place)) return this.#note(file, 'is missing', `git restore ${file}`)
    const text = readFileSync(place, 'utf8')
    try {
      const { code } = await transform(text, { loader: 'ts', format: 'cjs', logLevel: 'silent' })
      const module = { exports: {} }
      compileFunction(code, ['module'])(module)
      return module.exports
    } catch (error) {
      const why = whereBroken(text, 'ts') || ` (${String(fieldsOf(error)['name'])})`
      return this.#note(file, `does not run${why}`, 'are all values in quotes? compare it with git')
    }
  }

  #note(file: string, problem: string, mend: string): undefined {
    this.troubles.push(wrong(file, problem, mend))
  }
}
