import type { CloudEnvironment } from './environment'

/** A refusal by the management API. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The appid of the mini program that the environment belongs to. */
export const APPID = 'wx0123456789abcdef'

const INSTANCE_ID = 'tnt-fake'

type Parameters = Record<string, any>

/**
 * Returns the actions of the management API that setup:cloud needs, as described in
 * cloud.tencent.com/document/api/876.
 */
export function managementActions(
  cloud: CloudEnvironment,
): Record<string, (given: Parameters) => object> {
  const table = (name: unknown) => {
    const found = cloud.tables.get(String(name))
    if (found === undefined) throw new Refusal('ResourceNotFound', `no table ${String(name)}`)
    return found
  }
  const inDatabase = ({ EnvId, MongoConnector, TableName }: Parameters) => {
    if (EnvId !== cloud.envId || MongoConnector?.DatabaseName !== INSTANCE_ID) {
      throw new Refusal('InvalidParameter', 'no such database')
    }
    return String(TableName)
  }

  return {
    DescribeEnvs: ({ EnvId }) => {
      const env = {
        EnvId: cloud.envId,
        Status: 'NORMAL',
        Databases: [{ InstanceId: INSTANCE_ID, Status: 'RUNNING' }],
        Storages: [{ Bucket: cloud.bucket }],
      }
      return { EnvList: EnvId === cloud.envId ? [env] : [] }
    },
    ListTables(given) {
      inDatabase(given)
      const names = [...cloud.tables.keys()]
      return { Tables: names.length === 0 ? null : names.map((TableName) => ({ TableName })) }
    },
    CreateTable(given) {
      const name = inDatabase(given)
      if (cloud.tables.has(name)) throw new Refusal('ResourceInUse', `${name} exists`)
      cloud.createTable(name)
      return {}
    },
    DescribeTable: (given) => ({ Indexes: table(inDatabase(given)).indexes }),
    UpdateTable(given) {
      const { indexes } = table(inDatabase(given))
      for (const { IndexName, MgoKeySchema } of given.CreateIndexes) {
        if (indexes.some(({ Name }) => Name === IndexName)) {
          throw new Refusal('InvalidParameter', `index ${IndexName} exists`)
        }
        const { MgoIsUnique, MgoIndexKeys } = MgoKeySchema
        indexes.push({ Name: IndexName, Unique: MgoIsUnique, Keys: MgoIndexKeys })
      }
      return {}
    },
    DescribeSafeRule({ CollectionName, WxAppId }) {
      if (WxAppId !== APPID) throw new Refusal('InvalidParameter', 'WxAppId is missing')
      const { aclTag, rule } = table(CollectionName)
      return { AclTag: aclTag, Rule: rule }
    },
    ModifySafeRule({ CollectionName, AclTag, Rule }) {
      if (AclTag === 'CUSTOM' && typeof Rule !== 'string') {
        throw new Refusal('InvalidParameter', 'CUSTOM needs a rule')
      }
      Object.assign(table(CollectionName), { aclTag: AclTag, rule: Rule ?? null })
      return {}
    },
  }
}
