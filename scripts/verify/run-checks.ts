import { outcomeOf, type Check, type Outcome } from './check'
import { compiler, schemas } from './devtools'
import { functionSettings } from './function-settings'
import { functions } from './functions'
import { goods } from './goods'
import { handlers } from './handlers'
import { imports } from './imports'
import { namedFiles } from './named-files'
import { packageSize } from './package-size'
import { permissions } from './permissions'
import { strayFiles } from './stray-files'
import { styleVariables } from './style-variables'
import { templates } from './templates'
import { theme } from './theme'
import { typeCheck } from './type-check'

/** In the order in which they run: what is quick comes first. */
const allChecks: readonly Check[] = [
  strayFiles,
  namedFiles,
  theme,
  packageSize,
  styleVariables,
  handlers,
  permissions,
  goods,
  functionSettings,
  imports,
  typeCheck,
  templates,
  functions,
  schemas,
  compiler,
]

/**
 * Runs every check, one after another, and prints a line each, with what is wrong below it.
 * @param root the project's folder, or that of a copy
 * @returns whether nothing is wrong; what could not be checked on this machine is not
 */
export async function runChecks(root: string, checks = allChecks): Promise<boolean> {
  const signs: string[] = []
  for (const check of checks) {
    const [sign, text] = report(check.name, await outcomeOf(check, root))
    signs.push(sign)
    console.log(`${sign} ${text}`)
  }
  const count = (sign: string) => signs.filter((one) => one === sign).length
  console.log(`${count('✓')} passed, ${count('✗')} failed, ${count('–')} not checked.`)
  return count('✗') === 0
}

function report(name: string, outcome: Outcome): [sign: string, text: string] {
  if (!Array.isArray(outcome)) return ['–', `${name}: not checked. ${outcome.notChecked}`]
  if (outcome.length === 0) return ['✓', name]
  const faults = outcome.map(
    ({ file, problem, remedy }) => `\n    ${file}: ${problem}\n      → ${remedy}`,
  )
  return ['✗', name + faults.join('')]
}
