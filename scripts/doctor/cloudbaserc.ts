import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

/** Those that CloudBase still offers and that the functions are built for (Node 16 and later). */
const RUNTIMES = ['Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19']

/** Seconds that a payment can need: the gateway's 5, the database's, and repeats. */
const LEAST_TIMEOUT = 20
/** pay-reconcile begins orders for 20 s, and the last one must still end. */
const LEAST_OF_TIMER = 60

/** The settings that the `tcb` program deploys the functions with. */
export function checkCloudbaserc({ cloudbaserc, functions }: Configuration): Finding[] {
  if (cloudbaserc === undefined) return []
  const declared = fieldsOf(cloudbaserc)['functions']
  const entries = Array.isArray(declared) ? declared.map(fieldsOf) : []
  return functions.flatMap(({ name }) => {
    const entry = entries.find((one) => one['name'] === name)
    const place = `cloudbaserc.json ${name}`
    if (!entry) {
      const mend = 'add it to "functions", as the others are there'
      return [wrong(place, 'is missing: the function would run with 3 s and no settings', mend)]
    }
    const findings = checkEntry(entry, name, place)
    return findings.length > 0 ? findings : [right(place, 'has the time and runtime that it needs')]
  })
}

function checkEntry(entry: Record<string, unknown>, name: string, place: string): Finding[] {
  const { timeout, runtime, handler, envVariables } = entry
  const least = name === 'pay-reconcile' ? LEAST_OF_TIMER : LEAST_TIMEOUT
  const findings: Finding[] = []
  const expect = (holds: boolean, key: string, text: string, mend: string) => {
    if (!holds) findings.push(wrong(`${place} ${key}`, text, mend))
  }
  expect(
    Number.isInteger(timeout) && Number(timeout) >= least,
    'timeout',
    `must be at least ${least} seconds: a payment that is cut off has an unknown outcome`,
    `set it to ${least}, and in 云开发控制台 too: 云函数 → 配置 → 超时时间`,
  )
  expect(
    RUNTIMES.includes(String(runtime)),
    'runtime',
    `must be one of ${RUNTIMES.join(', ')}`,
    `set it to ${RUNTIMES[1]}; a function's runtime is fixed when it is created`,
  )
  expect(
    handler === 'index.main',
    'handler',
    'must be index.main, which the build exports',
    'set it to index.main',
  )
  const literal = Object.entries(fieldsOf(envVariables))
    .filter(([key, value]) => key === 'WXPAY_KEY' && !/^\{\{env\.\w+\}\}$/.test(String(value)))
    .map(([key]) => key)
  expect(
    literal.length === 0,
    'envVariables',
    'holds the API密钥, and this file is in git',
    'write {{env.WXPAY_KEY}} instead and set that variable where you deploy; get a new API密钥 if this was ever pushed',
  )
  return findings
}
