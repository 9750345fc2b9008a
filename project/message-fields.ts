const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`
const DAY = String.raw`\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2})`
const TIME = `(?:${DAY} ?)?${CLOCK}`
const DATE = `${DAY}(?: ?${CLOCK})?`

/**
 * What a field of a message template takes, by the letters of its key (`thing1`: thing).
 * Source: developers.weixin.qq.com, 服务端 → 订阅消息 → 发送订阅消息, 订阅消息参数值内容限制说明.
 */
interface FieldType {
  is: RegExp
  /** in words, for the developer */
  limit: string
}

const FIELD_TYPES: Record<string, FieldType> = {
  thing: { is: /^.{1,20}$/su, limit: 'at most 20 characters' },
  number: { is: /^(?=.{1,32}$)-?\d+(\.\d+)?$/, limit: 'a number of at most 32 digits' },
  letter: { is: /^[A-Za-z]{1,32}$/, limit: 'at most 32 letters' },
  symbol: { is: /^[^\p{L}\p{N}\s]{1,5}$/u, limit: 'at most 5 symbols' },
  character_string: {
    is: /^[\x21-\x7e]{1,32}$/,
    limit: 'at most 32 Latin letters, digits or symbols',
  },
  time: {
    is: new RegExp(`^${TIME}(?:~${TIME})?$`),
    limit: 'a time of 24 hours, the day before it or not, such as 2019年10月1日 15:01',
  },
  date: {
    is: new RegExp(`^${DATE}(?:~${DATE})?$`),
    limit: 'a day, a time after it or not, such as 2019年10月1日 15:01',
  },
  amount: {
    is: /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/,
    limit: 'a currency sign and at most 10 digits, such as ¥0.01 or 0.01元',
  },
  phone_number: { is: /^[\d+\-()]{1,17}$/, limit: 'at most 17 digits and signs' },
  car_number: {
    is: /^[\p{Script=Han}A-Z\d][A-Z\d]{0,6}[\p{Script=Han}A-Z\d]$/u,
    limit: 'at most 8 characters of a number plate',
  },
  name: {
    is: /^(\p{Script=Han}{1,10}|[A-Za-z\p{P}\p{S} ]{1,20})$/u,
    limit: 'at most 10 Chinese characters or 20 letters',
  },
  phrase: { is: /^\p{Script=Han}{1,5}$/u, limit: 'at most 5 Chinese characters' },
}

/** The limit that the value breaks, in words; `undefined` when it is fine. */
export function brokenLimit(key: string, value: unknown): string | undefined {
  const type = typeOf(key)
  if (type === undefined) return 'a type that templates know'
  return typeof value === 'string' && type.is.test(value) ? undefined : type.limit
}

/** Whether a template can have a field with this key. */
export function isFieldKey(key: string): boolean {
  return typeOf(key) !== undefined
}

function typeOf(key: string): FieldType | undefined {
  const [, letters = ''] = /^([a-z_]+)\d+$/.exec(key) ?? []
  return Object.hasOwn(FIELD_TYPES, letters) ? FIELD_TYPES[letters] : undefined
}
