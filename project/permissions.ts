import { parseRule, type Rule } from './permission-rule'
import { isPlainObject } from './plain-object'

/** A query in MongoDB's operators. */
export type Query = Record<string, unknown>

/** What a phone wants to do with documents. */
export type Operation = 'read' | 'create' | 'update' | 'delete'

/**
 * The query that a phone's request may run: the one it sent, or one narrowed to the caller's own
 * documents. For `create` the query is the new document. `undefined`: refused.
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

/** What a collection that nobody configured has: PRIVATE. */
const DEFAULT = simple({ read: own, create: any, change: own })

/** Who may do what with which collection, from the phone. Cloud functions may do everything. */
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

  collections(): string[] {
    return [...this.#policies.keys()]
  }

  /**
   * Returns the query to run for a phone: the same, or one narrowed to the caller's own documents.
   * `'{openid}'` in it must have been replaced. Undefined when the operation is not allowed.
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

/** `create`, `update` and `delete` are what `write` is, unless they have rules of their own. */
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
    const knows = (field: string, value: unknown) => demands(query, field, value)
    return rules[operation]?.(knows, openid) === true ? query : undefined
  }
}

/** Whether every document that the query finds has exactly this value in the field. */
function demands(query: Query, field: string, value: unknown): boolean {
  const condition = query[field]
  if (condition === value) return true
  if (isPlainObject(condition) && condition.$eq === value) return true
  const clauses: unknown = query.$and
  return (
    Array.isArray(clauses) &&
    clauses.some((clause) => isPlainObject(clause) && demands(clause, field, value))
  )
}
