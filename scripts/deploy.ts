import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '../simulator/project'
import { deploy } from './deploy/deploy'
import { deployFunctions } from './deploy/deploy-functions'
import { findCli } from './deploy/find-cli'
import { Refusal } from './deploy/refusal'
import { examine } from './doctor/examine'
import { runChecks } from './verify/run-checks'

/** `npm run deploy`: every cloud function to a real environment, once nothing is wrong with it. */
async function main(): Promise<void> {
  if (process.argv.length > 2) throw new Refusal('npm run deploy takes no options.')
  const steps = {
    findCli,
    build,
    verify: () => runChecks(projectRoot),
    examine: () => examine(projectRoot),
    deployFunctions: deployFunctions.bind(undefined, projectRoot),
  }
  await deploy(steps, process.env)
}

function build(): boolean {
  const program = ['run.mjs', 'build.ts'].map((file) => path.join(projectRoot, 'scripts', file))
  return spawnSync(process.execPath, program, { cwd: projectRoot, stdio: 'inherit' }).status === 0
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error)
  process.exitCode = 1
})
