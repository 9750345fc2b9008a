import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundleFunction, functionNames } from '../../project/functions'
import { buildEntry, buildFunction } from '../../scripts/build/build-function'
import { project } from './project'
import { once } from './run/once'

/*
 * In jest's project `built` the tests run what `npm run build` would upload, elsewhere the bundles of
 * the simulator. Both are made once for the whole run.
 */

/** Whether this test runs in the project `built`. */
export const isBuilt = (globalThis as { built?: boolean }).built === true

/** Returns the file of every function of the shop. */
export async function functionFiles(): Promise<Record<string, string>> {
  const names = functionNames(project.cloudfunctionRoot)
  const make = (name: string, file: string): Promise<unknown> =>
    isBuilt ? buildInto(name, file) : bundleFunction(project, name, file)
  const folder = await once(isBuilt ? 'built-functions' : 'functions', (folder) =>
    Promise.all(names.map((name) => make(name, path.join(folder, name, 'index.js')))),
  )
  return Object.fromEntries(names.map((name) => [name, path.join(folder, name, 'index.js')]))
}

async function buildInto(name: string, code: string): Promise<void> {
  const file = (base: string) => path.join(path.dirname(code), base)
  await buildFunction(project, name, { code, map: file('map.json'), record: file('packages.json') })
}

/** Builds a source file, and what it imports, as a function is built. */
export async function buildSource(entry: string, outfile: string): Promise<void> {
  const { code } = await buildEntry(project, 'test', entry)
  mkdirSync(path.dirname(outfile), { recursive: true })
  writeFileSync(outfile, code)
}
