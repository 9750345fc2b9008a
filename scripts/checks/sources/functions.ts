import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { transform } from 'esbuild'
import { buildErrors } from '../../../project/build-errors'
import type { Problem } from '../../../project/diagnostic'
import { functionNames } from '../../../project/functions'
import { readJson } from '../../../project/read-json'
import { buildFunction } from '../../build/build-function'
import { type Check, errorAt } from '../check'

/**
 * Checks that every cloud function builds as `npm run build` does it, loads without any
 * configuration, and is written for the Node that will run it.
 */
export const functions: Check = { name: 'cloud functions build and load', run }

async function run(root: string): Promise<Problem[]> {
  const problems = await Promise.all(
    functionNames(path.join(root, 'cloudfunctions')).map((name) => functionProblems(root, name)),
  )
  return problems.flat()
}

async function functionProblems(root: string, name: string): Promise<Problem[]> {
  const file = `cloudfunctions/${name}/index.js`
  const bundle = path.join(root, file)
  const project = { root, cloudfunctionRoot: path.join(root, 'cloudfunctions') }
  try {
    await buildFunction(project, name)
  } catch (error) {
    return buildErrors(error).map(({ file: source, line, text }) =>
      errorAt(`${source}:${line}`, text, 'fix the source'),
    )
  }
  const problems = [
    [await whyNotLoaded(bundle), 'load nothing and call nothing at the top of a module'],
    [await whyTooNew(root, name, bundle), 'lower `target` in project/functions.ts'],
  ] as const
  return problems.flatMap(([problem, fix]) => (problem ? [errorAt(file, problem, fix)] : []))
}

const PROGRAM = `
  const { main } = require(process.argv[1])
  if (typeof main !== 'function') throw new Error('it exports no function main')
  process.exit()
`

/**
 * Loads a built cloud function in a process of its own, without its configuration.
 * @returns why that fails; undefined when it exports `main`
 */
function whyNotLoaded(bundle: string): Promise<string | undefined> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('WXPAY_')),
  )
  const options = { env, cwd: path.dirname(bundle), timeout: 60_000 }
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', PROGRAM, bundle], options, (error, _stdout, stderr) => {
      if (error === null) return resolve(undefined)
      const [message = error.message] = /^\w*Error\b.*$/m.exec(stderr) ?? []
      resolve(`does not load: ${message}`)
    })
  })
}

interface CloudbaseRc {
  functions?: { name: string; runtime?: string }[]
}

async function whyTooNew(root: string, name: string, bundle: string) {
  const { functions: entries = [] } = readJson<CloudbaseRc>(root, 'cloudbaserc.json')
  const runtime = entries.find((entry) => entry.name === name)?.runtime
  const [, node] = /^Nodejs([\d.]+)$/.exec(runtime ?? '') ?? []
  if (node === undefined) return undefined // function-settings.ts reports it
  const line = await newerSyntax(readFileSync(bundle, 'utf8'), node)
  return line && `is newer than Node ${node}, which will run it: ${line}`
}

/**
 * Returns the first line of a program that a version of Node cannot read, found by letting esbuild
 * write the program for it; undefined when that changes nothing.
 * @param node such as `18.15`
 */
export async function newerSyntax(code: string, node: string): Promise<string | undefined> {
  const [own, lowered] = await Promise.all(
    ['esnext', `node${node}`].map(async (target) => {
      return (await transform(code, { target, logLevel: 'silent' })).code.split('\n')
    }),
  )
  return own
    ?.find((line, index) => line !== lowered?.[index])
    ?.trim()
    .slice(0, 100)
}
