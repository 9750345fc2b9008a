import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../simulator/project'

/** `npm run test:safety -- --rounds N [--seed S]`: the safety tests, as long as one likes. */
const { rounds, seed } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
}).values

for (const [name, value] of Object.entries({ rounds, seed })) {
  if (value === undefined || /^\d{1,9}$/.test(value)) continue
  console.error(`--${name} must be a whole number, not ${value}.`)
  process.exit(1)
}
const jest = path.join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js')
const { status } = spawnSync(process.execPath, [jest, '--selectProjects', 'safety'], {
  cwd: projectRoot,
  env: {
    ...process.env,
    ...(rounds !== undefined && { ROUNDS: rounds }),
    ...(seed !== undefined && { SEED: seed }),
  },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
