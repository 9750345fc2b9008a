import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  findNodeAtLocation,
  type Node,
  parseTree,
  printParseErrorCode,
  type ParseError,
} from 'jsonc-parser'
import { z } from 'zod'
import { type Problem, projectError, ProjectError } from '../../project/diagnostic'
import { isPlainObject } from '../../project/plain-object'
import type { Project } from '../../project/project'
import { placeholderNames, unknownPlaceholder } from './placeholders'
import { schema, type Settings } from './schema'

/** Committed with the project. */
const SHARED = 'simulator.json'
/** A developer's own, ignored by git: its values replace those of the other file. */
const LOCAL = 'simulator.local.json'

type Path = readonly (string | number)[]

/** A settings file, with the place of every value in it. */
interface Source {
  file: string
  text: string
  tree: Node | undefined
  content: unknown
}

/**
 * Reads simulator.json of a project, with the values of simulator.local.json over it. Both may be
 * absent.
 * @throws ProjectError that names every unknown key and bad value, with its file and line
 */
export function readSettings({ root }: Project): Settings {
  // The local file first: what it says is what counts, and what is wrong with it is shown there.
  const sources = [LOCAL, SHARED].flatMap((file) => readSource(root, file) ?? [])
  const content = sources.reduceRight<unknown>((all, source) => merge(all, source.content), {})
  const parsed = schema.safeParse(content)
  const problems = parsed.success
    ? [...placeholderProblems(content, [], sources), ...missingFiles(parsed.data, root, sources)]
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, sources))
  if (problems.length > 0) throw new ProjectError(problems)
  return parsed.data!
}

function readSource(root: string, file: string): Source | undefined {
  const absolute = path.join(root, file)
  if (!existsSync(absolute)) return undefined
  const text = readFileSync(absolute, 'utf8')
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const [first] = errors
  if (first || tree === undefined) {
    const where = `${file}:${lineAt(text, first?.offset ?? 0)}`
    const what = first ? printParseErrorCode(first.error) : 'it is empty'
    throw projectError(where, `is not JSON (${what})`, 'fix the JSON at this line')
  }
  const content: unknown = JSON.parse(text)
  if (isPlainObject(content)) return { file, text, tree, content }
  throw projectError(`${file}:1`, 'is not an object', 'write { "collections": … }')
}

/** Objects are merged key by key; every other value is replaced as a whole. */
function merge(base: unknown, over: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(over)) return over
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])]
  return Object.fromEntries(
    keys.map((key) => [key, key in over ? merge(base[key], over[key]) : base[key]]),
  )
}

function problemsOf(issue: z.core.$ZodIssue, sources: readonly Source[]): Problem[] {
  const at = issue.path as Path
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schemaAt(at).properties ?? {}).join(', ')
    const fix = known === '' ? 'delete it' : `delete it, or write one of ${known}`
    return issue.keys.map((key) =>
      problem(sources, [...at, key], `the key ${key} is not a known setting`, fix),
    )
  }
  const key = at.join('.')
  const { description = 'see simulator/settings/simulator.schema.json' } = schemaAt(at)
  return [problem(sources, at, `${key}: ${issue.message}`, description)]
}

function placeholderProblems(value: unknown, at: Path, sources: readonly Source[]): Problem[] {
  if (typeof value === 'string') {
    const name = unknownPlaceholder(value)
    if (name === undefined) return []
    const fix = `use one of ${placeholderNames.map((known) => `{{${known}}}`).join(', ')}`
    return [problem(sources, at, `${at.join('.')}: there is no placeholder {{${name}}}`, fix)]
  }
  if (typeof value !== 'object' || value === null) return []
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([key, item]) => placeholderProblems(item, [...at, key], sources))
}

function missingFiles(
  { collections, storage }: Settings,
  root: string,
  sources: readonly Source[],
): Problem[] {
  const files: [Path, string | undefined][] = [
    ...Object.entries(collections).flatMap(([name, entry]) =>
      (['permissions', 'indexes', 'seed'] as const).map((key): [Path, string | undefined] => [
        ['collections', name, key],
        entry[key],
      ]),
    ),
    ...Object.entries(storage).map(([prefix, folder]): [Path, string] => [
      ['storage', prefix],
      folder,
    ]),
  ]
  return files
    .filter(([, file]) => file !== undefined && !existsSync(path.join(root, file)))
    .map(([at, file]) =>
      problem(sources, at, `${at.join('.')}: there is no ${file}`, 'correct the path, or add it'),
    )
}

/** The problem at a value, in the file that the value comes from. */
function problem(sources: readonly Source[], at: Path, what: string, fix: string): Problem {
  const [where] = sources.flatMap((source) => placeOf(source, at) ?? [])
  // A key that is missing has no place of its own: the object that lacks it has one.
  if (where === undefined && at.length > 0) return problem(sources, at.slice(0, -1), what, fix)
  return { severity: 'error', where: where ?? SHARED, problem: what, fix }
}

function placeOf({ file, text, tree }: Source, at: Path): string | undefined {
  const node = tree && findNodeAtLocation(tree, [...at])
  if (!node) return undefined
  // A value's parent is its property, which begins with the key.
  const from = node.parent?.type === 'property' ? node.parent : node
  return `${file}:${lineAt(text, from.offset)}`
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

interface JsonSchema {
  description?: string
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema
  items?: JsonSchema
}

/** The part of the JSON schema that describes the value at a path. */
function schemaAt(at: Path): JsonSchema {
  let found = jsonSchema() as JsonSchema
  for (const key of at) {
    const next = typeof key === 'number' ? found.items : found.properties?.[key]
    found = next ?? found.additionalProperties ?? {}
  }
  return found
}

/** Returns the JSON schema of simulator.json, which simulator.schema.json holds for editors. */
export function jsonSchema(): object {
  return z.toJSONSchema(schema, { io: 'input' })
}
