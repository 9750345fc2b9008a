import type { CloudFolder, IndexKeys } from './checkout'
import type { Environment } from './environment'
import type { ManagementApi } from './management-api'
import type { Step } from './step'

/** The reply of DescribeTable (cloud.tencent.com/document/api/876/127966). */
interface TableReply {
  Indexes?: { Keys?: IndexKey[] | null }[] | null
}

interface IndexKey {
  Name: string
  /** `1` or `-1` */
  Direction: string
}

/**
 * Creates the indexes that are missing (UpdateTable). Indexes with the same keys in the same order
 * are the same, even if their names differ.
 * @param present the collections that existed before this run
 */
export function indexesStep(
  api: ManagementApi,
  { database }: Environment,
  { indexes, present }: { indexes: CloudFolder['indexes']; present: string[] },
): Step {
  const presentIndexes = async (collection: string) => {
    if (!present.includes(collection)) return []
    const parameters = { ...database, TableName: collection }
    const { Indexes } = await api<TableReply>('DescribeTable', parameters)
    return (Indexes ?? []).map(({ Keys }) => nameOf(Keys ?? []))
  }

  const compare = async ([collection, wanted]: [string, IndexKeys[]]) => {
    const existing = await presentIndexes(collection)
    return wanted.map((fields) => {
      const keys = keysOf(fields)
      const subject = describeIndex(collection, fields)
      if (existing.includes(nameOf(keys))) return { subject }
      const CreateIndexes = [
        { IndexName: nameOf(keys), MgoKeySchema: { MgoIndexKeys: keys, MgoIsUnique: false } },
      ]
      const parameters = { ...database, TableName: collection, CreateIndexes }
      const make = () => api<void>('UpdateTable', parameters)
      return { subject, change: { done: 'created', make } }
    })
  }

  return {
    title: 'Indexes',
    compare: async () => (await Promise.all(Object.entries(indexes).map(compare))).flat(),
  }
}

/** Returns what an index is called in what the command prints. */
export function describeIndex(collection: string, fields: IndexKeys): string {
  return `${collection} by ${Object.keys(fields).join(', ')}`
}

function keysOf(fields: IndexKeys): IndexKey[] {
  return Object.entries(fields).map(([Name, direction]) => ({ Name, Direction: String(direction) }))
}

/** Returns MongoDB's default name for an index of these keys, which is unique. */
function nameOf(keys: IndexKey[]): string {
  return keys.map(({ Name, Direction }) => `${Name}_${Direction}`).join('_')
}
