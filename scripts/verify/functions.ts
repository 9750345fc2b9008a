import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildErrors } from '../../project/build-errors'
import { bundleFunction, functionNames } from '../../project/functions'
import type { Check, Fault } from './check'
import { newerSyntax, whyNotLoaded } from './bundle'
import { readJson } from './files'

/**
 * Every cloud function is built as `npm run build` does it, loads without any configuration, and
 * is in the language of the Node that will run it.
 */
export const functions: Check = { name: 'cloud functions build and load', run }

async function run(root: string): Promise<Fault[]> {
  const faults = await Promise.all(
    functionNames(path.join(root, 'cloudfunctions')).map((name) => faultsOf(root, name)),
  )
  return faults.flat()
}

async function faultsOf(root: string, name: string): Promise<Fault[]> {
  const file = `cloudfunctions/${name}/index.js`
  const bundle = path.join(root, file)
  try {
    await bundleFunction(
      { root, cloudfunctionRoot: path.join(root, 'cloudfunctions') },
      name,
      bundle,
    )
  } catch (error) {
    return buildErrors(error).map(({ file: source, line, text }) => ({
      file: `${source}:${line}`,
      problem: text,
      remedy: 'mend the source',
    }))
  }
  const problems = [
    [await whyNotLoaded(bundle), 'load nothing and call nothing at the top of a module'],
    [await languageProblem(root, name, bundle), 'lower `target` in project/functions.ts'],
  ] as const
  return problems.flatMap(([problem, remedy]) => (problem ? [{ file, problem, remedy }] : []))
}

interface CloudBaseRc {
  functions?: { name: string; runtime?: string }[]
}

async function languageProblem(root: string, name: string, bundle: string) {
  const { functions = [] } = readJson<CloudBaseRc>(root, 'cloudbaserc.json')
  const runtime = functions.find((entry) => entry.name === name)?.runtime
  const [, node] = /^Nodejs([\d.]+)$/.exec(runtime ?? '') ?? []
  if (node === undefined) return undefined // function-settings.ts says so
  const line = await newerSyntax(readFileSync(bundle, 'utf8'), node)
  return line && `is newer than Node ${node}, which will run it: ${line}`
}
