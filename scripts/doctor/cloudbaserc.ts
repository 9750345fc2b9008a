import type { Configuration } from './configuration'
import { wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

const FILE = 'cloudbaserc.json'

/** Seconds; with fewer, verify finds the entry wrong, whatever function it is of. */
const LEAST_TIMEOUT = 20
/** Seconds: pay-reconcile begins orders for 20 s, and the last one must still end. */
const RECONCILE_TIMEOUT = 60

/** What verify, which knows the form of the file, does not ask about it. */
export function checkCloudbaserc({ cloudbaserc }: Configuration): Finding[] {
  const { functions } = fieldsOf(cloudbaserc)
  const entries = Array.isArray(functions) ? functions.map(fieldsOf) : []
  return entries.flatMap((entry) => [...checkTimeout(entry), ...checkVariables(entry)])
}

function checkTimeout({ name, timeout }: Record<string, unknown>): Finding[] {
  const seconds = Number(timeout)
  if (name !== 'pay-reconcile' || !(seconds >= LEAST_TIMEOUT && seconds < RECONCILE_TIMEOUT)) {
    return []
  }
  const text = `gives pay-reconcile ${seconds} s, which can end in the middle of an order`
  const mend = `set ${RECONCILE_TIMEOUT}, in 云开发控制台 too: 云函数 → 配置 → 超时时间`
  return [wrong(FILE, text, mend)]
}

/** The file is in git, so what is secret in it must be a reference to a variable. */
function checkVariables({ name, envVariables }: Record<string, unknown>): Finding[] {
  const key = fieldsOf(envVariables)['WXPAY_KEY']
  if (typeof key !== 'string' || /^\{\{env\.\w+\}\}$/.test(key)) return []
  const text = `has the APIv2密钥 in the envVariables of ${String(name)}, and is in git`
  const mend =
    'write {{env.WXPAY_KEY}} and set that variable where you deploy; if this was ever pushed, ' +
    'get a new one (pay.weixin.qq.com: 账户中心 → API安全 → APIv2密钥)'
  return [wrong(FILE, text, mend)]
}
