import { isDeepStrictEqual } from 'node:util'
import type { CloudFolder, Permission } from './checkout'
import type { Environment } from './environment'
import type { ManagementApi } from './management-api'
import type { Step } from './step'

/** The reply of DescribeSafeRule (cloud.tencent.com/document/api/876/128118). */
interface RuleReply {
  AclTag?: string
  /** JSON */
  Rule?: string | null
}

/**
 * Sets who may do what with the collections from a phone (ModifySafeRule, which takes the simple
 * tags as well as CUSTOM). A new collection has the service's default, so its permission
 * is always set.
 * @param appid the mini program's own, which the service requires
 */
export function permissionsStep(
  api: ManagementApi,
  { database: { EnvId } }: Environment,
  {
    permissions,
    present,
    appid,
  }: {
    permissions: CloudFolder['permissions']
    present: string[]
    appid: string
  },
): Step {
  const isSet = async (name: string, wanted: Permission) => {
    if (!present.includes(name)) return false
    const parameters = { EnvId, CollectionName: name, WxAppId: appid }
    return matches(await api<RuleReply>('DescribeSafeRule', parameters), wanted)
  }

  const set = (name: string, { aclTag, rule }: Permission) =>
    api<void>('ModifySafeRule', {
      EnvId,
      CollectionName: name,
      AclTag: aclTag,
      ...(rule === undefined ? {} : { Rule: JSON.stringify(rule) }),
    })

  const compare = async ([name, wanted]: [string, Permission]) => {
    const subject = `${name} ${wanted.aclTag}`
    if (await isSet(name, wanted)) return { subject }
    return { subject, change: { done: 'set', make: () => set(name, wanted) } }
  }

  return {
    title: 'Permissions',
    compare: () => Promise.all(Object.entries(permissions).map(compare)),
  }
}

function matches({ AclTag, Rule }: RuleReply, { aclTag, rule }: Permission): boolean {
  return AclTag === aclTag && (rule === undefined || isDeepStrictEqual(parsed(Rule), rule))
}

function parsed(rule: string | null | undefined): unknown {
  try {
    return JSON.parse(rule ?? '')
  } catch {
    return undefined
  }
}
