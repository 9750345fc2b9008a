import { Query as Matcher } from 'mingo'
import type { Doc } from '../../kit/store'
import { conditionsOf } from './conditions'
import type { View } from './documents'
import type { Plan } from './indexes'
import { compilePlain, type Query } from './plain-query'
import type { Order } from './sort'

/** Never runs functions inside a query or pipeline. */
export const MINGO_OPTIONS = { scriptEnabled: false }

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
): Plan {
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

/** Returns the documents among which all matches are. */
function candidates(
  view: View,
  collection: string,
  query: Query,
  order: Order | undefined,
  observer: Observer,
): Plan {
  const conditions = conditionsOf(query)
  const ids = conditions.get('_id')?.points
  if (ids) {
    const docs = ids.flatMap((id) => view.get(collection, String(id)) ?? [])
    return { docs, isSorted: false }
  }
  const plan = view.plan?.(collection, conditions, order)
  if (plan) return plan
  if (view.plan && (Object.keys(query).length > 0 || order)) observer.onScan()
  return { docs: view.values(collection), isSorted: false }
}
