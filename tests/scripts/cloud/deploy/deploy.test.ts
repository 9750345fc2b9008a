import { spawnSync } from 'node:child_process'
import { errorAt, warningAt } from '../../../../scripts/checks/check'
import {
  CLI_ADVICE,
  deploy,
  showDeployment,
  type Steps,
} from '../../../../scripts/cloud/deploy/deploy'
import { deployments } from '../../../../scripts/cloud/deploy/deploy-functions'

const CLI = { file: 'tcb', args: [] }
const ENV = { TCB_ENV_ID: 'shop-1a' }

let printed: string
beforeEach(() => {
  printed = ''
  jest.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`))
})
afterEach(() => jest.restoreAllMocks())

/** Steps that all succeed, but for the given ones. */
function stepsWith(others: Partial<Steps>) {
  return {
    findCli: jest.fn(() => CLI),
    build: jest.fn(() => true),
    verify: jest.fn(async () => true),
    examine: jest.fn(async () => [warningAt('NOTIFY_URL', 'ends strangely', 'check it')]),
    deployments: (env: string) => deployments(process.cwd(), env),
    deployFunctions: jest.fn(async () => undefined),
    ...others,
  }
}

test('functions that build, pass verify and have no error of the doctor are deployed', async () => {
  const steps = stepsWith({})
  await deploy(steps, ENV)
  expect(steps.deployFunctions).toHaveBeenCalledWith('shop-1a', CLI)
})

test('the last lines say what was never tested, and where to check it', async () => {
  await deploy(stepsWith({}), ENV)
  expect(printed).toMatch(
    /^Deployed\. The tests of this project never ran the real CLI or a real environment/,
  )
})

describe('nothing is deployed', () => {
  test.each<[when: string, others: Partial<Steps>, says: RegExp]>([
    ['the functions do not build', { build: () => false }, /do not build/],
    ['verify finds something wrong', { verify: async () => false }, /see ✗ above/],
    [
      'the doctor finds something wrong',
      { examine: async () => [errorAt('KEY', 'must be 32 characters', 'copy it from 商户平台')] },
      /npm run doctor/,
    ],
  ])('when %s', async (_when, others, says) => {
    const steps = stepsWith(others)
    await expect(deploy(steps, ENV)).rejects.toThrow(says)
    expect(steps.deployFunctions).not.toHaveBeenCalled()
  })

  test.each([
    ['no environment', {}, /TCB_ENV_ID is not set/],
    [
      'an option in its place',
      { TCB_ENV_ID: '--all' },
      /TCB_ENV_ID is not the id of an environment/,
    ],
  ])('when there is %s, and nothing is built', async (_what, env, says) => {
    const steps = stepsWith({})
    await expect(deploy(steps, env)).rejects.toThrow(says)
    expect(steps.build).not.toHaveBeenCalled()
  })

  test('when there is no CLI, and DevTools is named instead', async () => {
    const steps = stepsWith({ findCli: () => undefined })
    await expect(deploy(steps, ENV)).rejects.toThrow(CLI_ADVICE)
    expect(steps.build).not.toHaveBeenCalled()
  })
})

test('the errors of the doctor are shown', async () => {
  const examine = async () => [errorAt('KEY', 'must be 32 characters', 'copy it from 商户平台')]
  await deploy(stepsWith({ examine }), ENV).catch(() => undefined)
  expect(printed).toMatch(/^✗ KEY.* must be 32 characters/)
})

test('the function that the CLI could not deploy is named', async () => {
  const steps = stepsWith({ deployFunctions: async () => 'pay-notify' })
  await expect(deploy(steps, ENV)).rejects.toThrow(/^pay-notify was not deployed/)
})

describe('a dry run', () => {
  const steps = stepsWith({})

  test('builds and checks, shows what the CLI would be called with, and deploys nothing', async () => {
    await showDeployment(steps, ENV)
    expect(steps.build).toHaveBeenCalled()
    expect(steps.verify).toHaveBeenCalled()
    expect(steps.examine).toHaveBeenCalled()
    expect(steps.deployFunctions).not.toHaveBeenCalled()
    expect(printed).toContain(
      '  tcb fn deploy pay-notify -e shop-1a --force --path /pay-notify\n      Nodejs18.15, time limit 20 s\n',
    )
    expect(printed).toContain('time limit 60 s, trigger reconcile 0 * * * * * *\n')
    expect(printed).toMatch(/Dry run: nothing was deployed\.\n$/)
  })

  test('needs neither the CLI nor an environment, and says that they are missing', async () => {
    await showDeployment(stepsWith({ findCli: () => undefined }), {})
    expect(printed).toContain('tcb fn deploy pay -e <TCB_ENV_ID> --force\n')
    expect(printed).toContain('! TCB_ENV_ID is not set')
    expect(printed).toContain(CLI_ADVICE)
  })

  test('fails where a deployment would be refused, and still shows it', async () => {
    const refused = stepsWith({ verify: async () => false })
    await expect(showDeployment(refused, ENV)).rejects.toThrow(
      'Dry run: nothing was deployed, and would not be: see ✗ above.',
    )
    expect(printed).toContain('tcb fn deploy pay -e shop-1a --force\n')
  })
})

describe('npm run deploy', () => {
  const withoutCli = { ...process.env, PATH: '', TCB_ENV_ID: '' }

  /** What `npm run deploy` runs. */
  const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
    spawnSync(process.execPath, ['scripts/run.cjs', 'scripts/deploy.ts', ...args], {
      env,
      encoding: 'utf8',
    })

  test.each([
    ['the environment is not named', {}, [], /^TCB_ENV_ID is not set: .*\n$/],
    ['the CLI is not installed', ENV, [], /^The CloudBase CLI is not installed: .*\n$/],
    [
      'it is given an option',
      ENV,
      ['--all'],
      /^Unknown option '--all'\. The options of npm run deploy: --dry-run, --help\n$/,
    ],
  ])('says one line and ends with 1 when %s', (_when, env, args, line) => {
    const { status, stderr } = run({ ...withoutCli, ...env }, ...args)
    expect(stderr).toMatch(line)
    expect(status).toBe(1)
  })
})
