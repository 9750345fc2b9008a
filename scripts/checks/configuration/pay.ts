import { fixOf } from '../../../cloudfunctions/pay/src/adapters/config'
import type { Diagnostic } from '../../../project/diagnostic'
import { errorAt, okAt, warningAt } from '../check'
import { fieldsOf } from '../project-files'
import { checkCertificate } from './certificate'
import type { Configuration } from './configuration'
import { checkUnknownSettings, valueOf } from './function-config'
import { isAppid } from './mini-program'
import { checkNotifyUrl } from './notify-url'

/** The doctor's checks of a setting, in addition to the function's own. */
interface SettingChecks {
  /** returns more precisely why the function does not accept the value */
  why?: (configuration: Configuration) => string | undefined
  /** checks a value that the function accepts */
  check?: (configuration: Configuration, where: string) => Diagnostic | undefined
}

/** Keys whose example value has the right form, but must be replaced by the merchant's own. */
const OWN_SETTINGS = ['APPID', 'MCHID', 'KEY', 'NOTIFY_URL'] as const

const SETTINGS: Readonly<Record<string, SettingChecks>> = {
  APPID: { check: checkSameAppid },
  P12: {
    why: ({ certificate }) =>
      certificate?.hasPrivateKey === false ? 'holds no private key' : undefined,
    // The certificate opens with the merchant number: if MCHID is wrong, only MCHID is reported.
    check: (configuration, where) =>
      configuration.pay.problems.some(({ setting }) => setting === 'MCHID')
        ? undefined
        : checkCertificate(configuration, where, fixOf('P12')),
  },
  NOTIFY_URL: {
    check: ({ pay }, where) => {
      const { pathname } = new URL(String(pay.example['NOTIFY_URL']))
      return checkNotifyUrl(valueOf(pay, 'NOTIFY_URL'), pathname, where, fixOf('NOTIFY_URL'))
    },
  },
  SELF_REFUND_HOURS: {
    check: ({ pay }, where) => {
      const hours = Number(valueOf(pay, 'SELF_REFUND_HOURS'))
      const problem = `lets shoppers refund themselves for ${hours} h after paying, without asking you`
      return warningAt(where, problem, 'make it as short as your goods need; 1 is the least')
    },
  },
}

/** Checks the merchant's configuration: each setting by `pay`'s own check, then by the doctor's. */
export function checkPay(configuration: Configuration): Diagnostic[] {
  const { pay } = configuration
  const whole = pay.problems.find(({ setting }) => setting === undefined)
  if (whole) {
    const fix = `${whole.fix}; then run this again: it says where each value is found`
    return [errorAt(pay.where(), whole.problem, fix)]
  }
  return [
    ...Object.keys(pay.example).flatMap((setting) => checkSetting(configuration, setting) ?? []),
    ...checkUnknownSettings(pay),
  ]
}

function checkSetting(configuration: Configuration, setting: string): Diagnostic | undefined {
  const { pay } = configuration
  const { why, check } = SETTINGS[setting] ?? {}
  const where = pay.where(setting)
  const found = pay.problems.find((one) => one.setting === setting)
  if (found) return errorAt(where, why?.(configuration) ?? found.problem, found.fix)
  const own = OWN_SETTINGS.find((name) => name === setting)
  if (own && pay.written?.[own] === pay.example[own]) {
    return errorAt(where, "is still the example's", fixOf(own))
  }
  return check ? check(configuration, where) : okAt(where, 'is accepted by the function')
}

/** WeChat refuses payments that are signed for another mini program than the one that pays. */
function checkSameAppid({ projectConfig, pay }: Configuration, where: string): Diagnostic {
  const { appid } = fieldsOf(projectConfig)
  if (!isAppid(appid)) return okAt(where, 'has the form of an AppID')
  return appid === valueOf(pay, 'APPID')
    ? okAt(where, 'is the one of project.config.json')
    : errorAt(where, 'is another AppID than that of project.config.json', fixOf('APPID'))
}
