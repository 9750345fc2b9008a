import type { Where } from '../../../cloudbase/client-protocol'
import { encode, isObject, ServerDate } from './wire'

/** A condition on a field, or (`and`, `or` over objects) on the whole document. */
export class Command {
  readonly #onField: (field: string) => Where
  readonly #onDocument: (() => Where) | undefined

  constructor(onField: (field: string) => Where, onDocument?: () => Where) {
    this.#onField = onField
    this.#onDocument = onDocument
  }

  on(field: string): Where {
    return this.#onField(field)
  }

  onDocument(): Where {
    if (this.#onDocument) return this.#onDocument()
    throw new Error('This command needs a field: where({ field: command })')
  }

  and(other: unknown): Command {
    return logical('$and', [this, other])
  }

  or(other: unknown): Command {
    return logical('$or', [this, other])
  }
}

const comparison = (operator: string) => (value: unknown) =>
  new Command((field) => ({ [field]: { [operator]: encode(value) } }))

/** `db.command` */
export const command = {
  eq: comparison('$eq'),
  neq: comparison('$ne'),
  lt: comparison('$lt'),
  lte: comparison('$lte'),
  gt: comparison('$gt'),
  gte: comparison('$gte'),
  in: comparison('$in'),
  nin: comparison('$nin'),
  exists: comparison('$exists'),
  and: (...conditions: unknown[]) => logical('$and', conditions.flat()),
  or: (...conditions: unknown[]) => logical('$or', conditions.flat()),
  nor: (...conditions: unknown[]) => logical('$nor', conditions.flat()),
  not: (condition: unknown) => logical('$nor', [condition]),
}

function logical(operator: string, conditions: unknown[]): Command {
  return new Command(
    (field) => ({ [operator]: conditions.map((condition) => onField(field, condition)) }),
    () => ({ [operator]: conditions.map(encodeWhere) }),
  )
}

/** Converts the argument of `where` to MongoDB's operators. */
export function encodeWhere(condition: unknown): Where {
  if (condition instanceof Command) return condition.onDocument()
  if (!isObject(condition)) throw new Error('where expects an object or a command')
  const parts = Object.entries(condition).map(([field, value]) => onField(field, value))
  const keys = parts.flatMap((part) => Object.keys(part))
  // Two logical commands would overwrite each other.
  if (new Set(keys).size < keys.length) return { $and: parts }
  return Object.assign({}, ...parts) as Where
}

/** Converts the condition of a field: `{ a: { b: 1 } }` compares `a.b`, not `a` as a whole. */
function onField(field: string, value: unknown): Where {
  if (value instanceof Command) return value.on(field)
  if (value === undefined) throw new Error(`where: ${field} is undefined`)
  const nested =
    isObject(value) &&
    !(value instanceof Date || value instanceof RegExp || value instanceof ServerDate)
  if (!nested) return { [field]: encode(value) }
  const parts = Object.entries(value).map(([key, item]) => onField(`${field}.${key}`, item))
  return parts.length === 1 ? parts[0]! : { $and: parts }
}
