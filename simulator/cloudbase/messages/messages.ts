import { randomUUID } from 'node:crypto'
import { violatedLimit, isFieldKey } from '../../../project/message-fields'
import { isPlainObject } from '../../../project/plain-object'
import type { Clock } from '../../kit/clock'
import type { Change, Store } from '../../kit/store'
import type { Log } from '../log'

/** A subscribe message template, as a merchant selects it in WeChat's console. */
export interface SubscribeTemplate {
  id: string
  title: string
  /** the labels by key, such as `character_string1: '订单号'` */
  fields: Record<string, string>
}

/** A message that was delivered to its shopper. */
export interface SentMessage {
  /** ms since 1970 */
  at: number
  openid: string
  template_id: string
  page?: string
  data: Record<string, { value: string }>
}

/** WeChat's reply to an API call. */
export interface OpenApiReply {
  errcode: number
  errmsg: string
}

const SENT_COLLECTION = 'messages/sent'
const ACCEPTED_COLLECTION = 'messages/accepted'

/** An openid: 28 characters, the first of which is an o. */
const OPENID = /^o[\w-]{27}$/
/** A path within the mini program, with or without a query; or an empty text. */
const PAGE = /^$|^\/?[\w-]+(\/[\w-]+)*(\?[^\s#]*)?$/
const VERSIONS: unknown[] = ['developer', 'trial', 'formal']

/**
 * Simulates subscribe messages: a shopper accepts a template once for each message that may be
 * sent. Acceptances and sent messages are kept in the store.
 */
export class Messages {
  readonly #store: Store
  readonly #clock: Clock
  readonly #templates: Map<string, SubscribeTemplate>
  readonly #log: Log

  /** @throws Error for a template with a field of a type that WeChat does not know */
  constructor(store: Store, clock: Clock, templates: readonly SubscribeTemplate[], log: Log) {
    this.#store = store
    this.#clock = clock
    this.#log = log
    this.#templates = new Map(templates.map((template) => [template.id, template]))
    for (const { id, fields } of templates) {
      const unknown = Object.keys(fields).find((key) => !isFieldKey(key))
      if (unknown) throw new Error(`Template ${id}: "${unknown}" is not a key of a field.`)
    }
  }

  get templates(): SubscribeTemplate[] {
    return [...this.#templates.values()]
  }

  /** Records that the shopper accepts one more message of each template. */
  accept(openid: string, templateIds: readonly string[]): void {
    this.#store.apply(templateIds.map((id) => allowance(openid, id, this.#allowed(openid, id) + 1)))
  }

  /** Returns the sent messages, oldest first. */
  sent(): SentMessage[] {
    return [...this.#store.values(SENT_COLLECTION)].map(
      ({ _id, ...message }) => message as unknown as SentMessage,
    )
  }

  /** Handles `subscribeMessage.send`, with the parameters of WeChat's HTTP API. */
  send(message: Record<string, unknown>): OpenApiReply {
    const reply = this.#refusal(message) ?? this.#deliver(message as unknown as Sendable)
    this.#log({
      at: this.#clock.now(),
      source: 'message',
      name: String(message.template_id),
      text: reply.errcode === 0 ? 'sent' : `refused: ${reply.errcode} ${reply.errmsg}`,
    })
    return reply
  }

  #refusal(message: Record<string, unknown>): OpenApiReply | undefined {
    const { touser, template_id: id, page, miniprogram_state: version, data } = message
    const template = this.#templates.get(String(id))
    if (template === undefined) return { errcode: 40037, errmsg: 'invalid template_id' }
    if (typeof touser !== 'string' || !OPENID.test(touser)) {
      return { errcode: 40003, errmsg: 'invalid openid' }
    }
    if (page !== undefined && !(typeof page === 'string' && PAGE.test(page))) {
      return { errcode: 41030, errmsg: 'invalid page' }
    }
    if (version !== undefined && !VERSIONS.includes(version)) {
      return { errcode: 47003, errmsg: 'argument invalid! miniprogram_state' }
    }
    const broken = fieldProblem(template, isPlainObject(data) ? data : {})
    return broken === undefined ? undefined : { errcode: 47003, errmsg: broken }
  }

  #deliver({ touser, template_id: id, page, data }: Sendable): OpenApiReply {
    const allowed = this.#allowed(touser, id)
    if (allowed === 0) return { errcode: 43101, errmsg: 'user refuse to accept the msg' }
    const doc = {
      _id: randomUUID(),
      at: this.#clock.now(),
      openid: touser,
      template_id: id,
      ...(page ? { page } : {}),
      data,
    }
    this.#store.apply([
      allowance(touser, id, allowed - 1),
      { collection: SENT_COLLECTION, id: doc._id, doc },
    ])
    return { errcode: 0, errmsg: 'ok' }
  }

  #allowed(openid: string, templateId: string): number {
    return Number(this.#store.get(ACCEPTED_COLLECTION, allowanceId(openid, templateId))?.left ?? 0)
  }
}

function allowanceId(openid: string, templateId: string): string {
  return `${openid}/${templateId}`
}

function allowance(openid: string, templateId: string, left: number): Change {
  const id = allowanceId(openid, templateId)
  return { collection: ACCEPTED_COLLECTION, id, doc: { _id: id, left } }
}

interface Sendable {
  touser: string
  template_id: string
  page?: string
  data: Record<string, { value: string }>
}

function fieldProblem(
  template: SubscribeTemplate,
  data: Record<string, unknown>,
): string | undefined {
  for (const key of new Set([...Object.keys(template.fields), ...Object.keys(data)])) {
    const field = Object.hasOwn(data, key) ? data[key] : undefined
    const value = isPlainObject(field) ? field.value : undefined
    const expected = Object.hasOwn(template.fields, key)
      ? violatedLimit(key, value)
      : 'no such field'
    if (expected !== undefined) return `argument invalid! data.${key}.value: ${expected}`
  }
  return undefined
}
