import type { Problem } from '../../../project/diagnostic'
import { type Operation, Permissions, type Query } from '../../../project/permissions'
import { readJson } from '../../../project/read-json'
import { type Check, errorAt } from '../check'

const FILE = 'cloud/database/permissions.json'

/** Checks that phones write nothing to the database, read all goods, and only their own orders. */
export const permissions: Check = { name: 'permissions of the database', run }

function run(root: string): Problem[] {
  const declared = readJson<unknown>(root, FILE)
  try {
    return unsafe(new Permissions(declared))
  } catch (error) {
    const problem = (error as Error).message.replace(/^permissions\.json: /, '')
    return [errorHere(problem, 'write it as the console shows it')]
  }
}

function unsafe(rules: Permissions): Problem[] {
  const missing = ['goods', 'orders'].filter((name) => !rules.collections().includes(name))
  if (missing.length > 0) {
    return missing.map((name) =>
      errorHere(`names no permissions of ${name}`, name === 'goods' ? ADMINWRITE : OWNER),
    )
  }
  const writes = ['goods', 'orders'].flatMap((collection) => {
    const operations = (['create', 'update', 'delete'] as const).filter(
      (operation) => admitted(rules, collection, operation, OWN) !== undefined,
    )
    if (operations.length === 0) return []
    const problem = `a phone may ${operations.join(', ')} documents of ${collection}`
    return [errorHere(problem, collection === 'goods' ? ADMINWRITE : OWNER)]
  })
  const readsAll = (collection: string) => admitted(rules, collection, 'read', ALL) === ALL
  const readsOwn = admitted(rules, 'orders', 'read', OWN) !== undefined
  const reads = [
    !readsAll('goods') && errorHere('phones cannot read all goods', ADMINWRITE),
    !readsOwn && errorHere('phones cannot read their own orders', OWNER),
    readsAll('orders') && errorHere('a phone may read the orders of others', OWNER),
  ]
  return [...writes, ...reads.filter((entry) => entry !== false)]
}

const OPENID = 'openid-of-a-shopper'
const OWN = { _openid: OPENID }
const ALL = {}

const ADMINWRITE = 'set the aclTag of goods to ADMINWRITE'
const OWNER =
  'set the aclTag of orders to CUSTOM, with "read": "doc._openid == auth.openid", "write": false'

const errorHere = (problem: string, fix: string) => errorAt(FILE, problem, fix)

/** Returns a phone's query as the rules admit it, perhaps narrower; undefined if they refuse it. */
function admitted(rules: Permissions, collection: string, operation: Operation, query: Query) {
  return rules.admit(collection, operation, query, OPENID)
}
