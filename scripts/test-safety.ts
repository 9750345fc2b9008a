import { parseArgs } from 'node:util'
import { runPackage } from './command-line/run-package'

/** `npm run test:safety -- --rounds N [--seed S]`: runs the safety tests for a number of rounds. */
const { rounds, seed } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
}).values

for (const [name, value] of Object.entries({ rounds, seed })) {
  if (value === undefined || /^\d{1,9}$/.test(value)) continue
  console.error(`--${name} must be a whole number, not ${value}.`)
  process.exit(1)
}
process.exitCode = runPackage(process.cwd(), 'jest', ['--selectProjects', 'safety'], {
  ...(rounds !== undefined && { ROUNDS: rounds }),
  ...(seed !== undefined && { SEED: seed }),
})
