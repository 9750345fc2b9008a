import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  findNodeAtLocation,
  type Node,
  parseTree,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser'
import { projectError } from './diagnostic'

/** A JSON file, with the position of every value in it. */
export interface JsonSource {
  /** path inside the project, with forward slashes */
  file: string
  text: string
  tree: Node
  content: unknown
}

/**
 * Reads a JSON file of a project. Its shape is not checked.
 * @param root the project's folder
 * @param file path inside the project, with forward slashes
 * @throws ProjectError if the file is missing, or is not JSON (with the line)
 */
export function readJson<T>(root: string, file: string): T {
  if (!existsSync(path.join(root, file))) {
    throw projectError(file, 'is missing', 'restore it from git')
  }
  return readJsonSource(root, file).content as T
}

/**
 * Reads a JSON file with the position of every value.
 * @throws ProjectError if the file is not JSON (with the line)
 */
export function readJsonSource(root: string, file: string): JsonSource {
  const text = readFileSync(path.join(root, file), 'utf8')
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const [first] = errors
  if (first || tree === undefined) {
    const where = `${file}:${lineAt(text, first?.offset ?? 0)}`
    const what = first ? toWords(printParseErrorCode(first.error)) : 'it is empty'
    throw projectError(where, `is not JSON: ${what}`, 'fix the JSON at this line')
  }
  return { file, text, tree, content: JSON.parse(text) as unknown }
}

/** The keys and indexes that lead to a value. */
export type JsonPath = readonly (string | number)[]

/** Returns the file and line of the value at a path, or of the innermost object on it that exists. */
export function placeOf(source: JsonSource, at: JsonPath): string {
  return locationOf(source, at) ?? placeOf(source, at.slice(0, -1))
}

/** Returns the file and line of the value at a path; undefined if there is none. */
export function locationOf({ file, text, tree }: JsonSource, at: JsonPath): string | undefined {
  const node = findNodeAtLocation(tree, [...at])
  if (!node) return undefined
  // A value's parent node is its property, which begins with the key
  const from = node.parent?.type === 'property' ? node.parent : node
  return `${file}:${lineAt(text, from.offset)}`
}

/** Converts a code to words: `CloseBraceExpected` to `close brace expected`. */
const toWords = (code: string) => code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase()

/** Returns the line at an offset in a text, counted from 1. */
export const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length
