import type { Diagnostic } from '../../../project/diagnostic'
import { isError } from '../../checks/check'
import { formatReport } from '../../checks/report'
import { CommandError } from '../../command-line/command'
import { readEnvironmentId } from '../../command-line/environment-id'
import type { FunctionDeployment } from './deploy-functions'
import type { Program } from './find-cli'

/** The steps of deploying; tests replace them. */
export interface Steps {
  findCli(): Program | undefined
  /** @returns whether every function was built */
  build(): boolean
  /** @returns whether `npm run verify` finds nothing wrong */
  verify(): Promise<boolean>
  /** @returns what `npm run doctor` says about the configuration */
  examine(): Promise<Diagnostic[]>
  /** @returns how each function is deployed */
  deployments(environment: string): FunctionDeployment[]
  /** @returns the function that could not be deployed */
  deployFunctions(environment: string, cli: Program): Promise<string | undefined>
}

/**
 * Builds, verifies, examines the configuration, and only then deploys to the environment TCB_ENV_ID.
 * @throws CommandError
 */
export async function deploy(steps: Steps, env: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironmentId(env)
  const cli = steps.findCli()
  if (cli === undefined) throw new CommandError(CLI_ADVICE)

  const obstacle = await findObstacle(steps)
  if (obstacle !== undefined) throw new CommandError(`Nothing was deployed: ${obstacle}`)

  const failed = await steps.deployFunctions(environment, cli)
  if (failed !== undefined) {
    throw new CommandError(`${failed} was not deployed, see above. Fix it and run this again.`)
  }
  console.log(CHECK_BY_HAND)
}

/**
 * Builds, verifies and examines as `deploy` does, then prints what would be deployed. Needs neither
 * the CLI nor an environment, and says which of them is missing.
 * @throws CommandError if `deploy` would refuse
 */
export async function showDeployment(steps: Steps, env: NodeJS.ProcessEnv): Promise<void> {
  const obstacle = await findObstacle(steps)
  const { id, missing } = environmentOf(env)
  console.log('npm run deploy would run:')
  for (const { args, settings } of steps.deployments(id)) {
    console.log(`  tcb ${args.join(' ')}\n      ${settings}`)
  }
  const notes = [...missing, ...(steps.findCli() === undefined ? [CLI_ADVICE] : [])]
  for (const note of notes) console.log(`! ${note}`)
  if (obstacle !== undefined) {
    throw new CommandError(`Dry run: nothing was deployed, and would not be: ${obstacle}`)
  }
  console.log('Dry run: nothing was deployed.')
}

/** Returns the id of the environment; if it is missing or wrong, the variable's name, and why. */
function environmentOf(env: NodeJS.ProcessEnv): { id: string; missing: string[] } {
  try {
    return { id: readEnvironmentId(env), missing: [] }
  } catch (error) {
    if (error instanceof CommandError) return { id: '<TCB_ENV_ID>', missing: [error.message] }
    throw error
  }
}

/**
 * Builds, verifies and examines.
 * @returns why nothing can be deployed; undefined if everything can be
 */
async function findObstacle(steps: Steps): Promise<string | undefined> {
  if (!steps.build()) return 'the functions do not build.'
  if (!(await steps.verify())) return 'see ✗ above.'
  const errors = (await steps.examine()).filter(isError)
  if (errors.length === 0) return undefined
  console.log(formatReport(errors))
  return 'npm run doctor shows the whole list.'
}

/** The error if the CLI `tcb` is not installed. */
export const CLI_ADVICE =
  'The CloudBase CLI is not installed: npm install -g @cloudbase/cli, then tcb login. Or without ' +
  'it: npm run build, then in DevTools right-click each folder of cloudfunctions/ and choose ' +
  '上传并部署：所有文件 (and 上传触发器 for pay-reconcile); the timeouts of cloudbaserc.json and the ' +
  'HTTP 访问服务 of pay-notify are set in 云开发控制台.'

/** What to check by hand, because the project's tests run only a fake of the CLI. */
const CHECK_BY_HAND = `Deployed. The tests of this project never ran the real CLI or a real environment, so check once in
云开发控制台:
  云函数 → 配置: Node.js 18.15, timeout 20 s, of pay-reconcile 60 s
  云函数 → pay-reconcile → 触发器: reconcile, every minute
  HTTP 访问服务: /pay-notify leads to pay-notify; that address is NOTIFY_URL, and in 商户平台 the one for refunds`
