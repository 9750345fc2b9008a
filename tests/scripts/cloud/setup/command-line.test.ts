import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { readCloudFolder } from '../../../../scripts/cloud/setup/checkout'
import { readCredentials, withoutSecrets } from '../../../../scripts/cloud/setup/credentials'
import { SETUP_CLOUD, setupOptions } from '../../../../scripts/cloud/setup/options'
import { readArguments } from '../../../../scripts/command-line/command'

const readOptions = (args: string[], env: NodeJS.ProcessEnv) =>
  setupOptions(readArguments(SETUP_CLOUD, args, env).values)

describe('the command line', () => {
  test('needs no options', () => {
    expect(readOptions([], {})).toEqual({ dryRun: false, updateGoods: false })
  })

  test('takes --dry-run and --update-goods', () => {
    const options = { dryRun: true, updateGoods: true }
    expect(readOptions(['--dry-run', '--update-goods'], {})).toEqual(options)
  })

  test.each([
    ['--dryrun', 'Unknown option'],
    ['now', 'Unexpected argument'],
  ])('%s is refused with the list of options', (argument, expected) => {
    expect(() => readOptions([argument], {})).toThrow(expected)
    expect(() => readOptions([argument], {})).toThrow(/--dry-run, --update-goods/)
  })
})

describe('the credentials', () => {
  const env = { TCB_ENV_ID: 'shop-1a', TENCENTCLOUD_SECRETID: 'i', TENCENTCLOUD_SECRETKEY: 'k' }

  test('come from the environment variables', () => {
    expect(readCredentials(env)).toEqual({ envId: 'shop-1a', secretId: 'i', secretKey: 'k' })
  })

  test('may be temporary, with a session token', () => {
    expect(readCredentials({ ...env, TENCENTCLOUD_SESSIONTOKEN: 't' }).sessionToken).toBe('t')
  })

  test('are trimmed of white space that was copied with them', () => {
    expect(readCredentials({ ...env, TENCENTCLOUD_SECRETKEY: 'k \n' }).secretKey).toBe('k')
  })

  test.each(Object.keys(env))('%s is named when it is missing', (name) => {
    expect(() => readCredentials({ ...env, [name]: '' })).toThrow(name)
  })

  test('name an environment by an id of the right form', () => {
    const read = () => readCredentials({ ...env, TCB_ENV_ID: 'My Shop' })
    expect(read).toThrow('TCB_ENV_ID is not the id of an environment')
  })

  test('are removed from what is printed', () => {
    const lines: string[] = []
    const print = withoutSecrets((line) => lines.push(line), {
      envId: 'shop',
      secretId: 'one',
      secretKey: 'two',
      sessionToken: 'three',
    })
    print('shop one two three one')
    expect(lines).toEqual(['shop *** *** *** ***'])
  })
})

/** What `npm run setup:cloud` runs, on a machine where no credentials are set. */
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.cjs', 'scripts/setup-cloud.ts', ...args], {
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
    encoding: 'utf8',
  })

const VARIABLES = ['TCB_ENV_ID', 'TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY']

describe('without credentials', () => {
  test('the command names everything that is missing at once, and fails', () => {
    const { status, stdout } = run()
    for (const name of VARIABLES) expect(stdout).toContain(name)
    expect(status).toBe(1)
  })

  test('a dry run shows what the cloud should have, and what is missing to compare it', () => {
    const { status, stdout } = run('--dry-run')
    for (const name of VARIABLES) expect(stdout).toContain(name)
    expect(stdout).toMatch(
      /^Collections\n {2}goods\n {2}orders\nPermissions\n {2}goods ADMINWRITE\n/,
    )
    expect(stdout).toContain('  orders by next_check_at, _id\n')
    expect(stdout).toContain('  goods/jidangan.png\n')
    expect(stdout).toContain('  jidangan: 鸡蛋干 ¥0.01\n')
    expect(stdout).toContain('the cloud was not queried')
    expect(status).toBe(0)
  })
})

describe('the project’s own cloud folder', () => {
  const folder = readCloudFolder(path.resolve('.'))

  test('has a picture for each of the goods, and no other', () => {
    const wanted = folder.goods.map(({ picture }) => picture).sort()
    expect(folder.pictures.map(({ cloudPath }) => cloudPath)).toEqual(wanted)
  })

  test('has indexes only for collections that it creates', () => {
    expect(Object.keys(folder.permissions)).toEqual(
      expect.arrayContaining(Object.keys(folder.indexes)),
    )
  })
})
