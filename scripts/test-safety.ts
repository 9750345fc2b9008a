import { runCommand, usageError } from './command-line/command'
import { runPackage } from './command-line/run-package'

const TEST_SAFETY = {
  command: 'npm run test:safety',
  purpose:
    'Runs all safety tests at full length. npm test runs a sample of their histories, schedules and faults.',
  options: {
    rounds: { value: 'N', help: 'how many histories, events or schedules each random test runs' },
    seed: { value: 'S', help: 'the seed that a failed run has printed' },
  },
  rest: { name: 'FILE...', help: 'run only these files' },
} as const

runCommand(TEST_SAFETY, ({ values: { rounds, seed }, rest }) => {
  for (const [name, value] of Object.entries({ rounds, seed })) {
    if (value === undefined || /^\d{1,9}$/.test(value)) continue
    throw usageError(TEST_SAFETY, `--${name} must be a whole number, not ${value}.`)
  }
  process.exitCode = runPackage(process.cwd(), 'jest', [...rest, '--selectProjects', 'safety'], {
    TESTS: 'full',
    ...(rounds !== undefined && { ROUNDS: rounds }),
    ...(seed !== undefined && { SEED: seed }),
  })
})
