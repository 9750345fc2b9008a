import type { CloudFolder, IndexKeys } from './cloud-folder'
import type { Environment } from './environment'
import type { ManagementApi } from './management-api'
import type { Step } from './step'

/** What DescribeTable answers (cloud.tencent.com/document/api/876/127966). */
interface TableReply {
  Indexes?: { Keys?: IndexKey[] | null }[] | null
}

interface IndexKey {
  Name: string
  /** 1 or -1, as a text */
  Direction: string
}

/**
 * Makes the indexes that are missing (UpdateTable). An index counts as there when it has the same
 * keys in the same order, whatever its name.
 * @param present the collections that were there before this run
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

  const findings = async ([collection, wanted]: [string, IndexKeys[]]) => {
    const there = await presentIndexes(collection)
    return wanted.map((fields) => {
      const keys = keysOf(fields)
      const subject = `${collection} by ${keys.map(({ Name }) => Name).join(', ')}`
      if (there.includes(nameOf(keys))) return { subject }
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
    look: async () => (await Promise.all(Object.entries(indexes).map(findings))).flat(),
  }
}

function keysOf(fields: IndexKeys): IndexKey[] {
  return Object.entries(fields).map(([Name, direction]) => ({ Name, Direction: String(direction) }))
}

/** MongoDB's own name for an index of these keys, so that a name stands for one index only. */
function nameOf(keys: IndexKey[]): string {
  return keys.map(({ Name, Direction }) => `${Name}_${Direction}`).join('_')
}
