import { beijingTime } from '../../pay/src/beijing-time'

/** What `pay` sends about a paid order. `total_fee` is in fen, `paid_at` in ms since 1970. */
export interface PaidOrder {
  touser: string
  out_trade_no: string
  body: string
  total_fee: number
  paid_at: number
}

/** An order field that can fill a key of the template. */
export type Field = 'out_trade_no' | 'body' | 'total_fee' | 'paid_at'

export const isField = (value: unknown): value is Field =>
  value === 'out_trade_no' || value === 'body' || value === 'total_fee' || value === 'paid_at'

/** The longest value of each type of key, in characters (WeChat's page on subscribeMessage.send). */
const MAX_LENGTHS: Readonly<Record<string, number>> = {
  thing: 20,
  character_string: 32,
  letter: 32,
  phrase: 5,
  name: 10,
  number: 32,
}

/** Fills the template's keys. Each value is cut to the limit of the key's type (`thing2`: `thing`). */
export function fill(
  fields: Readonly<Record<string, Field>>,
  order: PaidOrder,
): Record<string, { value: string }> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const longest = MAX_LENGTHS[key.replace(/\d+$/, '')] ?? Infinity
      return [key, { value: Array.from(text(field, order)).slice(0, longest).join('') }]
    }),
  )
}

function text(field: Field, order: PaidOrder): string {
  switch (field) {
    case 'out_trade_no':
      return order.out_trade_no
    case 'body':
      return order.body
    case 'total_fee':
      return `${Math.floor(order.total_fee / 100)}.${String(order.total_fee % 100).padStart(2, '0')}元`
    case 'paid_at':
      return beijingTime(order.paid_at)
  }
}
