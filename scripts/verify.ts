import { runChecks } from './checks/sources/run-checks'
import { explain, takesNoOptions } from './command-line/options'

/** `npm run verify`: runs every check that needs neither an account nor the cloud. */
async function main(): Promise<void> {
  takesNoOptions('npm run verify', process.argv.slice(2))
  process.exitCode = (await runChecks(process.cwd())) ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
