import type { Clock } from '../../kit/clock'
import { type Database, type View, type Operators } from '../database/database'
import { parseDocument, stringifyDocument } from '../database/ejson'
import { CloudBaseError } from '../errors'

/** The body of a request from the SDK. */
export type Parameters = Record<string, unknown>
/** The reply of an action, without the requestId. */
export type ActionReply = Record<string, unknown>
export type Action = (parameters: Parameters) => ActionReply | Promise<ActionReply>
/** The name of an action, such as `database.getDocument`. */
export type DatabaseAction = keyof ReturnType<typeof databaseActions>

/** The limit of functions (云开发 → 数据库 → 查询: 云函数端 1000). The SDK's default is 100. */
const MAX_LIMIT = 1000

/**
 * Returns the database actions of wx-server-sdk 4.0.2, with queries and documents as EJSON texts.
 */
export function databaseActions(database: Database, clock: Clock) {
  const parse = (text: unknown) => parseDocument(text, clock.now())
  const { transactions } = database

  return {
    'database.getDocument'(parameters) {
      const { query, order, offset, limit, projection } = parameters
      const list = database.find(
        collectionOf(parameters),
        {
          query: parse(query),
          limit: Math.min(Number(limit ?? MAX_LIMIT), MAX_LIMIT),
          ...(order === undefined ? {} : { order: parse(order) as Record<string, 1 | -1> }),
          ...(offset === undefined ? {} : { skip: Number(offset) }),
          ...(projection === undefined ? {} : { projection: parse(projection) }),
        },
        viewOf(parameters),
      )
      return { data: { list: list.map(stringifyDocument) } }
    },

    'database.calculateDocument'(parameters) {
      return {
        data: { total: database.count(collectionOf(parameters), parse(parameters.query)) },
      }
    },

    'database.insertDocument'(parameters) {
      const texts = Array.isArray(parameters.data) ? (parameters.data as unknown[]) : []
      const docs = texts.map(parse)
      const insertedIds = database.insert(collectionOf(parameters), docs, viewOf(parameters))
      return { data: { insertedIds } }
    },

    'database.modifyDocument'(parameters) {
      const collection = collectionOf(parameters)
      const query = parse(parameters.query)
      const data = parse(parameters.data)
      const view = viewOf(parameters)
      if (parameters.merge === true) {
        const multi = parameters.multi === true
        const updated = database.update(collection, query, data as Operators, { multi }, view)
        return { data: { updated, upsert_id: '' } }
      }
      const { updated, upsertedId = '' } = database.replace(collection, query, data, view)
      return { data: { updated, upsert_id: upsertedId } }
    },

    'database.removeDocument'(parameters) {
      const multi = parameters.multi === true
      const query = parse(parameters.query)
      const view = viewOf(parameters)
      const deleted = database.remove(collectionOf(parameters), query, { multi }, view)
      return { data: { deleted } }
    },

    'database.aggregateDocuments'(parameters) {
      const stages = parameters.stages as { stageKey: string; stageValue: string }[]
      // A stage's value may be a number or a text as well as an object
      const pipeline = stages.map(({ stageKey, stageValue }) =>
        parse(`{${JSON.stringify(stageKey)}:${stageValue}}`),
      )
      const list = database.aggregate(collectionOf(parameters), pipeline)
      return { data: { list: list.map(stringifyDocument) } }
    },

    'database.addCollection'(parameters) {
      database.addCollection(collectionOf(parameters))
      return { data: {} }
    },

    'database.startTransaction': () => ({ transactionId: transactions.begin() }),

    'database.commitTransaction'({ transactionId }) {
      transactions.commit(String(transactionId))
      return {}
    },

    'database.abortTransaction'({ transactionId }) {
      transactions.abort(String(transactionId))
      return {}
    },
  } satisfies Record<string, Action>

  function viewOf({ transactionId }: Parameters): View | undefined {
    return typeof transactionId === 'string' ? transactions.get(transactionId) : undefined
  }
}

function collectionOf({ collectionName }: Parameters): string {
  if (typeof collectionName === 'string') return collectionName
  throw new CloudBaseError('INVALID_PARAM', 'collectionName: expected a text')
}
