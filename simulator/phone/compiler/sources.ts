import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { BuildError } from '../../../project/build-errors'

/** A position in a file: an offset into its text, or a line and a column, both from 1. */
export type Place = number | { line: number; column: number }

/** The mini program's files and the problems found in them. File names are relative, with slashes. */
export class Sources {
  readonly files: ReadonlySet<string>
  readonly problems: BuildError[] = []
  readonly #texts = new Map<string, string>()

  constructor(readonly dir: string) {
    this.files = new Set(walk(dir))
  }

  has(file: string): boolean {
    return this.files.has(file)
  }

  /** Returns the first existing file with this name and one of the extensions. */
  find(file: string, extensions: string[]): string | undefined {
    return extensions.map((extension) => file + extension).find((name) => this.has(name))
  }

  withExtension(extension: string): string[] {
    return [...this.files].filter((file) => file.endsWith(extension))
  }

  text(file: string): string {
    const text = this.#texts.get(file) ?? readFileSync(this.absolute(file), 'utf8')
    this.#texts.set(file, text)
    return text
  }

  absolute(file: string): string {
    return path.join(this.dir, ...file.split('/'))
  }

  report(file: string, place: Place, text: string): void {
    const { line, column } = typeof place === 'number' ? this.#position(file, place) : place
    this.problems.push({ file: `${path.basename(this.dir)}/${file}`, line, column, text })
  }

  #position(file: string, offset: number): { line: number; column: number } {
    if (!this.has(file)) return { line: 1, column: 1 }
    const before = this.text(file).slice(0, Math.max(0, offset)).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1 }
  }
}

/** Resolves a reference in the file `from`: from the root with a leading slash, else relative to `from`. */
export function resolveFrom(from: string, reference: string): string {
  return reference.startsWith('/')
    ? path.posix.normalize(reference.slice(1))
    : path.posix.join(path.posix.dirname(from), reference)
}

function walk(dir: string, prefix = ''): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const name = prefix + entry.name
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
    return entry.isDirectory() ? walk(path.join(dir, entry.name), `${name}/`) : [name]
  })
}
