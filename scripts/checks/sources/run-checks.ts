import path from 'node:path'
import { type Check, type CheckResult, runCheck } from '../check'
import { formatCheck, formatTotals, hasFailed } from '../report'
import { devtoolsChecks } from './devtools'
import { functionSettings, projectFolders } from './function-settings'
import { functions } from './functions'
import { goods } from './goods'
import { handlers } from './handlers'
import { imports } from './imports'
import { namedFiles, packageSize, strayFiles } from './package-files'
import { permissions } from './permissions'
import { styleVariables, theme } from './styles'
import { templates } from './templates'
import { typeCheck } from './type-check'

/** All checks of the sources, in the order in which they run: the quick ones come first. */
const allChecks = (root: string): Check[] => [
  projectFolders,
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
  ...Object.values(devtoolsChecks(path.join(root, 'scripts', 'devtools'))),
]

/**
 * Runs every check, one after another, and prints a line for each, with its problems below.
 * @param root the project's folder
 * @returns whether no check failed
 */
export async function runChecks(root: string, checks = allChecks(root)): Promise<boolean> {
  const results: CheckResult[] = []
  for (const check of checks) {
    const result = await runCheck(check, root)
    results.push(result)
    console.log(formatCheck(check.name, result))
  }
  console.log(formatTotals(results))
  return !results.some(hasFailed)
}
