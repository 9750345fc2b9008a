import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { functionNames } from '../../../project/functions'
import { buildEntry, buildFunction, type BuildFiles } from '../../../scripts/build/build-function'
import type { Backend } from '../../../simulator/backend'
import { project } from '../project'

/*
 * In jest's project `built` the tests run what `npm run build` would upload, elsewhere the bundles of
 * the simulator. The functions are built once for the whole run, into a temporary folder.
 */

/** Whether this test runs in the project `built`. */
export const isBuilt = (globalThis as { built?: boolean }).built === true

const FOLDER = 'BUILT_FUNCTIONS'

/** Builds every function before the first test. */
export async function buildAll(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'built-functions-'))
  process.env[FOLDER] = folder
  for (const name of functionNames(project.cloudfunctionRoot)) {
    await buildFunction(project, name, builtFiles(name))
  }
}

export function removeAll(): void {
  rmSync(process.env[FOLDER]!, { recursive: true, force: true })
}

/** Returns the files of a built function. */
export function builtFiles(name: string): BuildFiles {
  const folder = path.join(process.env[FOLDER]!, name)
  const file = (base: string) => path.join(folder, base)
  return { code: file('index.js'), map: file('map.json'), record: file('packages.json') }
}

/** Builds a source file, and what it imports, as a function is built. */
export async function buildSource(entry: string, outfile: string): Promise<void> {
  const { code } = await buildEntry(project, 'test', entry)
  mkdirSync(path.dirname(outfile), { recursive: true })
  writeFileSync(outfile, code)
}

/** Replaces every function of a simulator by what `npm run build` makes of it. */
export function useBuiltFunctions({ cloud }: Backend): void {
  for (const name of functionNames(project.cloudfunctionRoot)) {
    cloud.functions.replace(name, builtFiles(name).code)
  }
}
