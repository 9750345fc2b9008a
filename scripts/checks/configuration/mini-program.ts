import type { Diagnostic } from '../../../project/diagnostic'
import { ENVIRONMENT_ID_PLACE, isEnvironmentId } from '../../command-line/environment-id'
import { errorAt, okAt, warningAt } from '../check'
import { fieldsOf } from '../project-files'
import type { Configuration } from './configuration'

export const isAppid = (value: unknown) =>
  typeof value === 'string' && /^wx[0-9a-f]{16}$/.test(value)

/** Checks the mini program's AppID. There is no cloud without one. */
export function checkAppid({ projectConfig }: Pick<Configuration, 'projectConfig'>): Diagnostic[] {
  if (projectConfig === undefined) return []
  const where = 'project.config.json appid'
  const fix = 'write your own; mp.weixin.qq.com: 开发管理 → 开发设置 → 开发者ID → AppID(小程序ID)'
  const { appid } = fieldsOf(projectConfig)
  if (appid === 'touristappid') return [errorAt(where, 'is touristappid, which has no cloud', fix)]
  if (!isAppid(appid)) return [errorAt(where, 'must be wx and 16 hex characters', fix)]
  return [okAt(where, 'has the form of an AppID')]
}

/** Checks which CloudBase environment the phone calls. */
export function checkEnvironment({ phone, environment }: Configuration): Diagnostic[] {
  if (phone === undefined) return []
  const where = 'miniprogram/config.ts env'
  const { env } = phone
  if (env === '') {
    const fix = `leave it if the AppID has only one environment; else write the id (${ENVIRONMENT_ID_PLACE})`
    return [warningAt(where, 'is empty: the default environment is used', fix)]
  }
  if (!isEnvironmentId(env)) {
    const problem = 'must be an environment id: a-z, 0-9 and hyphens'
    return [errorAt(where, problem, `copy it; ${ENVIRONMENT_ID_PLACE}`)]
  }
  const deployedTo = environment['TCB_ENV_ID']
  if (deployedTo !== undefined && deployedTo !== env) {
    const problem = 'is another environment than TCB_ENV_ID, which the functions are deployed to'
    return [errorAt(where, problem, `write the same id in both; ${ENVIRONMENT_ID_PLACE}`)]
  }
  return [okAt(where, 'has the form of an environment id')]
}
