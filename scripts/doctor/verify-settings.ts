import { outcomeOf, type Outcome } from '../verify/check'
import { functionSettings } from '../verify/function-settings'
import { permissions } from '../verify/permissions'

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
