import { existsSync, readFileSync } from 'node:fs'
import { functionNames } from '../../project/functions'
import type { Project } from '../../project/project'
import { SourcePlaces, type SourcePlace } from '../../project/source-map'
import { CommandError } from '../command-line/command'
import { buildFiles, type BuildRecord } from './build-function'

const USAGE =
  'Use: npm run where -- index.js:LINE:COLUMN [BUILD], as they are in the log of a function: ' +
  'index.js:1:2345 pay-3f2a91c0. Without the build, every function is searched.'

/** A place in a built function, as a log names it. Line and column count from 1. */
export interface BuiltPlace {
  line: number
  column: number
  /** undefined if the log names no build */
  build: { id: string; name: string } | undefined
}

/**
 * Reads a place from a line of a function's log, or from a part of it.
 * @throws CommandError if it has no place
 */
export function readPlace(text: string): BuiltPlace {
  const place = /\bindex\.js:(\d+):(\d+)/.exec(text)
  if (!place) {
    const problem =
      text === '' ? 'No place is given' : `There is no index.js:LINE:COLUMN in ${text}`
    throw new CommandError(`${problem}. ${USAGE}`)
  }
  const [id, name] = /\b([a-z][\w-]*)-[0-9a-f]{8}\b/.exec(text) ?? []
  return {
    line: Number(place[1]),
    column: Number(place[2]),
    build: id !== undefined && name !== undefined ? { id, name } : undefined,
  }
}

/**
 * Finds the sources of a place in what `npm run build` wrote last.
 * @returns the place in each function that has one there, by the function's name
 * @throws CommandError if there is none, or the build is not that of the log
 */
export function findPlace(project: Project, place: BuiltPlace): Map<string, SourcePlace> {
  const names = place.build ? [place.build.name] : functionNames(project.cloudfunctionRoot)
  const found = new Map<string, SourcePlace>()
  for (const name of names) {
    const source = findIn(project, name, place)
    if (source) found.set(name, source)
  }
  if (found.size > 0) return found
  const who = place.build ? `${place.build.id} has no` : 'No function has a'
  throw new CommandError(
    `${who} source at line ${place.line}, column ${place.column}: compare it with the log.`,
  )
}

function findIn(
  project: Project,
  name: string,
  { line, column, build }: BuiltPlace,
): SourcePlace | undefined {
  const files = buildFiles(project, name)
  const places = SourcePlaces.read(files.map)
  if (!places || !existsSync(files.code) || !existsSync(files.record)) {
    const known = functionNames(project.cloudfunctionRoot)
    throw new CommandError(
      known.includes(name)
        ? `${name} is not built. Run npm run build with the sources that were uploaded.`
        : `There is no function ${name}, but ${known.join(', ')}.`,
    )
  }
  const record = JSON.parse(readFileSync(files.record, 'utf8')) as BuildRecord
  if (build && build.id !== record.build) {
    throw new CommandError(
      `The log is of ${build.id}, and the present build is ${record.build}. Check out the commit ` +
        'that was uploaded, then npm ci (it builds), and run this again.',
    )
  }
  const text = readFileSync(files.code, 'utf8').split('\n')[line - 1]
  return text !== undefined && column >= 1 && column <= text.length
    ? places.find(line, column)
    : undefined
}
