import { examine, isWrong } from './doctor/examine'
import { report } from './doctor/report'

/**
 * `npm run doctor`: what is left to do before this checkout can be deployed; exit code 1 if anything
 * is wrong or missing. npm runs it in the project's root folder.
 */
async function main(): Promise<void> {
  const findings = await examine(process.cwd())
  console.log(report(findings))
  console.log('What is set in 云开发控制台 and in 商户平台 cannot be seen from here.')
  process.exitCode = findings.some(isWrong) ? 1 : 0
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
