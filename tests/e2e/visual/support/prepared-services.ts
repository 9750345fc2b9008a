import { Query } from 'mingo'
import type { DatabaseRequest } from '../../../../simulator/cloudbase/client-protocol'
import { Storage } from '../../../../simulator/cloudbase/storage'
import type { PhoneServices } from '../../../../simulator/phone'
import type { CloudClient } from '../../../../simulator/phone/server/services'
import type { PayAction, PayReply } from '../../../../typings/contract'
import { CLOUD_STORAGE, PICTURES } from '../samples/goods'
import { OPENID } from '../samples/orders'
import type { Replies, Documents, PreparedReply, Fault } from './replies'

/** the most documents of a query (CloudBase: Collection.limit) */
const PAGE = 20

/** The error of wx.cloud when CloudBase itself fails. */
const FAILURE = { errCode: -501001, errMsg: 'resource system error' }

/** A collection without prepared documents. */
const UNPREPARED: Documents = { documents: [], pages: 0 }

/** Fakes CloudBase and WeChat Pay with the replies of one state of the shop. */
export class PreparedServices implements PhoneServices {
  readonly appid = 'wx5f0c0ffee0000001'
  /** the number of calls so far */
  calls = 0
  #replies: Replies = {}
  /** whether a payment was confirmed since `prepare` */
  #confirmed = false

  prepare(replies: Replies): void {
    this.#replies = replies
    this.#confirmed = false
  }

  openidOf() {
    return OPENID
  }

  /** the cloud of every shopper */
  readonly client: CloudClient = {
    callFunction: async (_name, data) => {
      this.calls++
      const { type } = data as { type: PayAction }
      const prepared = this.#replies.pay?.(type, this.#confirmed) ?? 'silence'
      const result = typeof prepared === 'string' ? await fail(prepared) : replyOf(prepared)
      return { errMsg: 'cloud.callFunction:ok', result, requestID: String(this.calls) }
    },
    database: async (request) => {
      this.calls++
      const { goods, orders } = this.#replies
      const {
        documents,
        pages = Infinity,
        after = 'silence',
      } = (request.collection === 'goods' ? goods : orders) ?? UNPREPARED
      const found = find(documents, request)
      const before = documents.findIndex(({ _id }) => _id === found[0]?._id)
      const page = Math.ceil((before < 0 ? documents.length : before) / PAGE)
      return page < pages ? { errMsg: 'collection.get:ok', data: found } : fail(after)
    },
    tempFileURLs: async (ids) => {
      const fileList = ids.map((fileID) => {
        return { fileID, tempFileURL: addressOf(fileID), status: 0, errMsg: 'ok', maxAge: 7200 }
      })
      return { errMsg: 'cloud.getTempFileURL:ok', fileList }
    },
  }

  readonly cloud: PhoneServices['cloud'] = {
    client: () => this.client,
    messages: { templates: [], accept: () => {} },
    storage: new Storage({ ...CLOUD_STORAGE, folders: { goods: PICTURES }, publicUrl: addressOf }),
  }

  readonly payer: PhoneServices['payer'] = {
    preview: async () => {
      if (this.#replies.sheet) return fail(this.#replies.sheet)
      return { ok: true, body: '鸡蛋干', total_fee: 199, merchantName: '小店' }
    },
    confirm: async () => {
      this.#confirmed = true
      return { ok: true }
    },
  }
}

/** Runs a query on the documents, as the database does. */
function find(documents: Documents['documents'], request: DatabaseRequest): { _id: string }[] {
  const where = JSON.stringify(request.where ?? {}).replaceAll('{openid}', OPENID)
  const order = (request.orderBy ?? []).map(([field, direction]) => {
    return [field, direction === 'asc' ? 1 : -1] as const
  })
  return new Query(JSON.parse(where) as Record<string, unknown>)
    .find<{ _id: string }>([...documents], request.field ?? {})
    .sort(Object.fromEntries(order))
    .limit(request.limit ?? PAGE)
    .all()
}

function replyOf(prepared: Exclude<PreparedReply, Fault>): PayReply {
  return 'error' in prepared
    ? { code: 1, ...prepared }
    : { code: 0, data: prepared, now: Date.now() }
}

async function fail(fault: Fault): Promise<never> {
  if (fault === 'silence') return new Promise<never>(() => {})
  // CloudBase rejects with a plain object.
  // oxlint-disable-next-line typescript/only-throw-error
  throw FAILURE
}

function addressOf(fileID: string): string {
  return `/storage/${encodeURIComponent(fileID)}`
}
