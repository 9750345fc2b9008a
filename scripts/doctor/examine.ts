import { checkCloudbaserc } from './cloudbaserc'
import { readConfiguration, type Configuration, type Surroundings } from './configuration'
import { checkExposure } from './exposure'
import type { Finding } from './finding'
import { checkFunctions } from './functions'
import { checkGit } from './git'
import { checkMessages, checkTemplateIds } from './messages'
import { checkAppid, checkEnvironment } from './mini-program'
import { checkNodeVersion } from './node-version'
import { checkPay } from './pay'
import { checkStrangers } from './strangers'
import { checkTimer } from './timer'
import { checkVariables } from './variables'
import { checkSettings } from './cloud-settings'

/** All that is looked at, in the order in which a deployer would mend it. */
const CHECKS: readonly ((configuration: Configuration) => Finding[])[] = [
  checkNodeVersion,
  ({ troubles }) => troubles,
  checkAppid,
  checkEnvironment,
  checkVariables,
  checkPay,
  checkTemplateIds,
  checkMessages,
  checkSettings,
  checkCloudbaserc,
  checkTimer,
  checkGit,
  checkExposure,
  checkStrangers,
  checkFunctions,
]

/**
 * Reads a deployer's configuration and says what is right, doubtful, wrong or missing in it.
 * Nothing is written, and nothing outside the folder is asked.
 * @param folder the root of a checkout of this project
 */
export async function examine(
  folder: string,
  surroundings: Surroundings = {
    environment: process.env,
    now: Date.now(),
    node: process.versions.node,
  },
): Promise<Finding[]> {
  const configuration = await readConfiguration(folder, surroundings)
  return CHECKS.flatMap((check) => check(configuration))
}

/** Whether the shop must not be deployed so. What is doubtful is the deployer's to decide. */
export const isWrong = ({ state }: Finding) => state === 'wrong'
