import { parseRule, type Rule } from './permission-rule'
import { isPlainObject } from './plain-object'

/** A query in MongoDB's operators. */
export type Query = Record<string, unknown>

/** What a phone requests to do with documents. */
export type Operation = 'read' | 'create' | 'update' | 'delete'

/**
 * Returns the query that may run for a phone's request: the one it sent, or one narrowed to the
 * caller's own documents; undefined if it is refused. For `create` the query is the new document.
 */
type Policy = (operation: Operation, query: Query, openid: string) => Query | undefined

const any: Policy = (_operation, query) => query
const own: Policy = (_operation, query, openid) => ({ $and: [query, { _openid: openid }] })
const none: Policy = () => undefined

/** CloudBase's four simple settings (云开发 → 数据库 → 权限管理). */
const SIMPLE = new Map<unknown, Policy>([
  ['READONLY', simple({ read: any, create: any, change: own })],
  ['PRIVATE', simple({ read: own, create: any, change: own })],
  ['ADMINWRITE', simple({ read: any, create: none, change: none })],
  ['ADMINONLY', simple({ read: none, create: none, change: none })],
])

/** The setting of a collection without one: PRIVATE. */
const DEFAULT = simple({ read: own, create: any, change: own })

/** What phones may do with each collection. Cloud functions may do everything. */
export class Permissions {
  readonly #policies: Map<string, Policy>

  /**
   * @param declared the content of permissions.json: `{ <collection>: { aclTag, rule? } }`
   * @throws Error that names the collection and what is wrong with it
   */
  constructor(declared: unknown) {
    if (!isPlainObject(declared)) throw new Error('permissions.json: an object was expected')
    this.#policies = new Map(
      Object.entries(declared).map(([collection, entry]) => [
        collection,
        policyOf(`permissions.json: ${collection}`, entry),
      ]),
    )
  }

  /** Returns the collections in permissions.json. */
  collections(): string[] {
    return [...this.#policies.keys()]
  }

  /**
   * Returns the query to run for a phone: the given one, or one narrowed to the caller's own
   * documents; undefined if the operation is not allowed. `'{openid}'` in it must be replaced before.
   */
  admit(collection: string, operation: Operation, query: Query, openid: string): Query | undefined {
    const policy = this.#policies.get(collection) ?? DEFAULT
    return policy(operation, query, openid)
  }
}

function policyOf(where: string, entry: unknown): Policy {
  const { aclTag, rule } = isPlainObject(entry) ? entry : {}
  if (aclTag === 'CUSTOM') return custom(where, rule)
  const policy = SIMPLE.get(aclTag)
  if (policy !== undefined) return policy
  throw new Error(`${where}: aclTag must be one of ${[...SIMPLE.keys(), 'CUSTOM'].join(', ')}`)
}

function simple(setting: Record<'read' | 'create' | 'change', Policy>): Policy {
  return (operation, query, openid) => {
    const part = operation === 'read' || operation === 'create' ? operation : 'change'
    return setting[part](operation, query, openid)
  }
}

/** Creates the policy of a CUSTOM rule. `write` is the default of `create`, `update` and `delete`. */
function custom(where: string, declared: unknown): Policy {
  if (!isPlainObject(declared)) throw new Error(`${where}: CUSTOM needs a rule`)
  const rule = (key: string): Rule | undefined => {
    const source = declared[key]
    if (source === undefined) return undefined
    if (typeof source !== 'boolean' && typeof source !== 'string') {
      throw new Error(`${where}: the rule for ${key} must be true, false or a text`)
    }
    try {
      return parseRule(String(source))
    } catch (error) {
      throw new Error(`${where}: ${(error as Error).message}`, { cause: error })
    }
  }
  const write = rule('write')
  const rules: Record<Operation, Rule | undefined> = {
    read: rule('read'),
    create: rule('create') ?? write,
    update: rule('update') ?? write,
    delete: rule('delete') ?? write,
  }
  return (operation, query, openid) => {
    const guarantees = (field: string, value: unknown) => requiresValue(query, field, value)
    return rules[operation]?.(guarantees, openid) === true ? query : undefined
  }
}

/** Returns whether every document that the query finds must have this value in the field. */
function requiresValue(query: Query, field: string, value: unknown): boolean {
  const condition = query[field]
  if (condition === value) return true
  if (isPlainObject(condition) && condition.$eq === value) return true
  const clauses: unknown = query.$and
  return (
    Array.isArray(clauses) &&
    clauses.some((clause) => isPlainObject(clause) && requiresValue(clause, field, value))
  )
}
