import { Query as Matcher } from 'mingo'
import { isPlainObject } from '../../../project/plain-object'
import type { Doc } from '../../kit/store'
import type { View } from './documents'
import { compilePlain } from './plain-query'

/** A query in MongoDB's language. */
export type Query = Record<string, unknown>

/** Functions inside a query or pipeline are never run. */
export const MINGO_OPTIONS = { scriptEnabled: false }

/** The documents that a query finds. One that names the `_id` looks it up and never scans. */
export function* matches(view: View, collection: string, query: Query): Generator<Doc> {
  const test = testOf(query)
  for (const doc of candidates(view, collection, query)) if (test(doc)) yield doc
}

type Test = (doc: Doc) => boolean

/** mingo, which takes hundreds of ms for some thousand documents, tests what is not plain. */
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
