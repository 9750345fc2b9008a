const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`
const DAY = String.raw`\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2})`
const TIME = `(?:${DAY} ?)?${CLOCK}`
const DATE = `${DAY}(?: ?${CLOCK})?`

/**
 * The values that a type of template field accepts. The letters of a field's key are its type
 * (`thing1`: thing). Source: developers.weixin.qq.com, 服务端 → 订阅消息 → 发送订阅消息,
 * 订阅消息参数值内容限制说明.
 */
interface FieldType {
  pattern: RegExp
  /** describes the pattern, for the developer */
  limit: string
}

const FIELD_TYPES: Record<string, FieldType> = {
  thing: { pattern: /^.{1,20}$/su, limit: 'at most 20 characters' },
  number: { pattern: /^(?=.{1,32}$)-?\d+(\.\d+)?$/, limit: 'a number of at most 32 digits' },
  letter: { pattern: /^[A-Za-z]{1,32}$/, limit: 'at most 32 letters' },
  symbol: { pattern: /^[^\p{L}\p{N}\s]{1,5}$/u, limit: 'at most 5 symbols' },
  character_string: {
    pattern: /^[\x21-\x7e]{1,32}$/,
    limit: 'at most 32 Latin letters, digits or symbols',
  },
  time: {
    pattern: new RegExp(`^${TIME}(?:~${TIME})?$`),
    limit: 'a time of 24 hours, the day before it or not, such as 2019年10月1日 15:01',
  },
  date: {
    pattern: new RegExp(`^${DATE}(?:~${DATE})?$`),
    limit: 'a day, a time after it or not, such as 2019年10月1日 15:01',
  },
  amount: {
    pattern: /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/,
    limit: 'a currency sign and at most 10 digits, such as ¥0.01 or 0.01元',
  },
  phone_number: { pattern: /^[\d+\-()]{1,17}$/, limit: 'at most 17 digits and signs' },
  car_number: {
    pattern: /^[\p{Script=Han}A-Z\d][A-Z\d]{0,6}[\p{Script=Han}A-Z\d]$/u,
    limit: 'at most 8 characters of a number plate',
  },
  name: {
    pattern: /^(\p{Script=Han}{1,10}|[A-Za-z\p{P}\p{S} ]{1,20})$/u,
    limit: 'at most 10 Chinese characters or 20 letters',
  },
  phrase: { pattern: /^\p{Script=Han}{1,5}$/u, limit: 'at most 5 Chinese characters' },
}

/** Returns the limit that a value violates, in words; undefined if it is valid. */
export function violatedLimit(key: string, value: unknown): string | undefined {
  const type = typeOf(key)
  if (type === undefined) return 'a type that templates know'
  return typeof value === 'string' && type.pattern.test(value) ? undefined : type.limit
}

/** Returns whether a template can have a field with this key. */
export function isFieldKey(key: string): boolean {
  return typeOf(key) !== undefined
}

function typeOf(key: string): FieldType | undefined {
  const [, letters = ''] = /^([a-z_]+)\d+$/.exec(key) ?? []
  return Object.hasOwn(FIELD_TYPES, letters) ? FIELD_TYPES[letters] : undefined
}
