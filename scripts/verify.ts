import { runChecks } from './checks/sources/run-checks'
import { runCommand } from './command-line/command'

const VERIFY = {
  command: 'npm run verify',
  purpose: 'Runs every check that needs neither an account nor the cloud.',
  options: {},
}

runCommand(VERIFY, async () => {
  process.exitCode = (await runChecks(process.cwd())) ? 0 : 1
})
