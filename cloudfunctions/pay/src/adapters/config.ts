import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { ShopError } from '../errors'
import type { SignType, Terms } from '../ports'

export interface Config {
  terms: Terms
  /** the merchant's API key: signs everything, never leaves this process */
  key: string
  /** apiclient_cert.p12, whose passphrase is the merchant number */
  p12: Buffer
}

/** The configuration's keys, as in config/example.js; in the environment each has WXPAY_ before it. */
const KEYS = [
  'APPID',
  'MCHID',
  'KEY',
  'P12',
  'NOTIFY_URL',
  'SIGN_TYPE',
  'ORDER_TTL_MINUTES',
  'SELF_REFUND_HOURS',
  'MAX_UNPAID_ORDERS',
] as const

type Raw = Partial<Record<(typeof KEYS)[number], unknown>>

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE

/**
 * Reads the configuration: the environment alone when WXPAY_MCHID is set, else config/index.js
 * beside the function, never a mixture.
 * @param folder the function's own folder
 * @throws ShopError NOT_CONFIGURED that names every bad key and says what it should look like
 */
export function readConfig(folder: string, env: NodeJS.ProcessEnv = process.env): Config {
  const configFolder = path.join(folder, 'config')
  return env['WXPAY_MCHID'] === undefined
    ? check(readFile(configFolder), configFolder)
    : check(readEnvironment(env), folder)
}

function readEnvironment(env: NodeJS.ProcessEnv): Raw {
  return Object.fromEntries(KEYS.map((key) => [key, env[`WXPAY_${key}`]]))
}

function readFile(configFolder: string): Raw {
  const file = path.join(configFolder, 'index.js')
  if (!existsSync(file)) {
    throw notConfigured(['config/index.js: is missing; make it from config/example.js'])
  }
  const content = load(file)
  if (typeof content !== 'object' || content === null) {
    throw notConfigured(['config/index.js: must export an object, as config/example.js does'])
  }
  return content
}

function load(file: string): unknown {
  try {
    return require(file)
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'an error'
    throw notConfigured([`config/index.js: cannot be loaded (${kind}); compare it with example.js`])
  }
}

/** Every key in turn; a bad one is noted, so that the deployer learns of all of them at once. */
function check(raw: Raw, folder: string): Config {
  const wrong: string[] = []
  const text = (key: keyof Raw, form: RegExp, expected: string): string => {
    const value = raw[key]
    if (typeof value === 'string' && form.test(value)) return value
    wrong.push(`${key}: must be ${expected}`)
    return ''
  }
  const number = (key: keyof Raw, fallback: number, most: number, least = 1): number => {
    const value = raw[key] ?? fallback
    const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (Number.isInteger(count) && Number(count) >= least && Number(count) <= most)
      return Number(count)
    wrong.push(`${key}: must be a whole number from ${least} to ${most}`)
    return fallback
  }
  const appid = text('APPID', /^wx[0-9a-f]{16}$/, 'the mini program id, wx and 16 hex characters')
  const mch_id = text('MCHID', /^\d{8,10}$/, 'the merchant number, 8 to 10 digits in quotes')
  const key = text('KEY', /^[0-9A-Za-z]{32}$/, 'the API key (V2) of the merchant, 32 characters')
  const notify_url = text(
    'NOTIFY_URL',
    /^https?:\/\/[^\s?#]{1,240}$/,
    'an http(s) address without a query, at most 256 characters',
  )
  const sign_type = text('SIGN_TYPE', /^(MD5|HMAC-SHA256)$/, "'MD5' or 'HMAC-SHA256'") as SignType
  // WeChat wants time_expire more than a minute ahead; a prepay_id is valid for two hours and must
  // not die before its order.
  const order_ttl = number('ORDER_TTL_MINUTES', 30, 110, 5) * MINUTE
  // WeChat refunds within a year.
  const self_refund = number('SELF_REFUND_HOURS', 24, 365 * 24) * HOUR
  const max_unpaid = number('MAX_UNPAID_ORDERS', 10, 1000)
  const p12File = text('P12', /./, 'the path of apiclient_cert.p12')
  const p12 = p12File && mch_id ? readP12(path.resolve(folder, p12File), mch_id, wrong) : undefined
  if (wrong.length > 0 || !p12) throw notConfigured(wrong)
  return {
    terms: { appid, mch_id, notify_url, sign_type, order_ttl, self_refund, max_unpaid },
    key,
    p12,
  }
}

function readP12(file: string, mch_id: string, wrong: string[]): Buffer | undefined {
  if (!existsSync(file)) {
    wrong.push(`P12: there is no file ${path.basename(file)}; download it in the merchant platform`)
    return undefined
  }
  const p12 = readFileSync(file)
  try {
    createSecureContext({ pfx: p12, passphrase: mch_id })
    return p12
  } catch (error) {
    wrong.push(`P12: ${whyNotOpened(error)}`)
    return undefined
  }
}

function whyNotOpened(error: unknown): string {
  const text = String(error)
  if (/mac verify|password/i.test(text)) {
    return 'does not open with MCHID as its passphrase: it belongs to another merchant number'
  }
  if (/unsupported/i.test(text)) {
    // Node 18 and later refuse the RC2-40 that WeChat's own tool is reported to use.
    return (
      'is encrypted with an algorithm that this Node no longer reads; convert it: ' +
      'openssl pkcs12 -legacy -in old.p12 -nodes -out temp.pem, then ' +
      'openssl pkcs12 -export -in temp.pem -out apiclient_cert.p12 -passout pass:MCHID'
    )
  }
  return 'is not a PKCS #12 file; download apiclient_cert.p12 again'
}

function notConfigured(wrong: string[]): ShopError {
  return new ShopError('NOT_CONFIGURED', `支付配置有误，请联系商家（${wrong.join('; ')}）`)
}
