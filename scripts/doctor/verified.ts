import { outcomeOf, type Outcome } from '../verify/check'
import { functionSettings } from '../verify/function-settings'
import { permissions } from '../verify/permissions'
import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'

/** What `npm run verify` finds in the settings that go to the cloud. */
export interface Verified {
  name: string
  outcome: Outcome
}

/** Those of verify's checks whose files a deployer may have changed. */
export function verifySettings(folder: string): Promise<Verified[]> {
  const checks = [functionSettings, permissions]
  return Promise.all(
    checks.map(async (check) => ({ name: check.name, outcome: await outcomeOf(check, folder) })),
  )
}

/** A file that cannot be read is said to be so once. */
export function checkSettings({ verified, troubles }: Configuration): Finding[] {
  return verified.flatMap(({ name, outcome }) => {
    if (!Array.isArray(outcome)) return []
    if (outcome.length === 0) return [right(name, 'are what the shop needs')]
    return outcome
      .filter(({ file }) => !troubles.some(({ place }) => place === file))
      .map(({ file, problem, remedy }) => wrong(file, problem, remedy))
  })
}
