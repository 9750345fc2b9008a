import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ConfiguredCheckout, MCHID } from '../support/configured-checkout'
import { issueIdentity, pack } from '../support/p12'

const YEAR = 365 * 24 * 3_600_000
const p12 = pack(issueIdentity(MCHID, Date.now(), Date.now() + YEAR), MCHID)

let checkout: ConfiguredCheckout

beforeEach(async () => {
  checkout = await ConfiguredCheckout.create(p12)
})
afterEach(() => checkout.destroy())

/** Runs what `npm run doctor` runs, in the checkout. */
function doctor() {
  const program = ['scripts/run.cjs', 'scripts/doctor.ts'].map((file) => path.resolve(file))
  const { status, stdout } = spawnSync(process.execPath, program, {
    cwd: checkout.folder,
    encoding: 'utf8',
  })
  return { status, lines: stdout.trimEnd().split('\n') }
}

describe('npm run doctor', () => {
  test('ends with 0 and says so when nothing is wrong', () => {
    const { status, lines } = doctor()
    expect(lines.at(-3)).toMatch(/^0 errors, 1 warning, \d+ ok$/)
    expect(status).toBe(0)
  })

  test('says what comes next when nothing is wrong', () => {
    expect(doctor().lines.at(-1)).toMatch(/^Next: npm run setup:cloud -- --dry-run, /)
  })

  test('ends with 1 and says how to fix it when something is wrong', () => {
    checkout.json('project.config.json', (it) => (it.appid = 'touristappid'))
    const { status, lines } = doctor()
    const at = lines.indexOf('✗ project.config.json appid: is touristappid, which has no cloud')
    expect(lines[at + 1]).toMatch(/^ {4}→ write your own/)
    expect(status).toBe(1)
  })
})
