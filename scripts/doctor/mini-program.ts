import type { Configuration } from './configuration'
import { environmentIdPlace, isEnvironmentId } from '../environment-id'
import { doubtful, right, wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

export const isAppid = (value: unknown) =>
  typeof value === 'string' && /^wx[0-9a-f]{16}$/.test(value)

/** The mini program's own id, without which there is no cloud. */
export function checkAppid({ project }: Pick<Configuration, 'project'>): Finding[] {
  if (project === undefined) return []
  const place = 'project.config.json appid'
  const mend =
    'put your own there; mp.weixin.qq.com: 开发管理 → 开发设置 → 开发者ID → AppID(小程序ID)'
  const { appid } = fieldsOf(project)
  if (appid === 'touristappid') return [wrong(place, 'is touristappid, which has no cloud', mend)]
  if (!isAppid(appid)) {
    return [wrong(place, 'must be wx and 16 hex characters', mend)]
  }
  return [right(place, 'has the form of an AppID')]
}

/** Which CloudBase environment the phone calls. */
export function checkEnvironment({ phone, environment }: Configuration): Finding[] {
  if (phone === undefined) return []
  const place = 'miniprogram/config.ts env'
  const { env } = phone
  if (env === '') {
    const mend = `leave it so if the AppID has one environment only; else write the id there (${environmentIdPlace})`
    return [doubtful(place, 'is empty: the default environment is used', mend)]
  }
  if (!isEnvironmentId(env)) {
    const text = 'must be an environment id: a-z, 0-9 and hyphens'
    return [wrong(place, text, `copy it; ${environmentIdPlace}`)]
  }
  const deployedTo = environment['TCB_ENV_ID']
  if (deployedTo !== undefined && deployedTo !== env) {
    const text = 'is another environment than TCB_ENV_ID, which the functions are deployed to'
    return [wrong(place, text, `write the same id in both; ${environmentIdPlace}`)]
  }
  return [right(place, 'has the form of an environment id')]
}
