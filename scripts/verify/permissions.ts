import type { Query } from '../../simulator/cloudbase/database/query'
import { Permissions, type Operation } from '../../project/permissions'
import type { Check, Fault } from './check'
import { readJson } from './files'

const FILE = 'cloud/database/permissions.json'

/** No phone writes to the database, each reads its own orders alone, and everybody the goods. */
export const permissions: Check = { name: 'permissions of the database', run }

function run(root: string): Fault[] {
  const declared = readJson<unknown>(root, FILE)
  try {
    return faultsOf(new Permissions(declared))
  } catch (error) {
    const problem = (error as Error).message.replace(/^permissions\.json: /, '')
    return [fault(problem, 'write it as the console knows it')]
  }
}

function faultsOf(rules: Permissions): Fault[] {
  const missing = ['goods', 'orders'].filter((name) => !rules.collections().includes(name))
  if (missing.length > 0) {
    return missing.map((name) =>
      fault(`names no permissions of ${name}`, name === 'goods' ? ADMINWRITE : OWNER),
    )
  }
  const writes = ['goods', 'orders'].flatMap((collection) => {
    const operations = (['create', 'update', 'delete'] as const).filter(
      (operation) => admitted(rules, collection, operation, OWN) !== undefined,
    )
    if (operations.length === 0) return []
    const problem = `a phone may ${operations.join(', ')} documents of ${collection}`
    return [fault(problem, collection === 'goods' ? ADMINWRITE : OWNER)]
  })
  const readsAll = (collection: string) => admitted(rules, collection, 'read', ALL) === ALL
  const readsOwn = admitted(rules, 'orders', 'read', OWN) !== undefined
  const reads = [
    !readsAll('goods') && fault('phones cannot read all goods', ADMINWRITE),
    !readsOwn && fault('phones cannot read their own orders', OWNER),
    readsAll('orders') && fault('a phone may read the orders of others', OWNER),
  ]
  return [...writes, ...reads.filter((entry) => entry !== false)]
}

const SOMEBODY = 'openid-of-somebody'
const OWN = { _openid: SOMEBODY }
const ALL = {}

const ADMINWRITE = 'set the aclTag of goods to ADMINWRITE'
const OWNER =
  'set the aclTag of orders to CUSTOM, with "read": "doc._openid == auth.openid", "write": false'

const fault = (problem: string, remedy: string): Fault => ({ file: FILE, problem, remedy })

/** The query that a phone's request comes to: the same, a narrower one, or none at all. */
function admitted(rules: Permissions, collection: string, operation: Operation, query: Query) {
  try {
    return rules.admit(collection, operation, query, SOMEBODY)
  } catch {
    return undefined
  }
}
