import { explain, takesNoOptions } from './options'
import { runChecks } from './verify/run-checks'

/** `npm run verify`: all that can be said without DevTools, account and cloud about deploying. */
async function main(): Promise<void> {
  takesNoOptions('npm run verify', process.argv.slice(2))
  process.exitCode = (await runChecks(process.cwd())) ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
