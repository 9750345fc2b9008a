import { examine, isWrong } from './doctor/examine'
import { report } from './doctor/report'
import { explain, takesNoOptions } from './options'

const NEXT = 'Next: npm run setup:cloud -- --dry-run, npm run verify, then upload the functions.'

/**
 * `npm run doctor`: what is left to do before this checkout can be deployed; exit code 1 if anything
 * is wrong or missing. npm runs it in the project's root folder.
 */
async function main(): Promise<void> {
  takesNoOptions('npm run doctor', process.argv.slice(2))
  const findings = await examine(process.cwd())
  console.log(report(findings))
  console.log('What is set in 云开发控制台 and in 商户平台 cannot be seen from here.')
  if (findings.some(isWrong)) {
    process.exitCode = 1
  } else {
    console.log(NEXT)
  }
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
