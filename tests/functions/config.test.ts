import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig as readMessageConfig } from '../../cloudfunctions/pay-message/src/config'
import { readConfig } from '../../cloudfunctions/pay/src/adapters/config'
import { ConfigError } from '../../cloudfunctions/pay/src/errors'
import { handleCall } from '../../cloudfunctions/pay/src/handle-call'
import { issueCertificates } from '../../simulator/wechat-pay/certificates'
import { RC2_P12 } from '../support/rc2-p12'

const MCHID = '1900000109'

let folder: string
let env: Record<string, string>

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'config-test-'))
  const { p12 } = await issueCertificates(MCHID, Date.now())
  writeFileSync(path.join(folder, 'good.p12'), Buffer.from(p12, 'base64'))
  writeFileSync(path.join(folder, 'rc2.p12'), Buffer.from(RC2_P12, 'base64'))
  mkdirSync(path.join(folder, 'own'))
  writeFileSync(path.join(folder, 'noise.p12'), 'not a certificate')
  env = {
    WXPAY_APPID: 'wxd930ea5d5a258f4f',
    WXPAY_MCHID: MCHID,
    WXPAY_KEY: '192006250b4c09247ec02edce69f6a2d',
    WXPAY_P12: path.join(folder, 'good.p12'),
    WXPAY_NOTIFY_URL: 'https://example.com/pay-notify',
    WXPAY_SIGN_TYPE: 'MD5',
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Returns the error message for a changed configuration. */
function errorOf(change: Record<string, string | undefined>): string {
  try {
    readConfig(folder, { ...env, ...change })
  } catch (error) {
    return (error as Error).message
  }
  return 'no error'
}

describe('the configuration of pay', () => {
  test('is read from the environment, in ms', () => {
    const { settings } = readConfig(folder, { ...env, WXPAY_ORDER_TTL_MINUTES: '110' })
    expect(settings).toEqual({
      appid: 'wxd930ea5d5a258f4f',
      mch_id: MCHID,
      notify_url: 'https://example.com/pay-notify',
      sign_type: 'MD5',
      order_ttl: 110 * 60_000,
      self_refund: 24 * 3_600_000,
      max_unpaid: 10,
    })
  })

  test.each([
    ['WXPAY_APPID', 'touristappid', 'APPID: must be the mini program id'],
    ['WXPAY_MCHID', '123', 'MCHID: must be the merchant number'],
    ['WXPAY_KEY', 'short', 'KEY: must be the API key'],
    ['WXPAY_KEY', undefined, 'KEY: must be the API key'],
    ['WXPAY_NOTIFY_URL', 'https://example.com/?a=1', 'NOTIFY_URL: must be an http(s) address'],
    ['WXPAY_SIGN_TYPE', 'RSA', "SIGN_TYPE: must be 'MD5' or 'HMAC-SHA256'"],
    ['WXPAY_ORDER_TTL_MINUTES', '111', 'ORDER_TTL_MINUTES: must be a whole number from 5 to 110'],
    ['WXPAY_ORDER_TTL_MINUTES', '4', 'ORDER_TTL_MINUTES: must be a whole number from 5 to 110'],
    ['WXPAY_SELF_REFUND_HOURS', '1.5', 'SELF_REFUND_HOURS: must be a whole number from 1 to 8760'],
    ['WXPAY_P12', undefined, 'P12: must be the path of apiclient_cert.p12'],
    ['WXPAY_P12', 'missing.p12', 'P12: there is no file missing.p12'],
    ['WXPAY_P12', 'own', 'P12: there is no file own'],
    ['WXPAY_P12', 'noise.p12', 'P12: is not a PKCS #12 file'],
    ['WXPAY_MCHID', '1900000110', 'P12: does not open with MCHID as its passphrase'],
  ])('%s = %s is an error that says what it must be', (key, value, expected) => {
    expect(errorOf({ [key]: value })).toContain(expected)
  })

  test('the error for a certificate that this Node cannot read lists the commands that convert it', () => {
    expect(errorOf({ WXPAY_P12: 'rc2.p12' })).toMatch(
      /rename it to old\.p12; openssl pkcs12 -legacy -in old\.p12 -passin pass:<your MCHID> .* -passout pass:<your MCHID>/,
    )
  })

  test('all mistakes are in one error, without the configured values', () => {
    const message = errorOf({ WXPAY_KEY: 'secret-but-short', WXPAY_SIGN_TYPE: 'RSA' })
    expect(message).toContain('KEY:')
    expect(message).toContain('SIGN_TYPE:')
    expect(message).not.toContain('secret-but-short')
  })

  test('without WXPAY_MCHID only the file in the function’s folder is read, not the environment', () => {
    const own = path.join(folder, 'own')
    mkdirSync(path.join(own, 'config'), { recursive: true })
    copyFileSync(path.join(folder, 'good.p12'), path.join(own, 'config', 'apiclient_cert.p12'))
    writeFileSync(
      path.join(own, 'config', 'index.js'),
      `module.exports = ${JSON.stringify({
        APPID: 'wxd930ea5d5a258f4f',
        MCHID,
        KEY: '192006250b4c09247ec02edce69f6a2d',
        P12: 'apiclient_cert.p12',
        NOTIFY_URL: 'https://example.com/pay-notify',
        SIGN_TYPE: 'MD5',
        SELF_REFUND_HOURS: 1,
      })}`,
    )
    const { settings } = readConfig(own, { WXPAY_SIGN_TYPE: 'HMAC-SHA256' })
    expect(settings).toMatchObject({ sign_type: 'MD5', self_refund: 3_600_000 })
  })

  test('a file that cannot be loaded is an error', () => {
    const own = path.join(folder, 'broken')
    mkdirSync(path.join(own, 'config'), { recursive: true })
    writeFileSync(path.join(own, 'config', 'index.js'), 'module.exports = {')
    expect(() => readConfig(own, {})).toThrow('config/index.js: cannot be loaded')
    expect(() => readMessageConfig(own, {})).toThrow('config/index.js: cannot be loaded')
  })

  test('the error for a missing file names the example', () => {
    expect(() => readConfig(folder, {})).toThrow('make it from config/example.js')
  })

  test('the example is complete except for the certificate', () => {
    const example = path.resolve('cloudfunctions/pay/config/example.js')
    const own = path.join(folder, 'example')
    mkdirSync(path.join(own, 'config'), { recursive: true })
    copyFileSync(example, path.join(own, 'config', 'index.js'))
    expect(() => readConfig(own, {})).toThrow(
      /^P12: there is no file apiclient_cert\.p12 → .*商户API证书/,
    )
  })
})

test('a configuration error names the key in the log, but not to the shopper', async () => {
  const fail = () => {
    throw new ConfigError([{ setting: 'KEY', problem: 'must be long', fix: 'write it' }])
  }
  const { reply, why } = await handleCall(fail, { type: 'orderquery', data: {} })
  expect(reply).toEqual({
    code: 1,
    error: 'NOT_CONFIGURED',
    message: '暂时不能支付，请联系商家',
  })
  expect(why).toBe('KEY: must be long')
})

describe('the configuration of pay-message', () => {
  const message = {
    WXPAY_MCHID: MCHID,
    WXPAY_TEMPLATE_ID: 'SIMULATED_TEMPLATE_OF_THE_PAID_MESSAGE',
    WXPAY_TEMPLATE_DATA: '{"thing1":"body"}',
  }

  test('names the template and the order field for each of its keys', () => {
    expect(readMessageConfig(folder, message)).toEqual({
      template_id: 'SIMULATED_TEMPLATE_OF_THE_PAID_MESSAGE',
      fields: { thing1: 'body' },
      miniprogram_state: 'formal',
    })
  })

  test('without a template no message is sent', () => {
    expect(readMessageConfig(folder, { WXPAY_MCHID: MCHID })).toBeUndefined()
    expect(readMessageConfig(folder, {})).toBeUndefined()
  })

  test.each([
    [{ WXPAY_TEMPLATE_ID: 'x' }, 'TEMPLATE_ID: must be'],
    [{ WXPAY_TEMPLATE_DATA: '{}' }, 'TEMPLATE_DATA: must name the keys'],
    [{ WXPAY_TEMPLATE_DATA: '{"thing1":"price"}' }, 'TEMPLATE_DATA.thing1: must be out_trade_no'],
    [{ WXPAY_MINIPROGRAM_STATE: 'beta' }, 'MINIPROGRAM_STATE: must be developer'],
  ])('%j is an error that says what it must be', (change, expected) => {
    expect(() => readMessageConfig(folder, { ...message, ...change })).toThrow(expected)
  })
})
