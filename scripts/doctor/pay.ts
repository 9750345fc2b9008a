import { checkCertificate } from './certificate'
import type { Configuration } from './configuration'
import { doubtful, right, wrong, type Finding } from './finding'
import { isAppid } from './mini-program'
import { checkNotifyUrl } from './notify-url'
import { fieldsOf } from './reader'
import { valueOf } from './settings'
import { checkUnknownKeys } from './unknown-keys'

const MERCHANT = 'pay.weixin.qq.com: 账户中心'

/** What is said of a key besides what the function itself says. */
interface Key {
  /** where the right value is found */
  mend: string
  /** the example's value, which has the right form, is nobody's */
  own?: true
  /** knows more precisely why the function does not take it */
  why?: (configuration: Configuration) => string | undefined
  /** looks closer at what the function has nothing against; without it, that is enough */
  check?: (configuration: Configuration, place: string, mend: string) => Finding[]
}

const KEYS: Readonly<Record<string, Key>> = {
  APPID: {
    mend: 'write the appid of project.config.json',
    own: true,
    check: checkSameAppid,
  },
  MCHID: { mend: `copy it from ${MERCHANT} → 商户信息 → 微信支付商户号`, own: true },
  KEY: {
    mend: `write the APIv2密钥, which you set yourself in ${MERCHANT} → API安全 → APIv2密钥`,
    own: true,
  },
  P12: {
    mend: `${MERCHANT} → API安全 → 商户API证书 → 申请新证书 makes it; put apiclient_cert.p12 beside config/index.js`,
    why: ({ certificate }) =>
      certificate?.hasPrivateKey === false ? 'holds no private key' : undefined,
    // without a merchant number it cannot be opened, and that is said of MCHID
    check: (configuration, place, mend) =>
      configuration.pay.complaints.some(({ key }) => key === 'MCHID')
        ? []
        : checkCertificate(configuration, place, mend),
  },
  NOTIFY_URL: {
    mend: 'write the https address that 云开发平台: HTTP 访问服务 → 路由管理 gives pay-notify',
    own: true,
    check: ({ pay }, place, mend) => {
      const { pathname } = new URL(String(pay.example['NOTIFY_URL']))
      return checkNotifyUrl(valueOf(pay, 'NOTIFY_URL'), pathname, place, mend)
    },
  },
  SELF_REFUND_HOURS: {
    mend: 'write a whole number of hours',
    check: ({ pay }, place) => {
      const hours = Number(valueOf(pay, 'SELF_REFUND_HOURS'))
      const text = `lets shoppers refund themselves for ${hours} h after paying, and asks nobody`
      return [doubtful(place, text, 'make it as short as your goods need; 1 is the least')]
    },
  },
}

const OTHER: Key = { mend: 'see config/example.js' }

/** The merchant's configuration: each key as `pay` itself judges it, then more closely. */
export function checkPay(configuration: Configuration): Finding[] {
  const { pay } = configuration
  const whole = pay.complaints.find(({ key }) => key === undefined)
  if (whole) {
    const mend = 'run this again then: it says where each value comes from'
    return [wrong(pay.place(), whole.text, [whole.mend, mend].filter(Boolean).join('; '))]
  }
  return [
    ...Object.keys(pay.example).flatMap((key) => checkKey(configuration, key)),
    ...checkUnknownKeys(pay),
  ]
}

function checkKey(configuration: Configuration, key: string): Finding[] {
  const { pay } = configuration
  const { mend, own, why, check } = KEYS[key] ?? OTHER
  const place = pay.place(key)
  const complaint = pay.complaints.find((one) => one.key === key)
  if (complaint) {
    const text = why?.(configuration) ?? complaint.text
    return [wrong(place, text, [complaint.mend, mend].filter(Boolean).join('; '))]
  }
  if (own && pay.written?.[key] === pay.example[key]) {
    return [wrong(place, "is still the example's", mend)]
  }
  return check?.(configuration, place, mend) ?? [right(place, 'is what the function takes')]
}

/** WeChat refuses payments that are signed for another mini program than the one that pays. */
function checkSameAppid({ project, pay }: Configuration, place: string, mend: string): Finding[] {
  const { appid } = fieldsOf(project)
  if (!isAppid(appid)) return [right(place, 'has the form of an AppID')]
  return appid === valueOf(pay, 'APPID')
    ? [right(place, 'is the one of project.config.json')]
    : [wrong(place, 'is another AppID than that of project.config.json', mend)]
}
