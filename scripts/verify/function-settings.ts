import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { functionNames } from '../../project/functions'
import type { Check, Fault } from './check'
import { faultsOfConfig, type ConfigJson } from './function-config'
import { readJson } from './files'

/** A function's entry in cloudbaserc.json (docs.cloudbase.net, CLI → 配置文件-云函数). */
interface Entry {
  name: string
  runtime?: string
  handler?: string
  /** seconds */
  timeout?: number
  installDependency?: boolean
  triggers?: unknown[]
}

const RUNTIMES = ['Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19']
/** A call of WeChat Pay may take this long; without a setting the platform allows 3 s. */
const LEAST_TIMEOUT = 20
/** The platform's limit. */
const MOST_TIMEOUT = 60

/** cloudbaserc.json, and package.json and config.json of every function. */
export const functionSettings: Check = { name: 'settings of the cloud functions', run }

function run(root: string): Fault[] {
  const { functions = [] } = readJson<{ functions?: Entry[] }>(root, 'cloudbaserc.json')
  const names = functionNames(path.join(root, 'cloudfunctions'))
  const listed = functions.map(({ name }) => name)
  return [
    ...names
      .filter((name) => !listed.includes(name))
      .map((name) => rcFault(`does not list ${name}`, 'add it to "functions"')),
    ...listed
      .filter((name) => !names.includes(name))
      .map((name) => rcFault(`lists ${name}, which is no folder`, 'take it out of "functions"')),
    ...functions.flatMap(faultsOfEntry),
    ...names.flatMap((name) => faultsOfPackage(root, name)),
    ...names.flatMap((name) =>
      faultsOfConfigFile(
        root,
        name,
        functions.find((entry) => entry.name === name),
      ),
    ),
  ]
}

function faultsOfEntry({ name, runtime, handler, timeout = 3, installDependency }: Entry): Fault[] {
  const rules: Array<[isRight: boolean, problem: string, remedy: string]> = [
    [
      RUNTIMES.includes(runtime ?? ''),
      `${name} has the runtime ${runtime}`,
      `set one of ${RUNTIMES.join(', ')}`,
    ],
    [handler === 'index.main', `${name} has the handler ${handler}`, 'set index.main'],
    [
      timeout >= LEAST_TIMEOUT && timeout <= MOST_TIMEOUT,
      `${name} has a timeout of ${timeout} s`,
      `set ${LEAST_TIMEOUT} to ${MOST_TIMEOUT} seconds`,
    ],
    [
      installDependency === false,
      `${name} would have packages installed, but all are in its index.js`,
      'set "installDependency": false',
    ],
  ]
  return rules
    .filter(([isRight]) => !isRight)
    .map(([, problem, remedy]) => rcFault(problem, remedy))
}

interface PackageJson {
  name?: string
  main?: string
  dependencies?: object
}

/** DevTools would install its dependencies, beside an index.js that holds them already. */
function faultsOfPackage(root: string, folder: string): Fault[] {
  const file = `cloudfunctions/${folder}/package.json`
  const { name, main, dependencies = {} } = readJson<PackageJson>(root, file)
  const wanted = { name: folder, main: 'index.js', dependencies: {} }
  if (isDeepStrictEqual({ name, main, dependencies }, wanted)) return []
  const problem = 'has another name or main, or has dependencies'
  return [{ file, problem, remedy: `set "name": "${folder}", "main": "index.js", no more` }]
}

/** What a function calls and may only call when its config.json asks for it (云调用). */
const APIS: Readonly<Record<string, readonly string[]>> = {
  'pay-message': ['subscribeMessage.send'],
}

function missingApis(name: string, file: string, { permissions }: ConfigJson): Fault[] {
  const { openapi } = permissions ?? {}
  const asked: unknown[] = Array.isArray(openapi) ? openapi : []
  return (APIS[name] ?? [])
    .filter((api) => !asked.includes(api))
    .map((api) => ({
      file,
      problem: `does not ask for ${api}, without which no message is sent`,
      remedy: `write "permissions": {"openapi": ["${api}"]}, and upload it with DevTools`,
    }))
}

function faultsOfConfigFile(root: string, name: string, entry: Entry | undefined): Fault[] {
  const file = `cloudfunctions/${name}/config.json`
  const config = readJson<ConfigJson>(root, file)
  const faults = [...faultsOfConfig(file, config), ...missingApis(name, file, config)]
  if (isDeepStrictEqual(config.triggers ?? [], entry?.triggers ?? [])) return faults
  const problem = `${name} has other triggers than ${file}`
  return [...faults, rcFault(problem, 'write the same in both: DevTools reads one, tcb the other')]
}

const rcFault = (problem: string, remedy: string): Fault => ({
  file: 'cloudbaserc.json',
  problem,
  remedy,
})
