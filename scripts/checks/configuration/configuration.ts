import { readFileSync } from 'node:fs'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import { readConfig as readMessageConfig } from '../../../cloudfunctions/pay-message/src/config'
import { readConfig as readPayConfig } from '../../../cloudfunctions/pay/src/adapters/config'
import { type Problem, ProjectError, projectError } from '../../../project/diagnostic'
import { openProject } from '../../../project/project'
import { readJson } from '../../../project/read-json'
import { type Check, type CheckResult, runCheck } from '../check'
import { fieldsOf, isFile, syntaxErrorPlace } from '../project-files'
import { functionSettings } from '../sources/function-settings'
import { permissions } from '../sources/permissions'
import { type Certificate, openCertificate } from './certificate'
import { type FunctionConfig, readFunctionConfig } from './function-config'
import { type FunctionFolder, readFunctionFolders } from './function-folders'
import { type GitView, readableByAll, readGit } from './secrets'
import { p12File } from './shared-configuration'

type PayConfig = ReturnType<typeof readPayConfig>
export type MessageConfig = NonNullable<ReturnType<typeof readMessageConfig>>

/** What the doctor reads that is not in the checkout; tests pass their own values. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv
  /** ms since 1970 */
  now: number
  /** the version of the running Node */
  node: string
}

/**
 * A deployer's configuration, read from a checkout. If a file cannot be read, its field is undefined
 * and its problem is in `unreadable`.
 */
export interface Configuration extends Surroundings {
  root: string
  /** files of the project that cannot be read */
  unreadable: Problem[]
  packageJson: unknown
  /** project.config.json */
  projectConfig: unknown
  /** what miniprogram/config.ts exports */
  phone: Record<string, unknown> | undefined
  pay: FunctionConfig<PayConfig>
  message: FunctionConfig<MessageConfig>
  /** the merchant's, when it opens with MCHID */
  certificate: Certificate | undefined
  /** the checks of `npm run verify` whose files a deployer may have changed */
  sourceChecks: { name: string; result: CheckResult }[]
  functions: FunctionFolder[]
  /** files of secrets that every user of this computer can read */
  exposed: string[]
  git: GitView | undefined
}

/** Reads the configuration of the checkout in `root`. */
export async function readConfiguration(
  root: string,
  surroundings: Surroundings,
): Promise<Configuration> {
  const { environment } = surroundings
  const unreadable: Problem[] = []
  const ifReadable = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error
      unreadable.push(...error.problems)
      return undefined
    }
  }
  const pay = readFunctionConfig(root, 'pay', environment, readPayConfig)
  const p12 = p12File(root, environment)
  const secrets = [path.join(root, 'cloudfunctions', 'pay', 'config', 'index.js'), p12]
  return {
    ...surroundings,
    root,
    unreadable,
    packageJson: await ifReadable(() => readJson(root, 'package.json')),
    projectConfig: await ifReadable(() => {
      openProject(root)
      return readJson(root, 'project.config.json')
    }),
    phone: await ifReadable(() => readTypeScript(root, 'miniprogram/config.ts')),
    pay,
    message: readFunctionConfig(root, 'pay-message', environment, readMessageConfig),
    certificate: isFile(p12)
      ? openCertificate(readFileSync(p12), String(pay.written?.['MCHID']))
      : undefined,
    sourceChecks: await runAll(root, [functionSettings, permissions]),
    functions: await readFunctionFolders(root, environment),
    exposed: readableByAll(secrets.filter(isFile)).map((file) => path.relative(root, file)),
    git: readGit(root),
  }
}

const runAll = (root: string, checks: Check[]) =>
  Promise.all(
    checks.map(async (check) => ({ name: check.name, result: await runCheck(check, root) })),
  )

/**
 * Returns what a TypeScript file that imports nothing exports.
 * @throws ProjectError when it is missing or does not run
 */
async function readTypeScript(root: string, file: string): Promise<Record<string, unknown>> {
  const absolute = path.join(root, file)
  if (!isFile(absolute)) throw projectError(file, 'is missing', 'restore it from git')
  const source = readFileSync(absolute, 'utf8')
  try {
    const { code } = await transform(source, { loader: 'ts', format: 'cjs', logLevel: 'silent' })
    const module = { exports: {} }
    compileFunction(code, ['module'])(module)
    return module.exports
  } catch (error) {
    const why = syntaxErrorPlace(source, 'ts') || ` (${String(fieldsOf(error)['name'])})`
    throw projectError(file, `does not run${why}`, 'put all values in quotes; compare it with git')
  }
}
