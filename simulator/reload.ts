import path from 'node:path'
import type { BuildError } from '../project/build-errors'
import { type Problem, ProjectError } from '../project/diagnostic'

/** A part of the project that takes effect again when one of its files is saved. */
export interface ReloadedPart {
  /** absolute paths of its files, or of folders with them */
  files: string[]
  /**
   * Reads the files and applies them.
   * @throws ProjectError when something in them is wrong; then what was applied last stays
   */
  apply(): void | Promise<void>
}

/** Applies the parts of a project again when they are saved, and keeps what is wrong with them. */
export class Reloader {
  readonly #parts: readonly ReloadedPart[]
  readonly #problems = new Map<ReloadedPart, readonly Problem[]>()

  constructor(parts: readonly ReloadedPart[]) {
    this.#parts = parts
  }

  /**
   * Applies every part that has one of the saved files. A part with a problem changes nothing.
   * @param saved absolute paths
   * @returns whether anything was applied
   */
  async reload(saved: readonly string[]): Promise<boolean> {
    const changed = this.#parts.filter(({ files }) =>
      files.some((file) => saved.some((one) => one === file || one.startsWith(file + path.sep))),
    )
    const applied = await Promise.all(changed.map((part) => this.#apply(part)))
    return applied.includes(true)
  }

  /** Returns what is wrong with the files now, each once. */
  errors(): BuildError[] {
    const problems = [...this.#problems.values()].flat()
    return [...new Map(problems.map((one) => [`${one.where} ${one.problem}`, one])).values()].map(
      buildErrorOf,
    )
  }

  async #apply(part: ReloadedPart): Promise<boolean> {
    try {
      await part.apply()
      this.#problems.delete(part)
      return true
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error
      this.#problems.set(part, error.problems)
      return false
    }
  }
}

/** Converts a problem, whose `where` is a file, perhaps with a line. */
function buildErrorOf({ where, problem, fix }: Problem): BuildError {
  const [, file = where, line = '1'] = /^(.*?)(?::(\d+))?$/.exec(where) ?? []
  return { file, line: Number(line), column: 1, text: `${problem} → ${fix}` }
}
