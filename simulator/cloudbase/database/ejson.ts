import { BSONRegExp, EJSON } from 'bson'
import { isPlainObject } from '../../../project/plain-object'
import { CloudBaseError } from '../errors'
import { rebuild } from '../rebuild'

/**
 * Reads a document, query or update as wx-server-sdk sends it: canonical EJSON of bson 4.
 * `db.serverDate()` becomes the time `now` (ms since 1970) plus its offset.
 * @throws CloudBaseError when it is no object
 */
export function parseDocument(text: unknown, now: number): Record<string, unknown> {
  const document = typeof text === 'string' && text !== '' ? EJSON.parse(text) : {}
  const plain = rebuild(document, (value) => {
    if (value instanceof BSONRegExp) return new RegExp(value.pattern, regExpFlags(value.options))
    if (!isPlainObject(value) || !isPlainObject(value.$tcb_server_date)) return undefined
    return new Date(now + Number(value.$tcb_server_date.offset ?? 0))
  })
  if (isPlainObject(plain)) return plain
  throw new CloudBaseError('INVALID_PARAM', 'An object was expected.')
}

export function stringifyDocument(document: object): string {
  return EJSON.stringify(document, { relaxed: false })
}

/** MongoDB's `x` (comments allowed) has no counterpart in JavaScript. */
function regExpFlags(options: string): string {
  return options.replace(/[^ims]/g, '')
}
