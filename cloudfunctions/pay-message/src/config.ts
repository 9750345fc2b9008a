import { existsSync } from 'node:fs'
import path from 'node:path'
import type { MiniprogramState } from './cloud'
import { isField, type Field } from './template'

export interface Config {
  template_id: string
  /** the template's keys, and what each is filled with */
  fields: Record<string, Field>
  miniprogram_state: MiniprogramState
}

const STATES: readonly unknown[] = ['developer', 'trial', 'formal']

/**
 * Reads the configuration: the environment alone when WXPAY_MCHID is set, else config/index.js
 * beside the function. Undefined when no template is configured: then no message is sent.
 * @throws Error that names every bad key and says what it should look like
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
    TEMPLATE_DATA: JSON.parse(env['WXPAY_TEMPLATE_DATA'] ?? '{}') as unknown,
    MINIPROGRAM_STATE: env['WXPAY_MINIPROGRAM_STATE'],
  }
}

function readFile(folder: string): Raw {
  const file = path.join(folder, 'config', 'index.js')
  if (!existsSync(file)) return {}
  try {
    return Object(require(file)) as Raw
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'an error'
    throw new Error(`config/index.js: cannot be loaded (${kind}); compare it with example.js`)
  }
}

function check({ TEMPLATE_ID, TEMPLATE_DATA, MINIPROGRAM_STATE = 'formal' }: Raw) {
  if (TEMPLATE_ID === undefined || TEMPLATE_ID === '') return undefined
  const wrong: string[] = []
  if (typeof TEMPLATE_ID !== 'string' || !/^[\w-]{20,64}$/.test(TEMPLATE_ID)) {
    wrong.push(
      'TEMPLATE_ID: must be the id of a subscribe message template, as the console shows it',
    )
  }
  const fields = Object.entries(TEMPLATE_DATA ?? {})
  if (fields.length === 0) wrong.push('TEMPLATE_DATA: must name the keys of the template')
  for (const [key, field] of fields) {
    if (!isField(field)) {
      wrong.push(`TEMPLATE_DATA.${key}: must be out_trade_no, body, total_fee or paid_at`)
    }
  }
  if (!STATES.includes(MINIPROGRAM_STATE)) {
    wrong.push('MINIPROGRAM_STATE: must be developer, trial or formal')
  }
  if (wrong.length > 0) throw new Error(`config/index.js: ${wrong.join('; ')}`)
  return {
    template_id: TEMPLATE_ID as string,
    fields: Object.fromEntries(fields) as Record<string, Field>,
    miniprogram_state: MINIPROGRAM_STATE as MiniprogramState,
  }
}
