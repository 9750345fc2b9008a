import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { deployFunctions } from '../../../../scripts/cloud/deploy/deploy-functions'
import { findCli } from '../../../../scripts/cloud/deploy/find-cli'
import { type Failure, FakeCli } from './fake-cli'

let fake: FakeCli
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined)
  jest.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  jest.restoreAllMocks()
  fake.remove()
})

/** Deploys the project's functions with the fake on the PATH. */
function deploy(): Promise<string | undefined> {
  const cli = findCli({
    platform: process.platform,
    env: { PATH: fake.folder },
    exists: existsSync,
    read: (file) => readFileSync(file, 'utf8'),
  })
  return deployFunctions(process.cwd(), 'shop-1a', cli!)
}

test('every function is deployed to the environment, pay-notify with its HTTP path', async () => {
  fake = new FakeCli()
  expect(await deploy()).toBeUndefined()
  expect(fake.calls()).toEqual([
    ['fn', 'deploy', 'pay', '-e', 'shop-1a', '--force'],
    ['fn', 'deploy', 'pay-message', '-e', 'shop-1a', '--force'],
    ['fn', 'deploy', 'pay-notify', '-e', 'shop-1a', '--force', '--path', '/pay-notify'],
    ['fn', 'deploy', 'pay-reconcile', '-e', 'shop-1a', '--force'],
  ])
})

test('a CLI that cannot be run is one clear line', async () => {
  fake = new FakeCli()
  const missing = { file: path.join(fake.folder, 'missing'), args: [] }
  await expect(deployFunctions(process.cwd(), 'shop-1a', missing)).rejects.toThrow(
    /^The CloudBase CLI cannot be run \(.*ENOENT\)\. Install it again: /,
  )
})

test.each<[Failure]>([['with exit code 1'], ['with exit code 0']])(
  'the first function that fails %s is the last one tried',
  async (how) => {
    fake = new FakeCli({ at: 'pay-message', how })
    expect(await deploy()).toBe('pay-message')
    expect(fake.calls().map(([, , name]) => name)).toEqual(['pay', 'pay-message'])
  },
)
