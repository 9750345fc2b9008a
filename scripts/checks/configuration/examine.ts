import type { Diagnostic } from '../../../project/diagnostic'
import { okAt } from '../check'
import { type Configuration, readConfiguration, type Surroundings } from './configuration'
import { checkVariables } from './function-config'
import { checkBuilds, checkStrays } from './function-folders'
import { checkMessages, checkTemplateIds } from './messages'
import { checkAppid, checkEnvironment } from './mini-program'
import { checkNodeVersion } from './node-version'
import { checkPay } from './pay'
import { checkExposure, checkGit } from './secrets'

/** All checks, in the order in which a deployer would fix what they find. */
const CHECKS: readonly ((configuration: Configuration) => Diagnostic[])[] = [
  checkNodeVersion,
  ({ unreadable }) => unreadable,
  checkAppid,
  checkEnvironment,
  checkVariables,
  checkPay,
  checkTemplateIds,
  checkMessages,
  diagnosticsOfSources,
  checkGit,
  checkExposure,
  checkStrays,
  checkBuilds,
]

/**
 * Reads a deployer's configuration and reports what is right, wrong or missing. Writes nothing into
 * the folder.
 * @param root the folder of a checkout of this project
 */
export async function examine(
  root: string,
  surroundings: Surroundings = {
    environment: process.env,
    now: Date.now(),
    node: process.versions.node,
  },
): Promise<Diagnostic[]> {
  const configuration = await readConfiguration(root, surroundings)
  return CHECKS.flatMap((check) => check(configuration))
}

function diagnosticsOfSources({ sourceChecks }: Configuration): Diagnostic[] {
  return sourceChecks.flatMap(({ name, result }) => {
    if (!Array.isArray(result)) return []
    return result.length > 0 ? result : [okAt(name, 'are what the shop needs')]
  })
}
