import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { examine } from './checks/configuration/examine'
import { runChecks } from './checks/sources/run-checks'
import { deploy, NO_DRY_RUN } from './cloud/deploy/deploy'
import { deployFunctions } from './cloud/deploy/deploy-functions'
import { findCli } from './cloud/deploy/find-cli'
import { CommandError, explain, takesNoOptions } from './command-line/options'

/** `npm run deploy`: deploys every cloud function to a real environment, once all checks pass. */
async function main(root: string): Promise<void> {
  takesNoOptions('npm run deploy', process.argv.slice(2))
  // In `npm run deploy --dry-run`, without a `--` before it, npm takes the option and sets this.
  if (process.env['npm_config_dry_run'] === 'true') throw new CommandError(NO_DRY_RUN)
  const steps = {
    findCli,
    build: () => build(root),
    verify: () => runChecks(root),
    examine: () => examine(root),
    deployFunctions: deployFunctions.bind(undefined, root),
  }
  await deploy(steps, process.env)
}

function build(root: string): boolean {
  const program = ['run.mjs', 'build.ts'].map((file) => path.join(root, 'scripts', file))
  return spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' }).status === 0
}

main(process.cwd()).catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
