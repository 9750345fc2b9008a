import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { project } from './project'

/** One import of a source, including types and what is loaded later (`await import`). */
export interface Import {
  /** the importing file and the imported one, as project paths with forward slashes */
  from: string
  to: string
  typeOnly: boolean
}

const PARTS = ['cloudfunctions', 'miniprogram', 'project', 'scripts', 'simulator', 'typings']

/** Every TypeScript file of the project except its tests. */
export const sourceFiles: readonly string[] = PARTS.flatMap((part) =>
  readdirSync(path.join(project.root, part), { recursive: true, encoding: 'utf8' })
    .map((file) => `${part}/${file.split(path.sep).join('/')}`)
    .filter((file) => /\.c?ts$/.test(file) && !file.includes('node_modules/')),
)
const KNOWN_FILES = new Set(sourceFiles)

const STATEMENT = /(?:^(?:import|export)( type)?\s(?:[^'"]*?from )?|await import\()'(\.[^']*)'/gm

/** Every import between sources. */
export const imports: readonly Import[] = sourceFiles.flatMap((from) => {
  const text = readFileSync(path.join(project.root, from), 'utf8')
  return [...text.matchAll(STATEMENT)].map(([, type, target = '']) => ({
    from,
    to: resolve(from, target),
    typeOnly: type !== undefined,
  }))
})

function resolve(from: string, target: string): string {
  const base = path.posix.join(path.posix.dirname(from), target)
  // A .cjs file is known by its types
  const types = base.replace(/\.cjs$/, '.d.cts')
  const found = [`${base}.ts`, `${base}/index.ts`, `${base}.d.ts`, types].find((file) =>
    KNOWN_FILES.has(file),
  )
  if (found === undefined) throw new Error(`${from} imports ${target}, which does not exist`)
  return found
}

/** Returns a cycle as a list whose last element is its first; undefined when there is none. */
export function findCircle(edges: Iterable<readonly [string, string]>): string[] | undefined {
  const targets = new Map<string, string[]>()
  for (const [from, to] of edges) targets.set(from, [...(targets.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (node: string, above: string[]): string[] | undefined => {
    if (above.includes(node)) return [...above.slice(above.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const target of targets.get(node) ?? []) {
      const found = visit(target, [...above, node])
      if (found) return found
    }
    done.add(node)
    return undefined
  }
  for (const node of targets.keys()) {
    const found = visit(node, [])
    if (found) return found
  }
  return undefined
}
