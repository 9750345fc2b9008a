import { isError } from './checks/check'
import { examine } from './checks/configuration/examine'
import { formatReport } from './checks/report'
import { runCommand } from './command-line/command'

const NEXT = 'Next: npm run setup:cloud -- --dry-run, npm run verify, then upload the functions.'

const DOCTOR = {
  command: 'npm run doctor',
  purpose:
    'Lists what is left to do before this checkout can be deployed. Ends with 1 if anything is wrong or missing.',
  options: {},
}

runCommand(DOCTOR, async () => {
  const diagnostics = await examine(process.cwd())
  console.log(formatReport(diagnostics))
  console.log('The settings in 云开发控制台 and in 商户平台 cannot be checked from here.')
  if (diagnostics.some(isError)) {
    process.exitCode = 1
  } else {
    console.log(NEXT)
  }
})
