import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig as readPayConfig } from '../../cloudfunctions/pay/src/adapters/config'
import { readConfig as readMessageConfig } from '../../cloudfunctions/pay-message/src/config'
import { p12File } from '../build/shared-configuration'
import { isFile } from '../verify/files'
import { modesOf, openToAll } from './exposure'
import type { Finding } from './finding'
import { readFunctions, type FunctionFolder } from './functions'
import { readGit, type GitView } from './git'
import { openCertificate, type Certificate } from './p12'
import { Reader } from './reader'
import { readSettings, type Settings } from './settings'
import { verifySettings, type Verified } from './verify-settings'

type PayConfig = ReturnType<typeof readPayConfig>
export type MessageConfig = NonNullable<ReturnType<typeof readMessageConfig>>

/** What the doctor looks from: everything that is not in the checkout. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv
  /** ms since 1970 */
  now: number
  /** the version of the running Node */
  node: string
}

/** A deployer's configuration as it lies in a checkout. What is undefined is in `troubles`. */
export interface Configuration extends Surroundings {
  folder: string
  packageJson: unknown
  /** project.config.json */
  project: unknown
  cloudbaserc: unknown
  /** what verify says of the settings that go to the cloud */
  verified: Verified[]
  /** config.json of pay-reconcile */
  reconcile: unknown
  /** what miniprogram/config.ts exports */
  phone: Record<string, unknown> | undefined
  pay: Settings<PayConfig>
  message: Settings<MessageConfig>
  /** the merchant's, when it opens with MCHID */
  certificate: Certificate | undefined
  functions: FunctionFolder[]
  /** files of secrets that every user of this computer can read */
  exposed: string[]
  git: GitView | undefined
  /** files of the project that cannot be read */
  troubles: Finding[]
}

export async function readConfiguration(
  folder: string,
  surroundings: Surroundings,
): Promise<Configuration> {
  const { environment } = surroundings
  const reader = new Reader(folder)
  const pay = readSettings(folder, 'pay', environment, readPayConfig)
  const p12 = p12File(folder, environment)
  const secrets = [path.join(folder, 'cloudfunctions', 'pay', 'config', 'index.js'), p12]
  return {
    ...surroundings,
    folder,
    packageJson: reader.json('package.json'),
    project: reader.json('project.config.json'),
    cloudbaserc: reader.json('cloudbaserc.json'),
    reconcile: reader.json('cloudfunctions/pay-reconcile/config.json'),
    phone: await reader.typescript('miniprogram/config.ts'),
    pay,
    message: readSettings(folder, 'pay-message', environment, readMessageConfig),
    certificate: isFile(p12)
      ? openCertificate(readFileSync(p12), String(pay.written?.['MCHID']))
      : undefined,
    verified: await verifySettings(folder),
    functions: readFunctions(folder, environment),
    exposed: secrets
      .filter((file) => isFile(file) && openToAll(modesOf(file)))
      .map((file) => path.relative(folder, file)),
    git: readGit(folder),
    troubles: reader.troubles,
  }
}
