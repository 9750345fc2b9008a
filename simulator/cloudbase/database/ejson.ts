import { BSONRegExp, EJSON } from 'bson'
import { isPlainObject } from '../../../project/plain-object'
import { cloneDeepWith } from '../clone-deep-with'
import { CloudBaseError } from '../errors'

/**
 * Parses a document, query or update as wx-server-sdk sends it: canonical EJSON of bson 4.
 * `db.serverDate()` becomes the time `now` (ms since 1970) plus its offset.
 * @throws CloudBaseError when it is not an object
 */
export function parseDocument(text: unknown, now: number): Record<string, unknown> {
  const document = typeof text === 'string' && text !== '' ? EJSON.parse(text) : {}
  const plain = cloneDeepWith(document, (value) => {
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

/** Returns the JavaScript flags. MongoDB's `x` (comments allowed) does not exist in JavaScript. */
function regExpFlags(options: string): string {
  return options.replace(/[^ims]/g, '')
}
