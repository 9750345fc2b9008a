import { UsageError } from './options'

/** Where a person finds the id of an environment. */
export const environmentIdPlace = '云开发控制台 → 概览 → 环境 ID'

/** Whether it has the form that developers.weixin.qq.com shows: a-z, 0-9 and hyphens. */
export const isEnvironmentId = (value: unknown) =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{2,62}$/.test(value)

/**
 * The CloudBase environment that a command works on.
 * @throws UsageError
 */
export function readEnvironmentId(env: NodeJS.ProcessEnv): string {
  const id = env['TCB_ENV_ID']?.trim() ?? ''
  if (isEnvironmentId(id)) return id
  const problem = id === '' ? 'is not set' : 'is no id of an environment'
  throw new UsageError(`TCB_ENV_ID ${problem}: ${environmentIdPlace} shows it.`)
}
