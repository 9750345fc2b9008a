import type { Environment } from './environment'
import type { ManagementApi } from './management-api'
import type { Step } from './step'

/** The most names that one call returns (ListTables). */
const PAGE = 1000

/** Returns the names of the collections that the environment has (ListTables). */
export async function presentCollections(
  api: ManagementApi,
  { database }: Environment,
): Promise<string[]> {
  const page = { ...database, MgoLimit: PAGE, MgoOffset: 0 }
  const { Tables } = await api<{ Tables?: { TableName: string }[] | null }>('ListTables', page)
  return (Tables ?? []).map(({ TableName }) => TableName)
}

/** Creates the collections that are missing (CreateTable). */
export function collectionsStep(
  api: ManagementApi,
  { database }: Environment,
  { wanted, present }: { wanted: string[]; present: string[] },
): Step {
  return {
    title: 'Collections',
    compare: async () =>
      wanted.map((name) => {
        if (present.includes(name)) return { subject: name }
        const make = () => api<void>('CreateTable', { ...database, TableName: name })
        return { subject: name, change: { done: 'created', make } }
      }),
  }
}
