import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { examine } from './checks/configuration/examine'
import { runChecks } from './checks/sources/run-checks'
import { deploy, showDeployment } from './cloud/deploy/deploy'
import { deployFunctions, deployments } from './cloud/deploy/deploy-functions'
import { findCli } from './cloud/deploy/find-cli'
import { runCommand } from './command-line/command'

const DEPLOY = {
  command: 'npm run deploy',
  purpose:
    'Deploys every cloud function to the environment TCB_ENV_ID with the CloudBase CLI, once all checks pass.',
  options: {
    'dry-run': { help: 'build and check, show what would be deployed, and deploy nothing' },
  },
}

runCommand(DEPLOY, async ({ values }) => {
  const root = process.cwd()
  const steps = {
    findCli,
    build: () => build(root),
    verify: () => runChecks(root),
    examine: () => examine(root),
    deployments: deployments.bind(undefined, root),
    deployFunctions: deployFunctions.bind(undefined, root),
  }
  await (values['dry-run'] ? showDeployment : deploy)(steps, process.env)
})

function build(root: string): boolean {
  const program = ['run.cjs', 'build.ts'].map((file) => path.join(root, 'scripts', file))
  return spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' }).status === 0
}
