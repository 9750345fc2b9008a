import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { ConfigError, type ConfigProblem } from '../errors'
import type { SignType, ShopSettings } from '../ports'

export interface Config {
  settings: ShopSettings
  /** the merchant's API key, which signs everything: it is never sent or logged */
  key: string
  /** apiclient_cert.p12, whose passphrase is the merchant number */
  p12: Buffer
}

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE

const MERCHANT_PLATFORM = 'pay.weixin.qq.com: 账户中心'

interface TextKey {
  pattern: RegExp
  /** completes “must be …” */
  expected: string
  /** where to find the right value */
  fix: string
}

const TEXTS = {
  APPID: {
    pattern: /^wx[0-9a-f]{16}$/,
    expected: 'the mini program id, wx and 16 hex characters',
    fix: 'write the appid of project.config.json',
  },
  MCHID: {
    pattern: /^\d{8,10}$/,
    expected: 'the merchant number, 8 to 10 digits in quotes',
    fix: `copy it from ${MERCHANT_PLATFORM} → 商户信息 → 微信支付商户号`,
  },
  KEY: {
    pattern: /^[0-9A-Za-z]{32}$/,
    expected: 'the API key (V2) of the merchant, 32 characters',
    fix: `write the APIv2密钥, which you set yourself in ${MERCHANT_PLATFORM} → API安全 → APIv2密钥`,
  },
  NOTIFY_URL: {
    pattern: /^https?:\/\/[^\s?#]{1,240}$/,
    expected: 'an http(s) address without a query, at most 256 characters',
    fix: 'write the https address that 云开发平台: HTTP 访问服务 → 路由管理 gives pay-notify',
  },
  SIGN_TYPE: {
    pattern: /^(MD5|HMAC-SHA256)$/,
    expected: "'MD5' or 'HMAC-SHA256'",
    fix: 'write HMAC-SHA256 unless your account needs MD5',
  },
  P12: {
    pattern: /./,
    expected: 'the path of apiclient_cert.p12',
    fix: `${MERCHANT_PLATFORM} → API安全 → 商户API证书 → 申请新证书 creates it; put apiclient_cert.p12 in the folder of config/index.js`,
  },
} as const satisfies Record<string, TextKey>

/** Returns where to find the right value of a setting. */
export const fixOf = (setting: keyof typeof TEXTS): string => TEXTS[setting].fix

/** The settings that are whole numbers. */
const NUMBERS = {
  // WeChat requires time_expire to be more than a minute ahead. A prepay_id is valid for two hours and
  // must not expire before its order.
  ORDER_TTL_MINUTES: { min: 5, max: 110, fallback: 30 },
  // WeChat refunds up to a year after the payment.
  SELF_REFUND_HOURS: { min: 1, max: 365 * 24, fallback: 24 },
  MAX_UNPAID_ORDERS: { min: 1, max: 1000, fallback: 10 },
} as const

/** The settings as in config/example.js. In the environment each has the prefix WXPAY_. */
type Raw = Partial<Record<keyof typeof TEXTS | keyof typeof NUMBERS, unknown>>

/**
 * Reads the configuration: only the environment if WXPAY_MCHID is set, otherwise only
 * config/index.js in the function's folder.
 * @param folder the function's folder
 * @throws ConfigError that lists every wrong setting and says what it must be
 */
export function readConfig(folder: string, env: NodeJS.ProcessEnv = process.env): Config {
  const configFolder = path.join(folder, 'config')
  return env['WXPAY_MCHID'] === undefined
    ? check(readFile(configFolder), configFolder)
    : check(readEnvironment(env), folder)
}

function readEnvironment(env: NodeJS.ProcessEnv): Raw {
  const names = Object.keys({ ...TEXTS, ...NUMBERS })
  return Object.fromEntries(names.map((setting) => [setting, env[`WXPAY_${setting}`]]))
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
  new ConfigError([{ setting: undefined, problem, fix }])

/** Checks every setting before it throws, so that the deployer sees all mistakes at once. */
function check(raw: Raw, folder: string): Config {
  const problems: ConfigProblem[] = []
  const text = (setting: keyof typeof TEXTS): string => {
    const { pattern, expected, fix } = TEXTS[setting]
    const value = raw[setting]
    if (typeof value === 'string' && pattern.test(value)) return value
    problems.push({ setting, problem: `must be ${expected}`, fix })
    return ''
  }
  const number = (setting: keyof typeof NUMBERS): number => {
    const { min, max, fallback } = NUMBERS[setting]
    const value = raw[setting] ?? fallback
    const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof count === 'number' && Number.isInteger(count) && count >= min && count <= max) {
      return count
    }
    const problem = `must be a whole number from ${min} to ${max}`
    problems.push({ setting, problem, fix: 'see config/example.js' })
    return fallback
  }
  const key = text('KEY')
  const settings: ShopSettings = {
    appid: text('APPID'),
    mch_id: text('MCHID'),
    notify_url: text('NOTIFY_URL'),
    sign_type: text('SIGN_TYPE') as SignType,
    order_ttl: number('ORDER_TTL_MINUTES') * MINUTE,
    self_refund: number('SELF_REFUND_HOURS') * HOUR,
    max_unpaid: number('MAX_UNPAID_ORDERS'),
  }
  const file = text('P12')
  const p12 =
    file && settings.mch_id ? readP12(path.resolve(folder, file), settings, problems) : undefined
  if (problems.length > 0 || !p12) throw new ConfigError(problems)
  return { settings, key, p12 }
}

/** Reads the certificate; if it is wrong, adds the reason to `problems`. */
function readP12(
  file: string,
  { mch_id }: ShopSettings,
  problems: ConfigProblem[],
): Buffer | undefined {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const problem = `there is no file ${path.basename(file)}`
    problems.push({ setting: 'P12', problem, fix: TEXTS.P12.fix })
    return undefined
  }
  const p12 = readFileSync(file)
  try {
    createSecureContext({ pfx: p12, passphrase: mch_id })
    return p12
  } catch (error) {
    problems.push({ setting: 'P12', ...whyNotOpened(error) })
    return undefined
  }
}

function whyNotOpened(error: unknown): Omit<ConfigProblem, 'setting'> {
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
    // Node 18 and later do not support RC2-40, which WeChat's own tool is reported to use.
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
