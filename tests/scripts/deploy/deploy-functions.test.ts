import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { deployFunctions } from '../../../scripts/deploy/deploy-functions'
import { findCli } from '../../../scripts/deploy/find-cli'
import { CliStandIn, type Failure } from './cli-stand-in'

let standIn: CliStandIn
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined)
  jest.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  jest.restoreAllMocks()
  standIn.remove()
})

/** Deploys the project's functions with the stand-in on the PATH. */
function deploy(): Promise<string | undefined> {
  const cli = findCli({
    platform: process.platform,
    env: { PATH: standIn.folder },
    exists: existsSync,
    read: (file) => readFileSync(file, 'utf8'),
  })
  return deployFunctions(process.cwd(), 'shop-1a', cli!)
}

test('every function is deployed to the environment, pay-notify with its HTTP path', async () => {
  standIn = new CliStandIn()
  expect(await deploy()).toBeUndefined()
  expect(standIn.calls()).toEqual([
    ['fn', 'deploy', 'pay', '-e', 'shop-1a', '--force'],
    ['fn', 'deploy', 'pay-message', '-e', 'shop-1a', '--force'],
    ['fn', 'deploy', 'pay-notify', '-e', 'shop-1a', '--force', '--path', '/pay-notify'],
    ['fn', 'deploy', 'pay-reconcile', '-e', 'shop-1a', '--force'],
  ])
})

test('a CLI that cannot be run is one clear line', async () => {
  standIn = new CliStandIn()
  const nobody = { file: path.join(standIn.folder, 'nobody'), args: [] }
  await expect(deployFunctions(process.cwd(), 'shop-1a', nobody)).rejects.toThrow(
    /^The CloudBase CLI cannot be run \(.*ENOENT\)\. Install it again: /,
  )
})

test.each<[Failure]>([['with exit code 1'], ['with exit code 0']])(
  'the first function that fails %s is the last one tried',
  async (how) => {
    standIn = new CliStandIn({ at: 'pay-message', how })
    expect(await deploy()).toBe('pay-message')
    expect(standIn.calls().map(([, , name]) => name)).toEqual(['pay', 'pay-message'])
  },
)
