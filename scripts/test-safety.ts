import { parseArgs } from 'node:util'
import { runPackage } from './run-package'

/** `npm run test:safety -- --rounds N [--seed S]`: the safety tests, as long as one likes. */
const { rounds, seed } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
}).values

for (const [name, value] of Object.entries({ rounds, seed })) {
  if (value === undefined || /^\d{1,9}$/.test(value)) continue
  console.error(`--${name} must be a whole number, not ${value}.`)
  process.exit(1)
}
process.exitCode = runPackage('jest', ['--selectProjects', 'safety'], {
  ...(rounds !== undefined && { ROUNDS: rounds }),
  ...(seed !== undefined && { SEED: seed }),
})
