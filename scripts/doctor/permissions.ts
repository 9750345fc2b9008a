import type { Query } from '../../simulator/cloudbase/database/query'
import { Permissions, type Operation } from '../../simulator/cloudbase/permissions/permissions'
import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'

const FILE = 'cloud/database/permissions.json'
const MEND = `git restore ${FILE}, then set the same in 云开发控制台: 数据库 → 数据权限`

/** What any phone may do with the collections, tried on the rules themselves. */
export function checkPermissions({ permissions }: Configuration): Finding[] {
  if (permissions === undefined) return []
  try {
    const rules = new Permissions(permissions)
    const findings = [...checkGoods(rules), ...checkOrders(rules)]
    return findings.length > 0 ? findings : [right(FILE, 'lets shoppers write nothing')]
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it is not what the console knows'
    return [wrong(FILE, `cannot be read: ${why}`, MEND)]
  }
}

function checkGoods(rules: Permissions): Finding[] {
  const place = `${FILE} goods`
  if (mayWrite(rules, 'goods')) {
    return [wrong(place, 'can be written by any phone, with prices of its own', MEND)]
  }
  return admitted(rules, 'goods', 'read', EVERYTHING) === EVERYTHING
    ? []
    : [wrong(place, 'cannot be read by shoppers: the list stays empty', MEND)]
}

function checkOrders(rules: Permissions): Finding[] {
  const place = `${FILE} orders`
  if (mayWrite(rules, 'orders')) {
    return [wrong(place, 'can be written by any phone: paid is what the phone says', MEND)]
  }
  if (admitted(rules, 'orders', 'read', EVERYTHING) === EVERYTHING) {
    return [wrong(place, "shows every shopper everybody's orders", MEND)]
  }
  return admitted(rules, 'orders', 'read', OWN) === undefined
    ? [wrong(place, 'hides shoppers their own orders', MEND)]
    : []
}

const SHOPPER = 'openid-of-a-shopper'
const EVERYTHING = {}
const OWN = { _openid: SHOPPER }

const mayWrite = (rules: Permissions, collection: string) =>
  (['create', 'update', 'delete'] as const).some(
    (operation) => admitted(rules, collection, operation, OWN) !== undefined,
  )

/** The query that a shopper's request comes to: the same one, a narrower one, or none at all. */
function admitted(rules: Permissions, collection: string, operation: Operation, query: Query) {
  try {
    return rules.admit(collection, operation, query, SHOPPER)
  } catch {
    return undefined
  }
}
