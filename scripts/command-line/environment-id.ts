import { CommandError } from './command'

/** Where the console shows the id of an environment. */
export const ENVIRONMENT_ID_PLACE = '云开发控制台 → 概览 → 环境 ID'

/** Returns whether a value has the form that developers.weixin.qq.com shows: a-z, 0-9 and hyphens. */
export const isEnvironmentId = (value: unknown) =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{2,62}$/.test(value)

/**
 * Reads the id of the CloudBase environment that a command works on from TCB_ENV_ID.
 * @throws CommandError
 */
export function readEnvironmentId(env: NodeJS.ProcessEnv): string {
  const id = env['TCB_ENV_ID']?.trim() ?? ''
  if (isEnvironmentId(id)) return id
  const problem = id === '' ? 'is not set' : 'is not the id of an environment'
  throw new CommandError(`TCB_ENV_ID ${problem}: ${ENVIRONMENT_ID_PLACE} shows it.`)
}
