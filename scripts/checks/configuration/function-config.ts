import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, type ConfigProblem } from '../../../cloudfunctions/pay/src/errors'
import type { Diagnostic, Problem } from '../../../project/diagnostic'
import { errorAt, okAt, warningAt } from '../check'
import { fieldsOf, isFile, syntaxErrorPlace } from '../project-files'

/** The configuration of one function, as the deployer wrote it and as the function reads it. */
export interface FunctionConfig<Config> {
  /** where the deployer changes a setting, or the file as a whole */
  where: (setting?: string) => string
  /** what the deployer wrote; undefined if the file is missing or cannot be loaded */
  written: Record<string, unknown> | undefined
  /** config/example.js */
  example: Record<string, unknown>
  /** what the function itself finds wrong */
  problems: readonly ConfigProblem[]
  /** what the function works with; undefined when it finds problems, or has nothing to do */
  config: Config | undefined
}

/** The prefix of a function's environment variables. If WXPAY_MCHID is set, no file is read. */
export const PREFIX = 'WXPAY_'

export const usesEnvironment = (env: NodeJS.ProcessEnv) => env[`${PREFIX}MCHID`] !== undefined

/**
 * Reads the configuration of a function.
 * @param root the project's folder
 * @param name the function's folder in cloudfunctions/
 * @param readConfig the function's own reader, so that the doctor and the function always agree
 */
export function readFunctionConfig<Config>(
  root: string,
  name: string,
  env: NodeJS.ProcessEnv,
  readConfig: (folder: string, env: NodeJS.ProcessEnv) => Config | undefined,
): FunctionConfig<Config> {
  const folder = path.join(root, 'cloudfunctions', name)
  const example = load(path.join(folder, 'config', 'example.js')) ?? {}
  const judged = judge(() => readConfig(folder, env))
  if (usesEnvironment(env)) {
    const variables = Object.keys(example).map((setting) => [setting, env[PREFIX + setting]])
    return {
      where: (setting) => (setting === undefined ? 'the environment' : PREFIX + setting),
      written: Object.fromEntries(variables),
      example,
      ...judged,
    }
  }
  const file = `cloudfunctions/${name}/config/index.js`
  return {
    where: (setting) => (setting === undefined ? file : `${file} ${setting}`),
    written: load(path.join(root, file)),
    example,
    config: judged.config,
    problems: withSyntaxError(judged.problems, path.join(root, file)),
  }
}

/** Returns a setting's value, or its default, which is the example's. */
export function valueOf({ written, example }: FunctionConfig<unknown>, setting: string): unknown {
  return written?.[setting] ?? example[setting]
}

function load(file: string): Record<string, unknown> | undefined {
  if (!existsSync(file)) return undefined
  try {
    return fieldsOf(require(file))
  } catch {
    return undefined
  }
}

function judge<Config>(
  readConfig: () => Config,
): Pick<FunctionConfig<Config>, 'config' | 'problems'> {
  try {
    return { config: readConfig(), problems: [] }
  } catch (error) {
    if (error instanceof ConfigError) return { config: undefined, problems: error.problems }
    throw error
  }
}

/** Adds to a problem of the whole file where the file does not parse. */
function withSyntaxError(problems: readonly ConfigProblem[], file: string): ConfigProblem[] {
  const place = isFile(file) ? syntaxErrorPlace(readFileSync(file, 'utf8'), 'js') : ''
  return problems.map((one) =>
    one.setting === undefined ? { ...one, problem: one.problem + place } : one,
  )
}

/** Finds settings that the function does not read. Most are misspelt. */
export function checkUnknownSettings({
  where,
  written,
  example,
}: FunctionConfig<unknown>): Diagnostic[] {
  const known = Object.keys(example)
  return Object.keys(written ?? {})
    .filter((setting) => !known.includes(setting))
    .map((setting) => unknownSetting(where(setting), `the keys are ${known.join(', ')}`))
}

/** Checks the variables WXPAY_…: the functions read either all of them or their files. */
export function checkVariables({
  environment,
  pay,
  message,
}: {
  environment: NodeJS.ProcessEnv
  pay: FunctionConfig<unknown>
  message: FunctionConfig<unknown>
}): Diagnostic[] {
  const where = 'the environment'
  const names = Object.keys(environment).filter((name) => name.startsWith(PREFIX))
  if (names.length === 0) return []
  if (!usesEnvironment(environment)) {
    const problem = `has ${names.join(', ')}, which no function reads while ${PREFIX}MCHID is not set`
    return [warningAt(where, problem, `unset them, or set ${PREFIX}MCHID and all others too`)]
  }
  const known = [...Object.keys(pay.example), ...Object.keys(message.example)]
  const fact = `has ${PREFIX}MCHID: only the variables are checked, since the functions then read no config/index.js`
  return [
    okAt(where, fact),
    ...names
      .filter((name) => !known.includes(name.slice(PREFIX.length)))
      .map((name) => unknownSetting(name, `the names are ${PREFIX} and ${known.join(', ')}`)),
  ]
}

const unknownSetting = (where: string, fix: string): Problem =>
  errorAt(where, 'is not a known setting', fix)
