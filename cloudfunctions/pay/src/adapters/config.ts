import { existsSync, readFileSync, statSync } from 'node:fs'
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

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE

/** What is a text, and what it must look like. */
const TEXTS = {
  APPID: [/^wx[0-9a-f]{16}$/, 'the mini program id, wx and 16 hex characters'],
  MCHID: [/^\d{8,10}$/, 'the merchant number, 8 to 10 digits in quotes'],
  KEY: [/^[0-9A-Za-z]{32}$/, 'the API key (V2) of the merchant, 32 characters'],
  NOTIFY_URL: [
    /^https?:\/\/[^\s?#]{1,240}$/,
    'an http(s) address without a query, at most 256 characters',
  ],
  SIGN_TYPE: [/^(MD5|HMAC-SHA256)$/, "'MD5' or 'HMAC-SHA256'"],
  P12: [/./, 'the path of apiclient_cert.p12'],
} as const

/** What is a whole number, and what holds where none is given. */
const NUMBERS = {
  // WeChat wants time_expire more than a minute ahead; a prepay_id is valid for two hours and must
  // not die before its order.
  ORDER_TTL_MINUTES: { least: 5, most: 110, usual: 30 },
  // WeChat refunds within a year.
  SELF_REFUND_HOURS: { least: 1, most: 365 * 24, usual: 24 },
  MAX_UNPAID_ORDERS: { least: 1, most: 1000, usual: 10 },
} as const

/** The keys as in config/example.js; in the environment each has WXPAY_ before it. */
type Raw = Partial<Record<keyof typeof TEXTS | keyof typeof NUMBERS, unknown>>

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
  const keys = Object.keys({ ...TEXTS, ...NUMBERS })
  return Object.fromEntries(keys.map((key) => [key, env[`WXPAY_${key}`]]))
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
    const ask = 'are all values in quotes? compare it with example.js'
    throw notConfigured([`config/index.js: cannot be loaded (${kind}); ${ask}`])
  }
}

/** Every key in turn; a bad one is noted, so that the deployer learns of all of them at once. */
function check(raw: Raw, folder: string): Config {
  const wrong: string[] = []
  const text = (key: keyof typeof TEXTS): string => {
    const [form, expected] = TEXTS[key]
    const value = raw[key]
    if (typeof value === 'string' && form.test(value)) return value
    wrong.push(`${key}: must be ${expected}`)
    return ''
  }
  const number = (key: keyof typeof NUMBERS): number => {
    const { least, most, usual } = NUMBERS[key]
    const value = raw[key] ?? usual
    const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof count === 'number' && Number.isInteger(count) && count >= least && count <= most) {
      return count
    }
    wrong.push(`${key}: must be a whole number from ${least} to ${most}`)
    return usual
  }
  const key = text('KEY')
  const terms: Terms = {
    appid: text('APPID'),
    mch_id: text('MCHID'),
    notify_url: text('NOTIFY_URL'),
    sign_type: text('SIGN_TYPE') as SignType,
    order_ttl: number('ORDER_TTL_MINUTES') * MINUTE,
    self_refund: number('SELF_REFUND_HOURS') * HOUR,
    max_unpaid: number('MAX_UNPAID_ORDERS'),
  }
  const file = text('P12')
  const p12 = file && terms.mch_id ? readP12(path.resolve(folder, file), terms, wrong) : undefined
  if (wrong.length > 0 || !p12) throw notConfigured(wrong)
  return { terms, key, p12 }
}

function readP12(file: string, { mch_id }: Terms, wrong: string[]): Buffer | undefined {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
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
    return (
      'does not open with MCHID as its passphrase: either MCHID is wrong, or the certificate is ' +
      "another merchant's"
    )
  }
  if (/unsupported/i.test(text)) {
    // Node 18 and later refuse the RC2-40 that WeChat's own tool is reported to use.
    return (
      'is encrypted with an algorithm that this Node no longer reads; convert it outside the ' +
      'project, with your MCHID in both commands: rename it to old.p12; ' +
      'openssl pkcs12 -legacy -in old.p12 -passin pass:<your MCHID> -nodes -out temp.pem; ' +
      'openssl pkcs12 -export -in temp.pem -out apiclient_cert.p12 -passout pass:<your MCHID>; ' +
      'put apiclient_cert.p12 back, and delete temp.pem and old.p12'
    )
  }
  return 'is not a PKCS #12 file; download apiclient_cert.p12 again'
}

function notConfigured(wrong: string[]): ShopError {
  return new ShopError('NOT_CONFIGURED', `支付配置有误，请联系商家（${wrong.join('; ')}）`)
}
