import { isError } from './checks/check'
import { examine } from './checks/configuration/examine'
import { formatReport } from './checks/report'
import { explain, takesNoOptions } from './command-line/options'

const NEXT = 'Next: npm run setup:cloud -- --dry-run, npm run verify, then upload the functions.'

/**
 * `npm run doctor`: lists what is left to do before this checkout can be deployed. Exit code 1 if
 * anything is wrong or missing.
 */
async function main(): Promise<void> {
  takesNoOptions('npm run doctor', process.argv.slice(2))
  const diagnostics = await examine(process.cwd())
  console.log(formatReport(diagnostics))
  console.log('The settings in 云开发控制台 and in 商户平台 cannot be checked from here.')
  if (diagnostics.some(isError)) {
    process.exitCode = 1
  } else {
    console.log(NEXT)
  }
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
