import { init } from '@cloudbase/node-sdk'
import { ProjectError } from '../../../project/diagnostic'
import { formatList } from '../../checks/report'
import { CommandError } from '../../command-line/command'
import type { Checkout, CloudFolder } from './checkout'
import { collectionsStep, presentCollections } from './collections'
import { readCredentials, withoutSecrets, type Credentials } from './credentials'
import { findEnvironment } from './environment'
import { formatFailure } from './failure'
import { goodsStep, importFileStep } from './goods'
import { indexesStep } from './indexes'
import { managementApi } from './management-api'
import type { SetupOptions } from './options'
import { permissionsStep } from './permissions'
import { picturesStep } from './pictures'
import { planLines } from './plan'
import { during, runSteps, StepFailure, type Step, type Totals } from './step'

export interface Setup {
  options: SetupOptions
  env: NodeJS.ProcessEnv
  /** @throws ProjectError for a checkout that must not go to the cloud */
  checkout: () => Promise<Checkout>
  /** what a dry run without credentials shows; @throws ProjectError as `checkout` does */
  plan: () => Promise<CloudFolder>
  print: (line: string) => void
  /** other addresses than CloudBase's own */
  urls?: { management: string; service: string }
}

/** The region of every mini program's environment (DescribeEnvs: Region). */
const REGION = 'ap-shanghai'

/**
 * Changes a CloudBase environment to what `cloud/` says it should be.
 * @returns the exit code: 0 when nothing failed
 */
export async function setupCloud(setup: Setup): Promise<number> {
  try {
    const credentials = credentialsOf(setup)
    if (credentials instanceof CommandError) return await showPlan(setup, credentials)
    return await run(setup, credentials, await setup.checkout())
  } catch (error) {
    if (error instanceof ProjectError) {
      setup.print(`${formatList(error.problems)}\nNothing was changed in the cloud.`)
    } else if (error instanceof CommandError) {
      setup.print(error.message)
    } else {
      throw error
    }
    return 1
  }
}

/**
 * Returns the credentials, or for a dry run why there are none.
 * @throws CommandError as `readCredentials` does
 */
function credentialsOf({ env, options }: Setup): Credentials | CommandError {
  try {
    return readCredentials(env)
  } catch (error) {
    if (options.dryRun && error instanceof CommandError) return error
    throw error
  }
}

/** Prints what the cloud should have, without asking it what it has. */
async function showPlan(setup: Setup, why: CommandError): Promise<number> {
  for (const line of planLines(await setup.plan())) setup.print(line)
  setup.print('Dry run: nothing was changed. This is what cloud/ says; the cloud was not queried.')
  setup.print(`To compare both: ${why.message}`)
  return 0
}

async function run(setup: Setup, credentials: Credentials, checkout: Checkout): Promise<number> {
  const { options } = setup
  const print = withoutSecrets(setup.print, credentials)
  try {
    const steps = await stepsOf(setup, credentials, checkout)
    const totals = await runSteps(steps, { dryRun: options.dryRun, print })
    print(conclusion(totals, options))
    return 0
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    print(formatFailure(error, options))
    return 1
  }
}

/** @throws StepFailure when the environment cannot be read */
async function stepsOf(
  { urls, options: { updateGoods } }: Setup,
  credentials: Credentials,
  { folder, appid }: Checkout,
): Promise<Step[]> {
  const { envId, ...key } = credentials
  const api = managementApi(credentials, { region: REGION, url: urls?.management })
  const serviceUrl = urls?.service ?? serviceUrlOf(envId)
  const app = init({ env: envId, ...key, serviceUrl, keepalive: false })

  const environment = await during('Environment', () => findEnvironment(api, envId))
  const present = await during('Collections', () => presentCollections(api, environment))
  const { permissions, indexes, pictures, importFile } = folder
  const goods = folder.goods.map((item) => ({ ...item, picture: environment.fileID(item.picture) }))
  const isNew = !present.includes('goods')

  return [
    collectionsStep(api, environment, { wanted: Object.keys(permissions), present }),
    permissionsStep(api, environment, { permissions, present, appid }),
    indexesStep(api, environment, { indexes, present }),
    picturesStep(app, environment, pictures),
    importFileStep(importFile, goods),
    goodsStep(app, { goods, isNew, update: updateGoods }),
  ]
}

/**
 * Returns the address that the SDK would choose itself. If it has to choose, it first queries its
 * network whether it may talk to CloudBase without TLS.
 */
function serviceUrlOf(envId: string): string {
  return `https://${envId}.${REGION}.tcb-api.tencentcloudapi.com/admin`
}

function conclusion({ changes, notes }: Totals, { dryRun }: SetupOptions): string {
  const count = `${changes} ${changes === 1 ? 'change' : 'changes'}`
  const done = dryRun
    ? `Dry run: nothing was changed; ${count} would be made.`
    : changes === 0
      ? 'Nothing had to be changed.'
      : `${count} made. Run it again to check: then nothing has to be changed.`
  return notes === 0 ? done : `${done} Check the lines that begin with “!”.`
}
