import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { ConfigError, type ConfigProblem } from '../errors'
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

const MERCHANT_PLATFORM = 'pay.weixin.qq.com: 账户中心'

interface TextKey {
  form: RegExp
  /** behind “must be” */
  expected: string
  /** where the right value is found */
  fix: string
}

const TEXTS = {
  APPID: {
    form: /^wx[0-9a-f]{16}$/,
    expected: 'the mini program id, wx and 16 hex characters',
    fix: 'write the appid of project.config.json',
  },
  MCHID: {
    form: /^\d{8,10}$/,
    expected: 'the merchant number, 8 to 10 digits in quotes',
    fix: `copy it from ${MERCHANT_PLATFORM} → 商户信息 → 微信支付商户号`,
  },
  KEY: {
    form: /^[0-9A-Za-z]{32}$/,
    expected: 'the API key (V2) of the merchant, 32 characters',
    fix: `write the APIv2密钥, which you set yourself in ${MERCHANT_PLATFORM} → API安全 → APIv2密钥`,
  },
  NOTIFY_URL: {
    form: /^https?:\/\/[^\s?#]{1,240}$/,
    expected: 'an http(s) address without a query, at most 256 characters',
    fix: 'write the https address that 云开发平台: HTTP 访问服务 → 路由管理 gives pay-notify',
  },
  SIGN_TYPE: {
    form: /^(MD5|HMAC-SHA256)$/,
    expected: "'MD5' or 'HMAC-SHA256'",
    fix: 'write HMAC-SHA256 unless your account needs MD5',
  },
  P12: {
    form: /./,
    expected: 'the path of apiclient_cert.p12',
    fix: `${MERCHANT_PLATFORM} → API安全 → 商户API证书 → 申请新证书 makes it; put apiclient_cert.p12 beside config/index.js`,
  },
} as const satisfies Record<string, TextKey>

/** Returns where the right value of a key is found. */
export const fixOf = (key: keyof typeof TEXTS): string => TEXTS[key].fix

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
 * @throws ConfigError that names every bad key and says what it should look like
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
    throw fileProblem('is missing', 'make it from config/example.js')
  }
  const content = load(file)
  if (typeof content !== 'object' || content === null) {
    throw fileProblem('must export an object', 'write it as config/example.js does')
  }
  return content
}

function load(file: string): unknown {
  try {
    return require(file)
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'an error'
    const fix = 'put all texts in quotes; compare it with example.js'
    throw fileProblem(`cannot be loaded (${kind})`, fix)
  }
}

const fileProblem = (problem: string, fix: string) =>
  new ConfigError([{ key: undefined, problem, fix }])

/** Every key in turn; a bad one is noted, so that the deployer learns of all of them at once. */
function check(raw: Raw, folder: string): Config {
  const wrong: ConfigProblem[] = []
  const text = (key: keyof typeof TEXTS): string => {
    const { form, expected, fix } = TEXTS[key]
    const value = raw[key]
    if (typeof value === 'string' && form.test(value)) return value
    wrong.push({ key, problem: `must be ${expected}`, fix })
    return ''
  }
  const number = (key: keyof typeof NUMBERS): number => {
    const { least, most, usual } = NUMBERS[key]
    const value = raw[key] ?? usual
    const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof count === 'number' && Number.isInteger(count) && count >= least && count <= most) {
      return count
    }
    const problem = `must be a whole number from ${least} to ${most}`
    wrong.push({ key, problem, fix: 'see config/example.js' })
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
  if (wrong.length > 0 || !p12) throw new ConfigError(wrong)
  return { terms, key, p12 }
}

function readP12(file: string, { mch_id }: Terms, wrong: ConfigProblem[]): Buffer | undefined {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const problem = `there is no file ${path.basename(file)}`
    wrong.push({ key: 'P12', problem, fix: TEXTS.P12.fix })
    return undefined
  }
  const p12 = readFileSync(file)
  try {
    createSecureContext({ pfx: p12, passphrase: mch_id })
    return p12
  } catch (error) {
    wrong.push({ key: 'P12', ...whyNotOpened(error) })
    return undefined
  }
}

function whyNotOpened(error: unknown): Omit<ConfigProblem, 'key'> {
  const text = String(error)
  if (/mac verify|password/i.test(text)) {
    return {
      problem: 'does not open with MCHID as its passphrase',
      fix:
        "correct MCHID if it is wrong; else the certificate is another merchant's: " +
        TEXTS.P12.fix,
    }
  }
  if (/unsupported/i.test(text)) {
    // Node 18 and later refuse the RC2-40 that WeChat's own tool is reported to use.
    return {
      problem: 'is encrypted with an algorithm that this Node no longer reads',
      fix:
        'convert it outside the project, with your MCHID in both commands: rename it to old.p12; ' +
        'openssl pkcs12 -legacy -in old.p12 -passin pass:<your MCHID> -nodes -out temp.pem; ' +
        'openssl pkcs12 -export -in temp.pem -out apiclient_cert.p12 -passout pass:<your MCHID>; ' +
        'put apiclient_cert.p12 back, and delete temp.pem and old.p12',
    }
  }
  return { problem: 'is not a PKCS #12 file', fix: 'download apiclient_cert.p12 again' }
}
