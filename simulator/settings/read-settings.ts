import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type Problem, projectError, ProjectError } from '../../project/diagnostic'
import { functionNames } from '../../project/functions'
import { isFieldKey } from '../../project/message-fields'
import { isPlainObject } from '../../project/plain-object'
import type { Project } from '../../project/project'
import { type JsonPath, type JsonSource, locationOf, readJsonSource } from '../../project/read-json'
import { PLACEHOLDER_NAMES, unknownPlaceholder } from './placeholders'
import { schema, type Settings } from './schema'

/** The settings committed with the project. */
const SHARED = 'simulator.json'
/** A developer's own settings, ignored by git: their values replace those of the shared file. */
const LOCAL = 'simulator.local.json'

/**
 * Reads simulator.json of a project, overridden by simulator.local.json. Both files may be absent.
 * @throws ProjectError that names every unknown key and bad value, with its file and line
 */
export function readSettings(project: Project): Settings {
  // The local file comes first: it overrides the shared one, and a problem is reported where the
  // effective value is
  const sources = [LOCAL, SHARED].flatMap((file) => readSource(project.root, file) ?? [])
  const content = sources.reduceRight<unknown>((all, source) => merge(all, source.content), {})
  const parsed = schema.safeParse(content)
  const problems = parsed.success
    ? [
        ...placeholderProblems(content, [], sources),
        ...missingFiles(parsed.data, project, sources),
        ...wrongNames(parsed.data, project, sources),
      ]
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, sources))
  if (problems.length > 0) throw new ProjectError(problems)
  return parsed.data!
}

function readSource(root: string, file: string): JsonSource | undefined {
  if (!existsSync(path.join(root, file))) return undefined
  const source = readJsonSource(root, file)
  if (isPlainObject(source.content)) return source
  throw projectError(`${file}:1`, 'is not an object', 'write { "collections": … }')
}

/** Merges objects key by key; replaces every other value as a whole. */
function merge(base: unknown, over: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(over)) return over
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])]
  return Object.fromEntries(
    keys.map((key) => [key, key in over ? merge(base[key], over[key]) : base[key]]),
  )
}

function problemsOf(issue: z.core.$ZodIssue, sources: readonly JsonSource[]): Problem[] {
  const at = issue.path as JsonPath
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schemaAt(at).properties ?? {}).join(', ')
    const fix = known === '' ? 'delete it' : `delete it, or write one of ${known}`
    return issue.keys.map((key) =>
      problem(sources, [...at, key], `the key ${key} is not a known setting`, fix),
    )
  }
  const { description = 'see simulator/settings/simulator.schema.json' } = schemaAt(at)
  const expected =
    issue.code === 'invalid_type' ? `write a value of the type ${issue.expected}: ` : ''
  return [problem(sources, at, `${at.join('.')}: ${issue.message}`, expected + description)]
}

function placeholderProblems(
  value: unknown,
  at: JsonPath,
  sources: readonly JsonSource[],
): Problem[] {
  if (typeof value === 'string') {
    const name = unknownPlaceholder(value)
    if (name === undefined) return []
    const fix = `use one of ${PLACEHOLDER_NAMES.map((known) => `{{${known}}}`).join(', ')}`
    return [problem(sources, at, `${at.join('.')}: there is no placeholder {{${name}}}`, fix)]
  }
  if (typeof value !== 'object' || value === null) return []
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([key, item]) => placeholderProblems(item, [...at, key], sources))
}

/** Returns a problem for each setting that names a file that does not exist. */
function missingFiles(
  { collections, storage, modules }: Settings,
  { root, miniprogramRoot }: Project,
  sources: readonly JsonSource[],
): Problem[] {
  const replaced = Object.keys(modules)
    .filter((name) => !existsSync(path.join(miniprogramRoot, name)))
    .map((name) => {
      const what = `modules: the mini program has no ${name}`
      return problem(sources, ['modules', name], what, 'correct the path, or delete it')
    })
  const files: [JsonPath, string | undefined][] = [
    ...Object.entries(collections).flatMap(([name, entry]) =>
      (['permissions', 'indexes', 'seed'] as const).map((key): [JsonPath, string | undefined] => [
        ['collections', name, key],
        entry[key],
      ]),
    ),
    ...Object.entries(storage).map(([prefix, folder]): [JsonPath, string] => [
      ['storage', prefix],
      folder,
    ]),
  ]
  const missing = files
    .filter(([, file]) => file !== undefined && !existsSync(path.join(root, file)))
    .map(([at, file]) =>
      problem(sources, at, `${at.join('.')}: there is no ${file}`, 'correct the path, or add it'),
    )
  return [...replaced, ...missing]
}

/**
 * Returns a problem for each setting that names an unknown function, collection or template key.
 */
function wrongNames(
  { warmFunctions, httpRoutes, orders, collections, templates }: Settings,
  { cloudfunctionRoot }: Project,
  sources: readonly JsonSource[],
): Problem[] {
  const functions = functionNames(cloudfunctionRoot)
  const named: [JsonPath, string][] = [
    ...warmFunctions.map((name, n): [JsonPath, string] => [['warmFunctions', n], name]),
    ...Object.entries(httpRoutes).map(([route, name]): [JsonPath, string] => [
      ['httpRoutes', route],
      name,
    ]),
  ]
  const unknownFunctions = named
    .filter(([, name]) => !functions.includes(name))
    .map(([at, name]) => {
      const what = `${at.join('.')}: there is no function ${name}`
      return problem(sources, at, what, `write one of ${functions.join(', ')}`)
    })
  const names = Object.keys(collections)
  const unknownCollection =
    orders === undefined || names.includes(orders.collection)
      ? []
      : [
          problem(
            sources,
            ['orders', 'collection'],
            `orders.collection: there is no collection ${orders.collection}`,
            `write one of ${names.join(', ')}`,
          ),
        ]
  const wrongKeys = templates.flatMap(({ fields }, n) =>
    Object.keys(fields)
      .filter((key) => !isFieldKey(key))
      .map((key) => {
        const what = `templates.${n}.fields: ${key} is not a key of a template`
        return problem(sources, ['templates', n, 'fields', key], what, 'write one like thing1')
      }),
  )
  return [...unknownFunctions, ...unknownCollection, ...wrongKeys]
}

/** Builds the problem of a value, with the file and line that the value comes from. */
function problem(sources: readonly JsonSource[], at: JsonPath, what: string, fix: string): Problem {
  const [where] = sources.flatMap((source) => locationOf(source, at) ?? [])
  // A missing key has no line: the object that lacks it is named instead
  if (where === undefined && at.length > 0) return problem(sources, at.slice(0, -1), what, fix)
  return { severity: 'error', where: where ?? SHARED, problem: what, fix }
}

interface JsonSchema {
  description?: string
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema
  items?: JsonSchema
}

/** Returns the part of the JSON schema that describes the value at a path. */
function schemaAt(at: JsonPath): JsonSchema {
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
