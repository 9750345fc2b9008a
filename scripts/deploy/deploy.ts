import { isWrong } from '../doctor/examine'
import type { Finding } from '../doctor/finding'
import { report } from '../doctor/report'
import type { Program } from './find-cli'
import { readEnvironmentId } from '../environment-id'
import { cliAdvice, lookAt, Refusal } from './refusal'

/** What deploying is made of; tests put their own in its place. */
export interface Steps {
  findCli(): Program | undefined
  /** @returns whether every function was built */
  build(): boolean
  /** @returns whether `npm run verify` found nothing wrong */
  verify(): Promise<boolean>
  /** what `npm run doctor` says about the configuration */
  examine(): Promise<Finding[]>
  /** @returns the function that could not be deployed */
  deployFunctions(environment: string, cli: Program): Promise<string | undefined>
}

/**
 * Builds, verifies, asks the doctor, and only then deploys to the environment TCB_ENV_ID.
 * @throws Refusal
 * @throws UsageError
 */
export async function deploy(steps: Steps, env: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironmentId(env)
  const cli = steps.findCli()
  if (cli === undefined) throw new Refusal(cliAdvice)

  if (!steps.build()) throw new Refusal('Nothing was deployed: the functions do not build.')
  if (!(await steps.verify())) throw new Refusal('Nothing was deployed: see ✗ above.')
  const wrong = (await steps.examine()).filter(isWrong)
  if (wrong.length > 0) {
    console.log(report(wrong))
    throw new Refusal('Nothing was deployed: npm run doctor shows the whole list.')
  }

  const failed = await steps.deployFunctions(environment, cli)
  if (failed !== undefined) {
    throw new Refusal(`${failed} was not deployed, see above. Mend it and run this again.`)
  }
  console.log(lookAt)
}
