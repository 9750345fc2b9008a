import type { DatabaseReply, DatabaseRequest } from '../../../cloudbase/client-protocol'
import { callServer } from '../server'
import { type Options, settle } from '../wx/async-api'
import { command, encodeWhere } from './command'
import { decode, encode, isObject, ServerDate } from './wire'

type Narrowing = Omit<DatabaseRequest, 'collection' | 'op' | 'data'>

/** Creates the object of `wx.cloud.database()`. Dates in documents are read as Date. */
export function database() {
  return {
    command,
    serverDate: ({ offset = 0 }: { offset?: number } = {}) => new ServerDate(offset),
    RegExp: ({ regexp, options = '' }: { regexp: string; options?: string }) =>
      new RegExp(regexp, options),
    collection: (name: string) => new Collection(name, {}),
  }
}

/** A query of a collection. Each method that narrows it returns a new query. */
class Query {
  protected readonly collection: string
  readonly #narrowing: Narrowing

  constructor(collection: string, narrowing: Narrowing) {
    this.collection = collection
    this.#narrowing = narrowing
  }

  where(condition: unknown): Query {
    return this.#with({ where: encodeWhere(condition) })
  }

  orderBy(field: string, direction: 'asc' | 'desc'): Query {
    return this.#with({ orderBy: [...(this.#narrowing.orderBy ?? []), [field, direction]] })
  }

  limit(limit: number): Query {
    return this.#with({ limit })
  }

  skip(skip: number): Query {
    return this.#with({ skip })
  }

  field(field: Record<string, boolean>): Query {
    return this.#with({ field })
  }

  get(options: Options = {}) {
    return this.send('get', options)
  }

  count(options: Options = {}) {
    return this.send('count', options)
  }

  update(options: Options) {
    return this.send('update', options)
  }

  remove(options: Options = {}) {
    return this.send('remove', options)
  }

  protected send(op: DatabaseRequest['op'], options: Options) {
    const request = { ...this.#narrowing, collection: this.collection, op }
    return settle(options, sendRequest(request, options))
  }

  #with(narrowing: Narrowing): Query {
    return new Query(this.collection, { ...this.#narrowing, ...narrowing })
  }
}

class Collection extends Query {
  doc(id: string): DocumentReference {
    return new DocumentReference(this.collection, id)
  }

  add(options: Options) {
    return this.send('add', options)
  }
}

class DocumentReference {
  readonly #collection: string
  readonly #id: string
  readonly #field: Record<string, boolean> | undefined

  constructor(collection: string, id: string, field?: Record<string, boolean>) {
    this.#collection = collection
    this.#id = id
    this.#field = field
  }

  field(field: Record<string, boolean>): DocumentReference {
    return new DocumentReference(this.#collection, this.#id, field)
  }

  get(options: Options = {}) {
    return this.#send('get', options)
  }

  update(options: Options) {
    return this.#send('update', options)
  }

  set(options: Options) {
    return this.#send('set', options)
  }

  remove(options: Options = {}) {
    return this.#send('remove', options)
  }

  #send(op: DatabaseRequest['op'], options: Options) {
    const field = this.#field ? { field: this.#field } : {}
    return settle(
      options,
      sendRequest({ collection: this.#collection, id: this.#id, op, ...field }, options),
    )
  }
}

async function sendRequest(request: DatabaseRequest, { data }: Options): Promise<DatabaseReply> {
  const sent = isObject(data) ? { ...request, data: encode(data) as typeof data } : request
  const reply = await callServer('database', sent)
  return 'data' in reply ? { ...reply, data: decode(reply.data) } : reply
}
