import path from 'node:path'
import { compileFunction } from 'node:vm'
import { build } from 'esbuild'
import type { Client } from '../../simulator/cloudbase'

/** The files of miniprogram/services with the queries. */
const SERVICES = ['goods', 'orders']

/** The functions of the mini program that read a page of a list. */
interface PageQueries {
  goodsAfter(id?: string): Promise<{ goods: unknown[] }>
  ordersBefore(before: number): Promise<unknown[]>
}

/**
 * Loads the mini program's own queries.
 * @param client the phone that sends them
 */
export async function loadPageQueries(miniprogram: string, client: Client): Promise<PageQueries> {
  const resolveDir = path.join(miniprogram, 'services')
  const { outputFiles } = await build({
    stdin: { contents: SERVICES.map((name) => `export * from "./${name}"`).join(';'), resolveDir },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'queries',
  })
  const program = `${outputFiles[0]!.text}; return queries`
  const load = compileFunction(program, ['wx']) as (wx: object) => PageQueries
  return load({ cloud: { database: () => databaseOf(client) } })
}

/** Simulates the part of wx.cloud.database() that a page of a list needs. */
function databaseOf(client: Client) {
  const operator = (name: string) => (value: unknown) => ({ [name]: value })
  const narrowed = (request: object): object => ({
    where: (where: object) => narrowed({ ...request, where }),
    orderBy: (...order: [string, string]) => narrowed({ ...request, orderBy: [order] }),
    limit: (limit: number) => narrowed({ ...request, limit }),
    field: (field: object) => narrowed({ ...request, field }),
    get: async () => client.database(request),
  })
  return {
    command: { gt: operator('$gt'), lt: operator('$lt') },
    collection: (collection: string) => narrowed({ collection, op: 'get' }),
  }
}
