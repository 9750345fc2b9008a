import { Permissions, type Operation } from '../../simulator/cloudbase/permissions/permissions'
import type { Check, Fault } from './check'
import { readJson } from './files'

const FILE = 'cloud/database/permissions.json'
const SOMEBODY = 'openid-of-somebody'

/** No phone writes to the database, each reads its own orders alone, and everybody the goods. */
export const permissions: Check = { name: 'permissions of the database', run }

function run(root: string): Fault[] {
  const declared = readJson<unknown>(root, FILE)
  try {
    return faultsOf(new Permissions(declared))
  } catch (error) {
    const problem = (error as Error).message
    return [{ file: FILE, problem, remedy: 'write it as the console shows it' }]
  }
}

function faultsOf(rules: Permissions): Fault[] {
  const may = (collection: string, operation: Operation, query: object) =>
    isAllowed(() => rules.admit(collection, operation, { ...query }, SOMEBODY))
  const own = { _openid: SOMEBODY }

  const collections = new Set(['goods', 'orders', ...rules.collections()])
  const writes = [...collections].flatMap((collection) => {
    const operations = (['create', 'update', 'delete'] as const).filter((operation) =>
      may(collection, operation, own),
    )
    if (operations.length === 0) return []
    const problem = `a phone may ${operations.join(', ')} documents of ${collection}`
    return [fault(problem, `set "write": false, or for goods the aclTag ADMINWRITE`)]
  })
  const reads = [
    !may('goods', 'read', {}) && fault('phones cannot read goods', 'set its aclTag to ADMINWRITE'),
    !may('orders', 'read', own) && fault('phones cannot read their own orders', OWNER),
    may('orders', 'read', {}) && fault('a phone may read the orders of others', OWNER),
  ]
  return [...writes, ...reads.filter((entry) => entry !== false)]
}

const OWNER = 'set the rule "read": "doc._openid == auth.openid" of orders, with the aclTag CUSTOM'

const fault = (problem: string, remedy: string): Fault => ({ file: FILE, problem, remedy })

function isAllowed(admit: () => unknown): boolean {
  try {
    admit()
    return true
  } catch {
    return false
  }
}
