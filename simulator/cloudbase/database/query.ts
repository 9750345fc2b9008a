import { Query as Matcher } from 'mingo'
import { isPlainObject } from '../../../project/plain-object'
import type { Doc } from '../../kit/store'
import type { View } from './documents'
import { compilePlain, type Query } from './plain-query'
import type { Order } from './sort'

/** Never runs functions inside a query or pipeline. */
export const MINGO_OPTIONS = { scriptEnabled: false }

/** The documents that match a query. */
export interface Found {
  docs: Iterable<Doc>
  /** whether they are in the wanted order; otherwise in the order in which they were added */
  isSorted: boolean
}

/** Follows what a query reads. */
export interface Observer {
  /** called for each document that is read, whether it matches or not */
  onRead(): void
  /** called for a query that reads the whole collection because no index serves it */
  onScan(): void
}

/**
 * Finds the documents that match a query, while they are iterated. A query with the `_id` reads only
 * documents that have it. Others use the best index, if one serves them.
 */
export function search(
  view: View,
  collection: string,
  query: Query,
  order: Order | undefined,
  observer: Observer,
): Found {
  const test = testOf(query)
  const { docs, isSorted } = candidates(view, collection, query, order, observer)
  function* found(): Generator<Doc> {
    for (const doc of docs) {
      observer.onRead()
      if (test(doc)) yield doc
    }
  }
  return { docs: found(), isSorted }
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

function candidates(
  view: View,
  collection: string,
  query: Query,
  order: Order | undefined,
  observer: Observer,
): Found {
  const ids = idsIn(query)
  if (ids) {
    const docs = [...ids].flatMap((id) => view.get(collection, id) ?? [])
    return { docs, isSorted: false }
  }
  const plan = view.plan?.(collection, query, order)
  if (plan) return plan
  if (view.plan && (Object.keys(query).length > 0 || order)) observer.onScan()
  return { docs: view.values(collection), isSorted: false }
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
