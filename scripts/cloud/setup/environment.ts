import { type ManagementApi, ServiceError } from './management-api'

/** A CloudBase environment: where its collections and its files are. */
export interface Environment {
  /** the parameters by which the management API finds its database */
  database: { EnvId: string; MongoConnector: { InstanceId: string; DatabaseName: string } }
  /** Returns the id by which the mini program addresses a file of the cloud storage. */
  fileID: (cloudPath: string) => string
}

/** The part of DescribeEnvs' reply that is used (cloud.tencent.com/document/api/876/34820). */
interface EnvsReply {
  EnvList?: {
    EnvId: string
    Status: string
    Databases?: { InstanceId: string }[] | null
    Storages?: { Bucket: string }[] | null
  }[]
}

/**
 * Finds the environment.
 * @throws ServiceError also for one that is missing or not ready
 */
export async function findEnvironment(api: ManagementApi, envId: string): Promise<Environment> {
  const { EnvList = [] } = await api<EnvsReply>('DescribeEnvs', { EnvId: envId })
  const found = EnvList.find(({ EnvId }) => EnvId === envId)
  if (found === undefined) {
    throw new ServiceError('ResourceNotFound', `this account has no environment ${envId}.`)
  }
  const database = found.Databases?.[0]?.InstanceId
  const bucket = found.Storages?.[0]?.Bucket
  if (found.Status !== 'NORMAL' || database === undefined || bucket === undefined) {
    throw new ServiceError('ResourceUnavailable', `${envId} is not ready: ${found.Status}.`)
  }
  return {
    database: {
      EnvId: envId,
      MongoConnector: { InstanceId: 'flexdb', DatabaseName: database },
    },
    fileID: (cloudPath) => `cloud://${envId}.${bucket}/${cloudPath}`,
  }
}
