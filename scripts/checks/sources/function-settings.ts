import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Problem } from '../../../project/diagnostic'
import { TRIGGER_FIX, triggerProblem } from '../../../project/function-config'
import { functionNames } from '../../../project/functions'
import { openProject } from '../../../project/project'
import { readJson } from '../../../project/read-json'
import { type Check, errorAt } from '../check'

/** Checks that the folders that project.config.json names exist. */
export const projectFolders: Check = {
  name: 'folders of project.config.json',
  run(root) {
    openProject(root)
    return []
  },
}

/** Checks cloudbaserc.json, and package.json and config.json of every function. */
export const functionSettings: Check = { name: 'settings of the cloud functions', run }

const RC = 'cloudbaserc.json'

/** A function's entry in cloudbaserc.json (docs.cloudbase.net, CLI → 配置文件-云函数). */
interface Entry {
  name: string
  runtime?: string
  handler?: string
  /** seconds */
  timeout?: number
  installDependency?: boolean
  envVariables?: Record<string, unknown>
  triggers?: unknown[]
}

function run(root: string): Problem[] {
  const { functions = [] } = readJson<{ functions?: Entry[] }>(root, RC)
  const names = functionNames(path.join(root, 'cloudfunctions'))
  const listed = functions.map(({ name }) => name)
  return [
    ...names
      .filter((name) => !listed.includes(name))
      .map((name) => errorAt(RC, `does not list ${name}`, 'add it to "functions"')),
    ...listed
      .filter((name) => !names.includes(name))
      .map((name) =>
        errorAt(RC, `lists ${name}, which is not a folder`, 'remove it from "functions"'),
      ),
    ...functions.flatMap(entryProblems),
    ...names.flatMap((name) => packageProblems(root, name)),
    ...names.flatMap((name) => {
      const entry = functions.find((one) => one.name === name)
      return configProblems(root, name, entry)
    }),
  ]
}

const RUNTIMES = ['Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19']
/** A call of WeChat Pay may take this long; without a setting the platform allows 3 s. */
const LEAST_TIMEOUT = 20
/** The platform's limit. */
const MOST_TIMEOUT = 60
/** pay-reconcile starts orders for 20 s, and needs time to finish the last one. */
const RECONCILE_TIMEOUT = 60

function entryProblems({
  name,
  runtime,
  handler,
  timeout = 3,
  installDependency,
  envVariables,
}: Entry): Problem[] {
  const isTimeout = timeout >= LEAST_TIMEOUT && timeout <= MOST_TIMEOUT
  const rules: Array<[isRight: boolean, problem: string, fix: string]> = [
    [
      RUNTIMES.includes(runtime ?? ''),
      `${name} has the runtime ${runtime}`,
      `set one of ${RUNTIMES.join(', ')}`,
    ],
    [handler === 'index.main', `${name} has the handler ${handler}`, 'set index.main'],
    [
      isTimeout,
      `${name} has a timeout of ${timeout} s`,
      `set ${LEAST_TIMEOUT} to ${MOST_TIMEOUT} seconds`,
    ],
    [
      name !== 'pay-reconcile' || !isTimeout || timeout >= RECONCILE_TIMEOUT,
      `gives pay-reconcile ${timeout} s, which can end in the middle of an order`,
      `set ${RECONCILE_TIMEOUT}, in 云开发控制台 too: 云函数 → 配置 → 超时时间`,
    ],
    [
      installDependency === false,
      `${name} would have packages installed, but all are in its index.js`,
      'set "installDependency": false',
    ],
    [
      !isSecret(envVariables?.['WXPAY_KEY']),
      `has the APIv2密钥 in the envVariables of ${name}, and is in git`,
      'write {{env.WXPAY_KEY}} and set that variable where you deploy; if this was ever pushed, ' +
        'get a new one (pay.weixin.qq.com: 账户中心 → API安全 → APIv2密钥)',
    ],
  ]
  return rules.flatMap(([isRight, problem, fix]) => (isRight ? [] : [errorAt(RC, problem, fix)]))
}

/** Returns whether a variable holds a value, not a reference to a variable of the machine that deploys. */
const isSecret = (variable: unknown) =>
  typeof variable === 'string' && !/^\{\{env\.\w+\}\}$/.test(variable)

interface PackageJson {
  name?: string
  main?: string
  dependencies?: object
}

/** Checks a function's package.json. DevTools would install dependencies that index.js contains. */
function packageProblems(root: string, folder: string): Problem[] {
  const file = `cloudfunctions/${folder}/package.json`
  const { name, main, dependencies = {} } = readJson<PackageJson>(root, file)
  const wanted = { name: folder, main: 'index.js', dependencies: {} }
  if (isDeepStrictEqual({ name, main, dependencies }, wanted)) return []
  const problem = 'has another name or main, or has dependencies'
  return [
    errorAt(file, problem, `set "name": "${folder}", "main": "index.js", and no dependencies`),
  ]
}

/** config.json of a cloud function, which DevTools uploads with it (云函数 → config.json). */
interface ConfigJson {
  permissions?: { openapi?: unknown }
  triggers?: { name?: unknown; type?: unknown; config?: unknown }[]
}

function configProblems(root: string, name: string, entry: Entry | undefined): Problem[] {
  const file = `cloudfunctions/${name}/config.json`
  const { permissions, triggers = [], ...rest } = readJson<ConfigJson>(root, file)
  const { openapi = [], ...others } = permissions ?? {}
  const unknown = [...Object.keys(rest), ...Object.keys(others)]
  return [
    ...unknown.map((key) =>
      errorAt(
        file,
        `has a key that CloudBase does not know: ${key}`,
        'it knows "permissions": {"openapi": [...]} and "triggers": [...]',
      ),
    ),
    ...openapiProblems(file, name, openapi),
    ...triggerProblems(file, name, triggers, entry?.triggers ?? []),
  ]
}

/** The open APIs that each function calls. Its config.json must ask for them (云调用). */
const APIS: Readonly<Record<string, readonly string[]>> = {
  'pay-message': ['subscribeMessage.send'],
}

function openapiProblems(file: string, name: string, openapi: unknown): Problem[] {
  const asked: unknown[] = Array.isArray(openapi) ? openapi : []
  const isList = Array.isArray(openapi) && asked.every((api) => typeof api === 'string')
  return [
    ...(isList ? [] : [errorAt(file, 'openapi is not a list of names', 'list the names of APIs')]),
    ...(APIS[name] ?? [])
      .filter((api) => !asked.includes(api))
      .map((api) =>
        errorAt(
          file,
          `does not ask for ${api}, without which no message is sent`,
          `write "permissions": {"openapi": ["${api}"]}, and upload it with DevTools`,
        ),
      ),
  ]
}

type Triggers = NonNullable<ConfigJson['triggers']>

/** DevTools reads the triggers in config.json, the CLI those in cloudbaserc.json. */
function triggerProblems(
  file: string,
  name: string,
  triggers: Triggers,
  inCloudbaserc: unknown[],
): Problem[] {
  const problems = triggers.flatMap((trigger) => {
    const problem = triggerProblem(trigger)
    if (problem === undefined) return []
    return [errorAt(file, `has a wrong trigger: ${problem}`, TRIGGER_FIX)]
  })
  // Without its timer, nothing finishes the payments and refunds that shoppers leave unfinished.
  if (name === 'pay-reconcile' && triggers.length === 0) {
    const fix = 'git restore it, then in DevTools right-click the function: 上传触发器'
    problems.push(errorAt(file, 'has no timer', fix))
  }
  if (!isDeepStrictEqual(triggers, inCloudbaserc)) {
    const fix = 'write the same in both: DevTools reads one, tcb the other'
    problems.push(errorAt(RC, `${name} has other triggers than ${file}`, fix))
  }
  return problems
}
