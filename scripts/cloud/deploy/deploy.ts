import type { Diagnostic } from '../../../project/diagnostic'
import { isError } from '../../checks/check'
import { formatReport } from '../../checks/report'
import { readEnvironmentId } from '../../command-line/environment-id'
import { CommandError } from '../../command-line/options'
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

  if (!steps.build()) throw new CommandError('Nothing was deployed: the functions do not build.')
  if (!(await steps.verify())) throw new CommandError('Nothing was deployed: see ✗ above.')
  const errors = (await steps.examine()).filter(isError)
  if (errors.length > 0) {
    console.log(formatReport(errors))
    throw new CommandError('Nothing was deployed: npm run doctor shows the whole list.')
  }

  const failed = await steps.deployFunctions(environment, cli)
  if (failed !== undefined) {
    throw new CommandError(`${failed} was not deployed, see above. Fix it and run this again.`)
  }
  console.log(CHECK_BY_HAND)
}

/** The error for the option `--dry-run`. */
export const NO_DRY_RUN =
  'deploy has no dry run. npm run verify and npm run doctor check everything and change nothing.'

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
