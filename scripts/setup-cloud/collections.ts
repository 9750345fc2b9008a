import type { Environment } from './environment'
import type { ManagementApi } from './management-api'
import type { Step } from './step'

/** How many names a call asks for (ListTables: at most 1000). */
const PAGE = 1000

/** The names of the collections that the environment has (ListTables). */
export async function presentCollections(
  api: ManagementApi,
  { database }: Environment,
): Promise<string[]> {
  const page = { ...database, MgoLimit: PAGE, MgoOffset: 0 }
  const { Tables } = await api<{ Tables?: { TableName: string }[] | null }>('ListTables', page)
  return (Tables ?? []).map(({ TableName }) => TableName)
}

/** Makes the collections that are missing (CreateTable). */
export function collectionsStep(
  api: ManagementApi,
  { database }: Environment,
  { wanted, present }: { wanted: string[]; present: string[] },
): Step {
  return {
    title: 'Collections',
    look: async () =>
      wanted.map((name) => {
        if (present.includes(name)) return { subject: name }
        const make = () => api<void>('CreateTable', { ...database, TableName: name })
        return { subject: name, change: { done: 'created', make } }
      }),
  }
}
