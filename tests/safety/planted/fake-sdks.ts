import type { Database, Find } from '../../../simulator/cloudbase/database/database'
import { fail } from '../../../simulator/wechat-pay/endpoint-reply'
import {
  handleRequest,
  checkParameters,
  type EndpointName,
} from '../../../simulator/wechat-pay/endpoints'
import type { Ledger } from '../../../simulator/wechat-pay/ledger'
import { sign, type SignType } from '../../../simulator/wechat-pay/sign'

/* Fakes of the two SDKs, limited to what the shop's adapters use, without sockets or delays. */

type Fields = Record<string, string>
type Query = Record<string, unknown>

/** A database command inside an update. */
class Command {
  constructor(
    readonly operator: '$set' | '$unset',
    readonly value: unknown,
  ) {}
}

/** Returns a fake wx-server-sdk on the current database. */
export function fakeCloud(database: () => Database) {
  const command = {
    set: (value: object) => new Command('$set', value),
    remove: () => new Command('$unset', ''),
    gt: (value: unknown) => ({ $gt: value }),
    lte: (value: number) => ({ $lte: value }),
    neq: (value: unknown) => ({ $ne: value }),
    nin: (values: readonly unknown[]) => ({ $nin: values }),
    and: (conditions: readonly unknown[]) => ({ $and: conditions }),
    or: (conditions: readonly unknown[]) => ({ $or: conditions }),
  }
  const where = (collection: string, query: Query, options: Omit<Find, 'query'> = {}) => ({
    orderBy: (field: string, direction: 'asc' | 'desc') =>
      where(collection, query, {
        ...options,
        order: { ...options.order, [field]: direction === 'asc' ? 1 : -1 },
      }),
    limit: (limit: number) => where(collection, query, { ...options, limit }),
    get: async () => ({ data: database().find(collection, { query, ...options }) }),
    count: async () => ({ total: database().count(collection, query) }),
    update: async ({ data }: { data: object }) => ({
      stats: { updated: database().update(collection, query, operators(data), { multi: true }) },
    }),
  })
  const collection = (name: string) => ({
    where: (query: Query) => where(name, query),
    add: async ({ data }: { data: Query }) => database().insert(name, [structuredClone(data)]),
  })
  return { init() {}, database: () => ({ command, collection }) }
}

function operators(data: object): Record<string, Query> {
  const result: Record<string, Query> = {}
  for (const [name, given] of Object.entries(data)) {
    const { operator, value } = given instanceof Command ? given : new Command('$set', given)
    result[operator] = { ...result[operator], [name]: value }
  }
  return result
}

/** Returns a fake WXPay of wx-js-utils on the current ledger. */
export function fakeWXPay(ledger: () => Ledger) {
  class WXPay {
    readonly #head: Fields
    readonly #sign_type: string

    constructor({ appId = '', mchId = '', signType = '' }) {
      this.#head = { appid: appId, mch_id: mchId, nonce_str: 'n'.repeat(32) }
      this.#sign_type = signType
    }

    async unifiedOrder(fields: Fields) {
      return this.#ask('unifiedorder', fields)
    }

    async orderQuery(fields: Fields) {
      return this.#ask('orderquery', fields)
    }

    async closeOrder(fields: Fields) {
      return this.#ask('closeorder', fields)
    }

    async refund(fields: Fields) {
      return this.#ask('refund', fields)
    }

    async refundQuery(fields: Fields) {
      return this.#ask('refundquery', fields)
    }

    #ask(name: EndpointName, fields: Fields): Fields {
      const request = { ...fields, ...this.#head, sign_type: this.#sign_type, sign: 's'.repeat(64) }
      const problem = checkParameters(name, request)
      const reply = problem === undefined ? handleRequest(ledger(), name, request) : fail(problem)
      if (reply.kind === 'fail') return { return_code: 'FAIL', return_msg: reply.return_msg }
      const head = { return_code: 'SUCCESS', return_msg: 'OK', ...this.#head }
      if (reply.kind === 'accept') return { ...head, result_code: 'SUCCESS', ...reply.fields }
      const { err_code, err_code_des } = reply
      return { ...head, result_code: 'FAIL', err_code, err_code_des }
    }
  }
  const generateSignature = (fields: Fields, key: string, type: SignType) => sign(fields, key, type)
  return { WXPay, WXPayUtil: { generateSignature } }
}
