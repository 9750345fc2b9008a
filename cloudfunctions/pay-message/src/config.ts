import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, type ConfigProblem } from '../../pay/src/errors'
import type { MiniprogramState } from './cloud'
import { isField, type Field } from './template'

export interface Config {
  template_id: string
  /** the template's keys, and the order field that fills each */
  fields: Record<string, Field>
  miniprogram_state: MiniprogramState
}

/** Where the deployer finds the id and the keys. */
const CONSOLE = 'mp.weixin.qq.com: 订阅消息 → 我的模板 → 详情 shows the id and the keys'

const STATES: readonly unknown[] = ['developer', 'trial', 'formal']

/**
 * Reads the configuration: only the environment if WXPAY_MCHID is set, otherwise only
 * config/index.js in the function's folder. Returns undefined if no template is configured: then no
 * message is sent.
 * @throws ConfigError that lists every wrong setting and says what it must be
 */
export function readConfig(folder: string, env = process.env): Config | undefined {
  return check(env['WXPAY_MCHID'] === undefined ? readFile(folder) : readEnvironment(env))
}

interface Raw {
  TEMPLATE_ID?: unknown
  TEMPLATE_DATA?: unknown
  MINIPROGRAM_STATE?: unknown
}

function readEnvironment(env: NodeJS.ProcessEnv): Raw {
  return {
    TEMPLATE_ID: env['WXPAY_TEMPLATE_ID'],
    TEMPLATE_DATA: templateData(env['WXPAY_TEMPLATE_DATA'] ?? '{}'),
    MINIPROGRAM_STATE: env['WXPAY_MINIPROGRAM_STATE'],
  }
}

/** @throws ConfigError */
function templateData(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const fix = 'write it as {"thing1":"body"}, the keys in double quotes'
    throw new ConfigError([{ setting: 'TEMPLATE_DATA', problem: 'must be JSON', fix }])
  }
}

function readFile(folder: string): Raw {
  const file = path.join(folder, 'config', 'index.js')
  if (!existsSync(file)) return {}
  try {
    return Object(require(file)) as Raw
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'an error'
    const problem = `cannot be loaded (${kind})`
    throw new ConfigError([{ setting: undefined, problem, fix: 'compare it with example.js' }])
  }
}

function check({ TEMPLATE_ID, TEMPLATE_DATA, MINIPROGRAM_STATE = 'formal' }: Raw) {
  if (TEMPLATE_ID === undefined || TEMPLATE_ID === '') return undefined
  const problems: ConfigProblem[] = []
  if (typeof TEMPLATE_ID !== 'string' || !/^[\w-]{20,64}$/.test(TEMPLATE_ID)) {
    const problem = 'must be the id of a subscribe message template, as the console shows it'
    problems.push({ setting: 'TEMPLATE_ID', problem, fix: CONSOLE })
  }
  const fields = Object.entries(TEMPLATE_DATA ?? {})
  if (fields.length === 0) {
    problems.push({
      setting: 'TEMPLATE_DATA',
      problem: 'must name the keys of the template',
      fix: CONSOLE,
    })
  }
  for (const [key, field] of fields) {
    if (isField(field)) continue
    const problem = 'must be out_trade_no, body, total_fee or paid_at'
    problems.push({
      setting: `TEMPLATE_DATA.${key}`,
      problem,
      fix: 'write one of these four in quotes',
    })
  }
  if (!STATES.includes(MINIPROGRAM_STATE)) {
    const problem = 'must be developer, trial or formal'
    problems.push({
      setting: 'MINIPROGRAM_STATE',
      problem,
      fix: "write 'formal' for the published shop",
    })
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    template_id: TEMPLATE_ID as string,
    fields: Object.fromEntries(fields) as Record<string, Field>,
    miniprogram_state: MINIPROGRAM_STATE as MiniprogramState,
  }
}
