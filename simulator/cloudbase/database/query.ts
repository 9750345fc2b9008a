import { Query as Matcher } from 'mingo'
import { isPlainObject } from '../../../project/plain-object'
import type { Doc } from '../../kit/store'
import type { View } from './documents'
import { compilePlain } from './plain-query'

/** A query in MongoDB's language. */
export type Query = Record<string, unknown>

/** Never runs functions inside a query or pipeline. */
export const MINGO_OPTIONS = { scriptEnabled: false }

/** Yields the documents that match a query. A query with the `_id` uses it and never scans. */
export function* matches(view: View, collection: string, query: Query): Generator<Doc> {
  const test = testOf(query)
  for (const doc of candidates(view, collection, query)) if (test(doc)) yield doc
}

type Test = (doc: Doc) => boolean

/**
 * Returns the test of a query. Only a query that is not plain uses mingo, which takes hundreds of
 * ms for some thousand documents.
 */
function testOf(query: Query): Test {
  const plain = compilePlain(query)
  if (plain === undefined) return mingoTest(query)
  let test: Test | undefined
  return (doc) => plain(doc) ?? (test ??= mingoTest(query))(doc)
}

function mingoTest(query: Query): Test {
  const matcher = new Matcher<Doc>(query, MINGO_OPTIONS)
  return (doc) => matcher.test(doc)
}

function* candidates(view: View, collection: string, query: Query): Generator<Doc> {
  const ids = idsIn(query)
  if (ids === undefined) return yield* view.values(collection)
  for (const id of ids) {
    const doc = view.get(collection, id)
    if (doc !== undefined) yield doc
  }
}

/**
 * Returns the only ids that a match can have; `undefined` when the query does not restrict them.
 */
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
