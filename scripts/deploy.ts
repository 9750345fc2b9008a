import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { deploy } from './deploy/deploy'
import { deployFunctions } from './deploy/deploy-functions'
import { findCli } from './deploy/find-cli'
import { noDryRun, Refusal } from './deploy/refusal'
import { examine } from './doctor/examine'
import { explain, takesNoOptions } from './options'
import { runChecks } from './verify/run-checks'

/** `npm run deploy`: every cloud function to a real environment, once nothing is wrong with it. */
async function main(): Promise<void> {
  takesNoOptions('npm run deploy', process.argv.slice(2))
  // `npm run deploy --dry-run`, without a `--` between, reaches only npm, which leaves it here
  if (process.env['npm_config_dry_run'] === 'true') throw new Refusal(noDryRun)
  const steps = {
    findCli,
    build,
    verify: () => runChecks(process.cwd()),
    examine: () => examine(process.cwd()),
    deployFunctions: deployFunctions.bind(undefined, process.cwd()),
  }
  await deploy(steps, process.env)
}

function build(): boolean {
  const program = ['run.mjs', 'build.ts'].map((file) => path.join(process.cwd(), 'scripts', file))
  return spawnSync(process.execPath, program, { cwd: process.cwd(), stdio: 'inherit' }).status === 0
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : explain(error))
  process.exitCode = 1
})
