import { spawnSync } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ConfigError, orderNotFound, reasonOf } from '../../cloudfunctions/pay/src/errors'
import { handleCall } from '../../cloudfunctions/pay/src/handle-call'
import { bundleFunction } from '../../project/functions'
import { issueIdentity, pack } from '../support/p12'
import { project } from '../support/project'

/* Errors that `pay` handles itself: the simulator's terminal shows them whole, the cloud's log does not. */

const SECRET = 'oRealOpenid_of_a_shopper'

describe('the channel shop.error', () => {
  let published: unknown[]
  const listen = (error: unknown) => void published.push(error)
  beforeEach(() => {
    published = []
    subscribe('shop.error', listen)
  })
  afterEach(() => unsubscribe('shop.error', listen))

  test('receives an exception with its message and stack, which the reply does not contain', async () => {
    const error = new TypeError(SECRET)
    const { reply, why } = await handleCall(() => {
      throw error
    }, {})
    expect(published).toEqual([error])
    expect(JSON.stringify({ reply, why })).not.toContain(SECRET)
    expect(why).toMatch(/^TypeError at .*published-errors\.test\.ts:\d+:\d+/)
  })

  test.each([
    ['a reply of the shop', orderNotFound()],
    [
      'a wrong configuration',
      new ConfigError([{ setting: 'KEY', problem: 'is short', fix: 'copy' }]),
    ],
  ])('does not receive %s', (_, error) => {
    reasonOf(error)
    expect(published).toEqual([])
  })
})

describe('in the cloud, the log line of a call that crashed', () => {
  let folder: string
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'published-errors-'))
    await bundleFunction(project, 'pay', path.join(folder, 'index.js'))
    const now = Date.now()
    const p12 = path.join(folder, 'cert.p12')
    writeFileSync(p12, pack(issueIdentity('1900000109', now - 1, now + 86_400_000), '1900000109'))
    writeFileSync(
      path.join(folder, 'subscriber.cjs'),
      `require('node:diagnostics_channel').subscribe('shop.error', (error) => console.log(error))`,
    )
    env = {
      PATH: process.env.PATH,
      WXPAY_APPID: 'wx5f0c0ffee0000001',
      WXPAY_MCHID: '1900000109',
      WXPAY_KEY: '0'.repeat(32),
      WXPAY_P12: p12,
      WXPAY_NOTIFY_URL: 'https://shop.example.com/pay-notify',
      WXPAY_SIGN_TYPE: 'HMAC-SHA256',
      WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID',
      WX_OPENID: SECRET,
      WX_APPID: 'wx5f0c0ffee0000001',
      TCB_ENV: 'shop',
      SILENCE: 'true',
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs the built function with an event that crashes it. Returns what it prints. */
  function output(...options: string[]): string {
    const program = `
      const getOwnPropertyDescriptor = () => { throw new Error('${SECRET}') }
      const event = new Proxy({}, { getOwnPropertyDescriptor })
      require('./index.js').main(event).then(() => process.exit())`
    const args = [...options, '-e', program]
    return spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }).stdout
  }

  test('says where the function crashed, without the message of the error', () => {
    const [line = '', ...others] = output().trim().split('\n')
    expect(JSON.parse(line)).toMatchObject({
      outcome: 'UNKNOWN',
      why: expect.stringMatching(/^Error at /),
    })
    expect(line).not.toContain(SECRET)
    expect(others).toEqual([])
  })

  test('is joined by the message only if something subscribes to the channel', () => {
    expect(output('--require', './subscriber.cjs')).toContain(`Error: ${SECRET}`)
  })
})
