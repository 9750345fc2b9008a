import { utimesSync } from 'node:fs'
import path from 'node:path'
import { isError, isProblem } from '../../../../scripts/checks/check'
import { checkCertificate } from '../../../../scripts/checks/configuration/certificate'
import { readConfiguration } from '../../../../scripts/checks/configuration/configuration'
import { examine } from '../../../../scripts/checks/configuration/examine'
import { checkExposure, openToAll } from '../../../../scripts/checks/configuration/secrets'
import { formatReport } from '../../../../scripts/checks/report'
import { ConfiguredCheckout, KEY, MCHID, TEMPLATE_ID } from '../../../support/configured-checkout'
import { issueIdentity, pack } from '../../../support/p12'

const NOW = Date.parse('2026-06-01T00:00:00Z')

const YEAR = 365 * 24 * 3_600_000
const p12 = pack(issueIdentity(MCHID, NOW, NOW + YEAR), MCHID)

let checkout: ConfiguredCheckout

beforeEach(async () => {
  checkout = await ConfiguredCheckout.create(p12)
})
afterEach(() => checkout.destroy())

const examined = (environment: NodeJS.ProcessEnv = {}) =>
  examine(checkout.folder, { environment, now: NOW, node: '20.19.0' })

/** Returns a line for each error: where, and the problem. */
const errors = async (environment?: NodeJS.ProcessEnv) =>
  (await examined(environment))
    .filter(isProblem)
    .filter(isError)
    .map(({ where, problem }) => `${where} ${problem}`)

describe('a good configuration', () => {
  test('is reported with what is right in it', async () => {
    expect(await examined()).toContainEqual({
      severity: 'ok',
      where: 'cloudfunctions/pay/config/index.js P12',
      fact: "is MCHID's certificate, valid until 2027-06-01",
    })
  })

  test('has one warning: shoppers refund themselves', async () => {
    const warnings = (await examined()).filter(({ severity }) => severity === 'warning')
    expect(warnings).toEqual([
      expect.objectContaining({
        where: 'cloudfunctions/pay/config/index.js SELF_REFUND_HOURS',
        problem: 'lets shoppers refund themselves for 2 h after paying, without asking you',
      }),
    ])
  })
})

test('sources that are newer than a build of the same content do not make it outdated', async () => {
  const source = path.join(checkout.folder, 'cloudfunctions/pay/src/index.ts')
  utimesSync(source, 4_000_000_000, 4_000_000_000)
  expect(await errors()).toEqual([])
})

describe('a checkout that was just cloned', () => {
  beforeEach(() => {
    checkout.json('project.config.json', (it) => (it.appid = 'touristappid'))
    checkout.phone('', [])
    for (const name of ['pay', 'pay-message']) {
      checkout.remove(`cloudfunctions/${name}/config/index.js`)
    }
  })

  test('lacks an AppID and the configuration of pay, and nothing else', async () => {
    expect(await errors()).toEqual([
      'project.config.json appid is touristappid, which has no cloud',
      'cloudfunctions/pay/config/index.js is missing',
    ])
  })

  test('with the example as its configuration, lacks every value that the deployer must provide', async () => {
    checkout.json('project.config.json', (it) => (it.appid = 'wxd930ea5d5a258f4f'))
    checkout.copy('cloudfunctions/pay/config/example.js', 'cloudfunctions/pay/config/index.js')
    checkout.remove('cloudfunctions/pay/config/apiclient_cert.p12')
    const keys = (await errors()).map(
      (line) => /pay\/config\/index\.js ([A-Z0-9_]+)/.exec(line)?.[1],
    )
    expect(keys.filter(Boolean)).toEqual(['APPID', 'MCHID', 'KEY', 'P12', 'NOTIFY_URL'])
  })
})

describe('where WXPAY_MCHID is set', () => {
  let variables: NodeJS.ProcessEnv

  beforeEach(() => {
    checkout.pay({ MCHID: 'the file is not read' })
    variables = {
      WXPAY_APPID: 'wxd930ea5d5a258f4f',
      WXPAY_MCHID: MCHID,
      WXPAY_KEY: KEY,
      WXPAY_P12: path.join('config', 'apiclient_cert.p12'),
      WXPAY_NOTIFY_URL: 'https://shop.cn/pay-notify',
      WXPAY_SIGN_TYPE: 'MD5',
      WXPAY_TEMPLATE_ID: TEMPLATE_ID,
      WXPAY_TEMPLATE_DATA: '{"thing1":"body"}',
    }
  })

  test('the environment alone is checked', async () => {
    expect(await errors(variables)).toEqual([])
  })

  test.each([
    ['WXPAY_KEY', undefined, 'WXPAY_KEY must be the API key (V2) of the merchant, 32 characters'],
    ['WXPAY_NOTIFY_URL', 'http://shop.cn/pay-notify', 'WXPAY_NOTIFY_URL must be https'],
    ['WXPAY_TEMPLATE_DATA', '{', 'WXPAY_TEMPLATE_DATA must be JSON'],
    ['WXPAY_MAX_UNPAID', '5', 'WXPAY_MAX_UNPAID is not a known setting'],
  ])('%s = %s is wrong there', async (name, value, expected) => {
    expect(await errors({ ...variables, [name]: value })).toEqual([
      expect.stringContaining(expected),
    ])
  })
})

test('a certificate that opens but cannot be read is a warning to check it by hand', async () => {
  const configuration = await readConfiguration(checkout.folder, {
    environment: {},
    now: NOW,
    node: '20.19.0',
  })
  const unread = { ...configuration, certificate: undefined }
  expect(checkCertificate(unread, 'P12', 'get another one')).toEqual({
    severity: 'warning',
    where: 'P12',
    problem: 'opens, but its certificate cannot be read: check it yourself',
    fix: 'openssl pkcs12 -nokeys -in apiclient_cert.p12 | openssl x509 -noout -subject -enddate',
  })
})

describe('a secret', () => {
  test.each([
    ['in its place', () => undefined],
    ['as a wrong value of every key', () => checkout.pay(everyKeyIs(KEY))],
    ['as the phone’s', () => checkout.phone(KEY.toUpperCase(), KEY)],
    ['in cloudbaserc.json', () => checkout.json('cloudbaserc.json', putKey)],
  ])('is not shown, %s', async (_where, put) => {
    put()
    const printed = formatReport(await examined({ WXPAY_KEY: KEY, TCB_ENV_ID: KEY }))
    expect(printed.toLowerCase()).not.toContain(KEY)
  })
})

describe('a file of secrets', () => {
  const entered = [0o40755, 0o40755]

  test('is open to all users when they can read it and enter every folder above', () => {
    expect(openToAll([0o100644, ...entered])).toBe(true)
  })

  test.each([
    ['it is its owner’s', [0o100600, ...entered]],
    ['a folder above is closed', [0o100644, 0o40755, 0o40700]],
    ['the system has no modes', []],
  ])('is not when %s', (_why, modes) => {
    expect(openToAll(modes)).toBe(false)
  })

  test('that is open is a warning, and the fix is to close the folder', () => {
    expect(checkExposure({ root: 'shop', exposed: ['a.p12'] })).toEqual([
      {
        severity: 'warning',
        where: 'a.p12',
        problem: 'can be read by every user of this computer',
        fix: 'chmod 700 shop',
      },
    ])
  })
})

const everyKeyIs = (value: string) =>
  Object.fromEntries(
    ['APPID', 'MCHID', 'NOTIFY_URL', 'SIGN_TYPE', 'ORDER_TTL_MINUTES', 'SELF_REFUND_HOURS'].map(
      (key) => [key, value],
    ),
  )

const putKey = (content: any) => (content.functions[0].envVariables = { WXPAY_KEY: KEY })
