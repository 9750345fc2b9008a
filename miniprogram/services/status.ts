import type { OrderStatus } from '../../typings/contract'

/** The names of the order statuses. `utils/status.wxs` repeats them for the templates. */
export const STATUS = {
  UNPAID: 0,
  PAID: 1,
  CLOSED: 2,
  REFUNDING: 3,
  REFUNDED: 4,
} as const satisfies Record<string, OrderStatus>

type NamedStatus = (typeof STATUS)[keyof typeof STATUS]
type AllNamed<Status extends NamedStatus> = Status

/** Every status of the contract: does not compile while STATUS lacks one of them. */
export type ShopStatus = AllNamed<OrderStatus>
