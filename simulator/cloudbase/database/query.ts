import { Query as Matcher } from 'mingo'
import type { Doc } from '../../store'
import { isPlainObject } from '../plain'
import type { View } from './documents'

/** A query in MongoDB's language. */
export type Query = Record<string, unknown>

/** Functions inside a query or pipeline are never run. */
export const MINGO_OPTIONS = { scriptEnabled: false }

/** The documents that a query finds. One that names the `_id` looks it up and never scans. */
export function* matches(view: View, collection: string, query: Query): Generator<Doc> {
  const test = isPlain(query) ? plainTest(query) : mingoTest(query)
  for (const doc of candidates(view, collection, query)) if (test(doc)) yield doc
}

type Test = (doc: Doc) => boolean

function mingoTest(query: Query): Test {
  const matcher = new Matcher<Doc>(query, MINGO_OPTIONS)
  return (doc) => matcher.test(doc)
}

/** Equality of top-level fields, which mingo, copying its operators for every query, is slow at. */
function plainTest(query: Query): Test {
  const wanted = Object.entries(query)
  return (doc) =>
    wanted.some(([field]) => Array.isArray(doc[field]))
      ? mingoTest(query)(doc)
      : wanted.every(([field, value]) => doc[field] === value)
}

function isPlain(query: Query): boolean {
  return Object.entries(query).every(
    ([field, value]) =>
      /^\w+$/.test(field) && ['string', 'number', 'boolean'].includes(typeof value),
  )
}

function* candidates(view: View, collection: string, query: Query): Generator<Doc> {
  const ids = idsIn(query)
  if (ids === undefined) return yield* view.values(collection)
  for (const id of ids) {
    const doc = view.get(collection, id)
    if (doc !== undefined) yield doc
  }
}

/** The only ids a match can have; `undefined` when the query leaves them open. */
function idsIn(query: Query): Set<string> | undefined {
  const { _id: id, $and: clauses } = query
  if (typeof id === 'string') return new Set([id])
  if (isPlainObject(id)) {
    if (typeof id.$eq === 'string') return new Set([id.$eq])
    if (Array.isArray(id.$in) && id.$in.every((item) => typeof item === 'string')) {
      return new Set(id.$in)
    }
  }
  if (!Array.isArray(clauses)) return undefined
  return clauses
    .filter(isPlainObject)
    .map(idsIn)
    .find((ids) => ids !== undefined)
}
